/** A planned shot as a job whose id is made of what it asks for: the same command again is the same job. */
import { createHash } from 'node:crypto';
import type { Codec, JobSpec } from '../../../shared/protocol';
import type { Handles, Shot } from '../../../shared/shot';

export interface SpecWish {
  readonly title: string;
  readonly engine: JobSpec['engine'];
  readonly codec: Codec;
  readonly seed: number;
  readonly version: string;
  readonly pack?: JobSpec['pack'];
  /** Frames before and after the shot, in its clip alone. */
  readonly handles?: Handles;
  /** What a model that reads text is told, and the styles merged into it. */
  readonly model?: Partial<Pick<JobSpec, 'styles' | 'prompt' | 'negative' | 'styleLine'>>;
}

/** The job of a take, counted from 1. Its seed comes from the wish's, the shot's name and its number: takes differ and runs agree. */
export function specOfShot(shot: Shot, wish: SpecWish, take = 1): JobSpec {
  const from = `${wish.seed}\n${shot.name}${take === 1 ? '' : `\n${take}`}`;
  const seed = createHash('sha256').update(from).digest().readUInt32BE(0);
  const body = {
    sequence: { projectId: 'animate', sequenceId: wish.title, name: wish.title },
    shot,
    ...(wish.handles ? { handles: wish.handles } : {}),
    engine: wish.engine,
    ...(wish.pack ? { pack: wish.pack } : {}),
    ...wish.model,
    seed,
    codec: wish.codec,
    quality: 'full' as const,
    take,
    version: wish.version,
  };
  return { id: createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 26), ...body };
}
