/** Brings a finished clip to its final name: believed only after it was looked at, whole from the moment it is there. */
import { lstat, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobSpec, Take } from '../../../shared/protocol';
import { InbetweenError } from '../../../shared/problem';
import { sameRate } from '../../../shared/shot';
import { moveWhole, sha256OfFile, syncFile, writeWhole } from '../files';
import { resultPathOf, type ResultFile } from '../result-file';
import { beside, besideOf } from './beside';
import { clipName, clipPath } from './folders';

export interface Landing {
  readonly spec: JobSpec;
  readonly attempt: number;
  /** Takes of this job that were set aside before. */
  readonly tries?: number;
  /** What the render process says it made, in `attemptDir`. */
  readonly take: Take;
  readonly attemptDir: string;
  readonly takesDir: string;
}

function refuse(spec: JobSpec, why: string): InbetweenError {
  return new InbetweenError({
    code: 'render-failed',
    message: `The clip of ${spec.shot.name || spec.id} was not kept: ${why}.`,
    safe: 'The timeline and the other shots are untouched.',
    action: 'Retry the shot.',
    retry: true,
  });
}

/** Throws InbetweenError "render-failed" unless the clip is what was ordered, byte for byte what it is said to be. */
async function inspect({ spec, take, attemptDir }: Landing): Promise<string> {
  const clip = path.join(attemptDir, clipName(spec));
  if (path.resolve(take.path) !== clip) throw refuse(spec, 'it lies outside the folder of its attempt');
  if (take.frames !== spec.shot.frames)
    throw refuse(spec, `it has ${take.frames} frames instead of ${spec.shot.frames}`);
  if (JSON.stringify(take.handles) !== JSON.stringify(spec.handles))
    throw refuse(spec, 'its handles are not those asked for');
  if (!sameRate(take.rate, spec.shot.rate)) throw refuse(spec, 'it runs at another rate than its shot');
  if (take.codec !== spec.codec) throw refuse(spec, `it is ${take.codec} instead of ${spec.codec}`);
  const found = await lstat(clip).catch(() => null);
  if (!found?.isFile()) throw refuse(spec, 'it is not there');
  if (found.size !== take.bytes) throw refuse(spec, `it has ${found.size} bytes instead of ${take.bytes}`);
  if ((await sha256OfFile(clip)) !== take.sha256) throw refuse(spec, 'its bytes are not the ones that were written');
  return clip;
}

/** Removes a clip and what lies beside it. */
export async function discard(take: Take): Promise<void> {
  for (const file of [take.path, resultPathOf(take.path), ...besideOf(take)]) await rm(file, { force: true });
}

/**
 * Checks, syncs and renames a clip with its pictures and the file that tells of it; the clip comes last, so that one under its final
 * name always has the others. Returns the take with its final paths. Throws InbetweenError "render-failed", or as the file system
 * does; nothing is left under a final name then.
 */
export async function land(landing: Landing): Promise<Take> {
  const { spec, attempt, tries, takesDir } = landing;
  const clip = await inspect(landing);
  await syncFile(clip);
  const final = clipPath(takesDir, spec, tries);
  await mkdir(path.dirname(final), { recursive: true, mode: 0o700 });
  const { moves, take } = await beside(landing.take, landing.attemptDir, final);
  const result: ResultFile = { format: 'inbetween-take', version: 1, attempt, spec, take };
  try {
    for (const { from, to } of moves) {
      await syncFile(from);
      await moveWhole(from, to);
    }
    await writeWhole(resultPathOf(final), JSON.stringify(result));
    await moveWhole(clip, final);
  } catch (error) {
    await discard(take).catch(() => undefined);
    throw error;
  }
  return take;
}
