/** Where a take's clip lies on this machine. A companion elsewhere made it elsewhere: then it is fetched first. */
import { InbetweenError } from '../shared/problem';
import type { Take } from '../shared/protocol';
import { fetchClip, type ClipWay } from './link';

export interface ClipFiles {
  /** False where the file is certainly absent. */
  exists(path: string): Promise<boolean>;
  size(path: string): Promise<number>;
  /** Writes a whole file. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** The clip's path for Premiere, in `folder` where it had to be fetched: there once, it is not fetched again. */
export function clipsHere(way: ClipWay, files: ClipFiles, folder: string) {
  return async (jobId: string, { path, bytes, sha256 }: Take): Promise<string> => {
    // Where the runtime may not look, Premiere is left to say.
    if (await there(files, path, bytes).catch(() => true)) return path;
    const name = path.split(/[\\/]/).pop() ?? '';
    // Names of takes are made of letters, digits and a few signs; what is not is no name of ours.
    if (!/^[^<>:"|?*]+$/.test(name) || name.startsWith('.'))
      throw new InbetweenError({ code: 'not-found', message: `The companion's clip ${name} has no name for a file.` });
    const copy = `${folder.replace(/[\\/]$/, '')}${folder.includes('\\') ? '\\' : '/'}${name}`;
    if (!(await there(files, copy, bytes))) await files.write(copy, await fetchClip({ jobId, bytes, sha256 }, way));
    return copy;
  };
}

/** True for a file of this length. */
async function there(files: ClipFiles, path: string, bytes: number): Promise<boolean> {
  return (await files.exists(path)) && (await files.size(path)) === bytes;
}
