/** Animate: export the boards of each shot, send what the companion lacks, submit the job. One shot after the other. */
import { toProblem, type Problem } from '../../shared/problem';
import type { JobRow, JobSpec } from '../../shared/protocol';
import type { Sha256 } from '../../shared/shot';
import type { PremiereHost, SequenceReading, ShotReading } from '../premiere/host';
import { jobFromShot, nextTake, type OwnWish, type TakeWish } from './job-from-shot';
import type { Companion, HashBytes, Ids } from './ports';
import type { StopSignal } from './stopper';

export interface SubmitParts {
  readonly host: PremiereHost;
  readonly companion: Companion;
  readonly ids: Ids;
  readonly hash: HashBytes;
}

/** What became of one shot. Exactly one of `jobId` and `problem` tells. */
export interface SubmittedShot {
  readonly shotName: string;
  readonly jobId?: string;
  readonly problem?: Problem;
}

export interface SubmitProgress {
  readonly shotName: string;
  readonly shot: number;
  readonly of: number;
  readonly stage: 'exporting boards' | 'sending boards' | 'queueing';
}

/** A problem with every shot (the companion went away) is not the fault of the shot it hit first. */
const CONCERNS_ALL = new Set([
  'host-project-changed',
  'host-sequence-gone',
  'unauthorised',
  'superseded',
  'version-mismatch',
]);

async function sendBoards(
  parts: SubmitParts,
  sequence: SequenceReading,
  reading: ShotReading,
  tell: (stage: SubmitProgress['stage']) => void,
): Promise<Sha256[]> {
  tell('exporting boards');
  const hashes: Sha256[] = [];
  for (const board of reading.boards) {
    const { bytes } = await parts.host.exportBoard(sequence, board);
    const sha256 = parts.hash(bytes);
    hashes.push(sha256);
    // One board in memory at a time: a sequence may hold hundreds.
    if ((await parts.companion.missingBoards([sha256])).length === 0) continue;
    tell('sending boards');
    await parts.companion.uploadBoard({ sha256, name: board.name, bytes });
  }
  return hashes;
}

const takeKey = (row: JobRow): { shotId: string; take: number } => ({ shotId: row.spec.shot.id, take: row.spec.take });

interface Asked {
  readonly sequence: SequenceReading;
  readonly reading: ShotReading;
  readonly hashes: readonly Sha256[];
  readonly wish: TakeWish;
  readonly own: OwnWish;
  readonly take: number;
}

/** The jobs of one take in the order they are to be made: its preview, where one is wanted, then the take in its place. */
function specsOf(ids: Ids, { sequence, reading, hashes, wish, own, take }: Asked): JobSpec[] {
  const jobId = ids.jobId();
  if (wish.previewFirst !== true || wish.quality !== 'full')
    return [jobFromShot(sequence, reading, hashes, wish, { jobId, take }, own)];
  const preview = jobFromShot(sequence, reading, hashes, { ...wish, quality: 'preview' }, { jobId, take }, own);
  const full = jobFromShot(sequence, reading, hashes, wish, { jobId: ids.jobId(), take, replaces: jobId }, own);
  return [preview, full];
}

/**
 * What somebody waits for comes first: a single shot before all that is queued, in a batch the previews before the first
 * of its takes. Only a wish: where the companion refuses, the order stays.
 */
async function hurry(companion: Companion, specs: readonly JobSpec[], firstTake: string | undefined): Promise<void> {
  const [preview, ...rest] = specs;
  if (!preview || rest.length === 0) return;
  try {
    if (firstTake === undefined)
      await companion.reorder(
        specs.map(({ id }) => id),
        'front',
      );
    else if (!rest.some(({ id }) => id === firstTake)) await companion.reorder([preview.id], { before: firstTake });
  } catch {
    // The first take has begun, or the companion is older than the wish.
  }
}

/**
 * Submits these shots in order. A shot that cannot be exported or is refused gets its problem and the others go on;
 * a failure that concerns them all (sequence gone, companion lost for good) is thrown. Stops between shots once `signal` says stop.
 */
export async function submitShots(
  parts: SubmitParts,
  sequence: SequenceReading,
  shots: readonly ShotReading[],
  wish: TakeWish,
  options: {
    signal?: StopSignal;
    progress?: (progress: SubmitProgress) => void;
    submitted?: (spec: JobSpec) => void;
    /** What the artist has set for a shot. */
    own?: (reading: ShotReading) => OwnWish;
  } = {},
): Promise<SubmittedShot[]> {
  const rows = await parts.companion.list({ sequenceId: sequence.sequenceId });
  const known = [
    ...rows.map(takeKey),
    ...(await parts.host.placedTakes(sequence)).flatMap((placed) =>
      shots.filter((s) => s.draft.name === placed.shotName).map((s) => ({ shotId: s.draft.id, take: placed.take })),
    ),
  ];
  const out: SubmittedShot[] = [];
  let firstTake: string | undefined;
  for (const [index, reading] of shots.entries()) {
    if (options.signal?.stopped === true) break;
    const shotName = reading.draft.name;
    const tell = (stage: SubmitProgress['stage']): void =>
      options.progress?.({ shotName, shot: index, of: shots.length, stage });
    try {
      const hashes = await sendBoards(parts, sequence, reading, tell);
      tell('queueing');
      const take = nextTake(reading.draft.id, known);
      const own = options.own?.(reading) ?? {};
      const specs = specsOf(parts.ids, { sequence, reading, hashes, wish, own, take });
      const outcomes = await parts.companion.submit(specs);
      const spec = specs[specs.length - 1];
      firstTake ??= spec?.id;
      await hurry(parts.companion, specs, shots.length === 1 ? undefined : firstTake);
      const refused = outcomes.find((outcome) => outcome.problem)?.problem;
      if (refused || !spec) out.push({ shotName, ...(refused ? { problem: refused } : {}) });
      else {
        known.push({ shotId: reading.draft.id, take });
        for (const each of specs) options.submitted?.(each);
        out.push({ shotName, jobId: spec.id });
      }
    } catch (error) {
      const problem = toProblem(error);
      if (CONCERNS_ALL.has(problem.code)) throw error;
      out.push({ shotName, problem });
    }
  }
  return out;
}
