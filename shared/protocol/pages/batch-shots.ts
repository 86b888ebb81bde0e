/** Shots as an estimate is asked for them. Pure. */
import { framesToSeconds, type FrameRate, type Size } from '../../shot';
import type { JobSpec } from '../job';
import { zBatchShots, type BatchShots } from './cost';

export interface ShotToMake {
  readonly engine: JobSpec['engine'];
  readonly size: Size;
  readonly frames: number;
  readonly rate: FrameRate;
  /** How many boards it has. */
  readonly boards: number;
  readonly quality?: JobSpec['quality'];
  /** A preview of it is made first. */
  readonly preview?: boolean;
}

/** Equal shots told once; a preview stands in for its take and is no footage. Those that no companion would make are left out. */
export function shotsAlike(shots: readonly ShotToMake[]): BatchShots[] {
  const groups = new Map<string, BatchShots & { count: number }>();
  for (const { engine, size, frames, rate, boards, quality = 'full', preview } of shots) {
    const shot = {
      ...{ engine, quality, frames, boards, width: size.width, height: size.height },
      seconds: quality === 'preview' ? 0 : framesToSeconds(frames, rate),
      ...(preview === true && { preview }),
    };
    const key = JSON.stringify(shot);
    const group = groups.get(key);
    if (group) group.count += 1;
    else if (zBatchShots.safeParse(shot).success) groups.set(key, { ...shot, count: 1 });
  }
  return [...groups.values()];
}

/** A job as the shot that it makes. */
export const shotToMake = ({ engine, quality, shot }: Pick<JobSpec, 'engine' | 'quality' | 'shot'>): ShotToMake => ({
  ...{ engine, quality, size: shot.size, frames: shot.frames, rate: shot.rate, boards: shot.boards.length },
});
