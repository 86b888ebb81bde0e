/** How much room a batch needs, before it is begun. Pure; generous, as a full disk costs more than a wrong warning. */
import { problem, type Problem } from '../../../shared/problem';
import type { WorkGroup } from '../../queue';

/** Bytes of a clip for each pixel of each frame: ProRes Proxy's 45 Mbit/s at 1080p24, and half as much again. */
const CLIP_BYTES_PER_PIXEL = 0.17;
/** Left to the system and to the store, whatever is rendered. */
const DISK_FLOOR = 256 * 1024 ** 2;
/** What rendering takes beside pictures, and for each pixel of a frame: boards, sheets, the frames on their way to the encoder. */
const MEMORY_FLOOR = 400 * 1024 ** 2;
const MEMORY_BYTES_PER_PIXEL = 100;
/** Pixels of a preview's frame at most. */
const PREVIEW_PIXELS = 960 * 960;

const framePixels = ({ pixels, quality }: WorkGroup): number =>
  quality === 'preview' ? Math.min(pixels, PREVIEW_PIXELS) : pixels;

const clipBytes = (work: WorkGroup): number => framePixels(work) * work.frames * CLIP_BYTES_PER_PIXEL;

/** Bytes of disk that the largest waiting job needs. */
export function diskForOne(work: readonly WorkGroup[]): number {
  return DISK_FLOOR + Math.max(0, ...work.map(clipBytes));
}

/** Bytes of disk that all waiting jobs need together. */
export function diskForAll(work: readonly WorkGroup[]): number {
  return DISK_FLOOR + work.reduce((sum, group) => sum + clipBytes(group) * group.count, 0);
}

/** Bytes of memory that the largest waiting job needs. */
export function memoryForOne(work: readonly WorkGroup[]): number {
  return MEMORY_FLOOR + MEMORY_BYTES_PER_PIXEL * Math.max(0, ...work.map(framePixels));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** What a person should know before the night: the batch will not fit on the disk. Null when it will, or nobody can tell. */
export function roomProblem(work: readonly WorkGroup[], freeDisk: number | null): Problem | null {
  const needed = diskForAll(work);
  const count = work.reduce((sum, group) => sum + group.count, 0);
  if (freeDisk === null || count === 0 || freeDisk >= needed) return null;
  return problem({
    code: 'disk-full',
    message: `${count === 1 ? 'The shot that waits needs' : `The ${count} shots that wait need`} about ${gigabytes(needed)} on the disk; ${gigabytes(freeDisk)} are free.`,
    safe: 'Shots are rendered until the room is used up; nothing is lost.',
    action: 'Make room on the disk with the companion’s folder.',
  });
}
