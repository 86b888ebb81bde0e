/** From a shot on the timeline to the job that animates it. */
import type { Codec, JobSpec } from '../../shared/protocol';
import type { BoardUse, BurnIns, CameraMove, Handles, Sha256 } from '../../shared/shot';
import type { SequenceReading, ShotReading } from '../premiere/host';

export interface TakeWish {
  readonly engine: JobSpec['engine'];
  /** Model pack for the diffusion engine; the companion's first one when absent. */
  readonly pack?: NonNullable<JobSpec['pack']>;
  /** Text burnt into every take. */
  readonly burnIns?: BurnIns;
  /** Frames before and after each shot, in its clip; a preview has none. */
  readonly handles?: Handles;
  /** A line for every prompt, and what a model is led away from; for the diffusion engine. */
  readonly styleLine?: string;
  readonly negative?: string;
  readonly codec: Codec;
  readonly quality: JobSpec['quality'];
  /** A preview of the take first, to stand in its place until it is there. Needs quality `full`. */
  readonly previewFirst?: boolean;
  /** Whole number 0 … 2^32-1; shots get seeds of one family from it. */
  readonly seed: number;
  readonly version: string;
}

/** What the artist has set for a shot, over what its note and the wish say. */
export interface OwnWish {
  readonly moves?: readonly CameraMove[];
  readonly engine?: JobSpec['engine'];
  /** What a model is told happens, in place of what the note says. */
  readonly prompt?: string;
}

/** A seed for one shot out of the sequence's: the same shot gets the same seed in every run (FNV-1a over its name). */
export function seedForShot(seed: number, shotName: string): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < shotName.length; i++) hash = Math.imul(hash ^ shotName.charCodeAt(i), 16777619) >>> 0;
  return hash;
}

/** Handles, where the take is to have any. A preview goes when its take comes: it needs none. */
function handlesOf({ handles, quality }: TakeWish): Pick<JobSpec, 'handles'> {
  return quality === 'full' && handles && handles.before + handles.after > 0 ? { handles } : {};
}

/** What is written for a model, where one is asked for. */
function wordsOf(wish: TakeWish, own: OwnWish): Pick<JobSpec, 'prompt' | 'negative' | 'styleLine'> {
  if ((own.engine ?? wish.engine) !== 'diffusion') return {};
  return {
    ...(own.prompt === undefined ? {} : { prompt: own.prompt }),
    ...(wish.negative === undefined ? {} : { negative: wish.negative }),
    ...(wish.styleLine === undefined ? {} : { styleLine: wish.styleLine }),
  };
}

/** The finished spec. `hashes` are the boards' SHA-256 in the order of `reading.boards`. */
export function jobFromShot(
  sequence: SequenceReading,
  reading: ShotReading,
  hashes: readonly Sha256[],
  wish: TakeWish,
  identity: { jobId: string; take: number; replaces?: string },
  own: OwnWish = {},
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
    shot: {
      ...reading.draft,
      boards,
      ...(own.moves ? { moves: [...own.moves] } : {}),
      ...(wish.burnIns ? { burnIns: wish.burnIns } : {}),
    },
    ...handlesOf(wish),
    engine: own.engine ?? wish.engine,
    ...wordsOf(wish, own),
    ...(wish.pack ? { pack: wish.pack } : {}),
    // Another take of the same shot is another try: it gets another seed, and the same one in every run.
    seed: seedForShot(wish.seed, identity.take === 1 ? reading.draft.name : `${reading.draft.name} ${identity.take}`),
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
