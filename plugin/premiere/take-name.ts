/** The second key of a placed take: its clip's file name, `SH010_t03_<job>.mov`. */
import { fileName } from './paths';

interface TakeKey {
  /** The shot's name as it could be written into a file name. */
  readonly shot: string;
  readonly take: number;
  readonly jobId: string;
}

/** Reads a take's file name; null for any other file. Job ids are those of shared/protocol/job. */
export function parseTakeName(path: string): TakeKey | null {
  const m = /^(.*)_t(\d{1,4})_([0-9a-z][0-9a-z-]{7,63})\.(mov|mp4)$/.exec(fileName(path));
  return m?.[1] === undefined || m[2] === undefined || m[3] === undefined
    ? null
    : { shot: m[1], take: Number(m[2]), jobId: m[3] };
}

/** A shot's name reduced to what survives in any file name, for comparing the two. */
export function shotNameKey(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
