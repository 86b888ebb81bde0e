/** From a shot on the timeline to the job that animates it. */
import type { Codec, JobSpec } from '../../shared/protocol';
import type { BoardUse, BurnIns, Sha256 } from '../../shared/shot';
import type { SequenceReading, ShotReading } from '../premiere/host';

export interface TakeWish {
  readonly engine: JobSpec['engine'];
  /** Model pack for the diffusion engine; the companion's first one when absent. */
  readonly pack?: NonNullable<JobSpec['pack']>;
  /** Text burnt into every take. */
  readonly burnIns?: BurnIns;
  readonly codec: Codec;
  readonly quality: JobSpec['quality'];
  /** Whole number 0 … 2^32-1; shots get seeds of one family from it. */
  readonly seed: number;
  readonly version: string;
}

/** A seed for one shot out of the sequence's: the same shot gets the same seed in every run (FNV-1a over its name). */
export function seedForShot(seed: number, shotName: string): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < shotName.length; i++) hash = Math.imul(hash ^ shotName.charCodeAt(i), 16777619) >>> 0;
  return hash;
}

/** The finished spec. `hashes` are the boards' SHA-256 in the order of `reading.boards`. */
export function jobFromShot(
  sequence: SequenceReading,
  reading: ShotReading,
  hashes: readonly Sha256[],
  wish: TakeWish,
  identity: { jobId: string; take: number; replaces?: string },
): JobSpec {
  const boards: BoardUse[] = reading.boards.map((board, index) => {
    const hash = hashes[index];
    if (hash === undefined) throw new RangeError(`Board ${index + 1} of ${reading.draft.name} has no hash.`);
    return { board: hash, at: board.at, name: board.name };
  });
  return {
    id: identity.jobId,
    sequence: {
      projectId: sequence.projectId,
      sequenceId: sequence.sequenceId,
      name: sequence.name,
      trackAbove: reading.trackIndex,
    },
    ...(identity.replaces === undefined ? {} : { replaces: identity.replaces }),
    shot: { ...reading.draft, boards, ...(wish.burnIns ? { burnIns: wish.burnIns } : {}) },
    engine: wish.engine,
    ...(wish.pack ? { pack: wish.pack } : {}),
    seed: seedForShot(wish.seed, reading.draft.name),
    codec: wish.codec,
    quality: wish.quality,
    take: identity.take,
    version: wish.version,
  };
}

/** The next free take number of a shot: one more than any take known of it. */
export function nextTake(shotId: string, known: readonly { shotId: string; take: number }[]): number {
  return 1 + Math.max(0, ...known.filter((k) => k.shotId === shotId).map((k) => k.take));
}
