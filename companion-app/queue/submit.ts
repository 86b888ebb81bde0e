/** Taking jobs in: each by itself, so that one bad shot holds up no other. */
import type { JobSpec, JobState } from '../../shared/protocol';
import { problem, toProblem, type Problem } from '../../shared/problem';
import type { Sha256 } from '../../shared/shot';
import { breathe } from './breathe';
import type { JobStore, StoredChange } from './job-store';
import type { BoardShelf, Clock } from './ports';
import { withPreview } from './plan/previews';
import { boardsOf, hashOf, newRecord, type JobRecord } from './record';
import { specProblem } from './validate';

/** What became of one submitted job. Without `state` it was refused, and `problem` says why. */
export interface SubmitResult {
  readonly jobId: string;
  readonly state?: JobState;
  /** The job was there already and was not changed. */
  readonly known: boolean;
  readonly problem?: Problem;
}

export interface SubmitOutcome {
  /** In the order of the submit. */
  readonly jobs: readonly SubmitResult[];
  /** Boards that jobs wait for, each once. */
  readonly missing: readonly Sha256[];
}

interface Desk {
  readonly store: JobStore;
  readonly shelf: BoardShelf;
  readonly clock: Clock;
  readonly maxOpenJobs: number;
  /** A preview goes before each new full take. */
  readonly previewsFirst: boolean;
  readonly tell: (stored: StoredChange) => void;
}

/** Jobs stored in one transaction: few enough that the event loop is never held for long. */
const AT_ONCE = 40;

function conflict(spec: JobSpec): Problem {
  return problem({
    code: 'job-conflict',
    message: `Another job already has the id ${spec.id}, with different contents.`,
    safe: 'The job that was there is unchanged.',
    action: 'Send the shot again as a new take.',
  });
}

function tooMany(most: number): Problem {
  return problem({
    code: 'limit-reached',
    message: `More than ${most} shots are waiting already.`,
    safe: 'The shots that wait will be rendered.',
    action: 'Wait until some are done, then send the rest.',
    retry: true,
  });
}

/** Stores a few jobs; the answer is in their order. */
function takeIn(specs: readonly JobSpec[], desk: Desk): SubmitResult[] {
  const fresh = new Map<string, JobRecord>();
  const room = desk.maxOpenJobs - desk.store.count(['queued', 'rendering']);
  const results = specs.map((spec): SubmitResult => {
    const jobId = spec.id;
    const before = fresh.get(jobId) ?? desk.store.find(jobId);
    if (before) {
      return before.specHash === hashOf(spec)
        ? { jobId, state: before.row.state, known: true }
        : { jobId, known: false, problem: conflict(spec) };
    }
    const wrong = specProblem(spec) ?? (fresh.size < room ? null : tooMany(desk.maxOpenJobs));
    if (wrong) return { jobId, known: false, problem: wrong };
    fresh.set(jobId, newRecord(spec, desk.clock.now()));
    return { jobId, state: 'queued', known: false };
  });
  let stored: readonly StoredChange[];
  try {
    stored = desk.store.insert([...fresh.values()]);
  } catch (error) {
    const why = toProblem(error);
    return results.map((result) =>
      fresh.has(result.jobId) ? { jobId: result.jobId, known: false, problem: why } : result,
    );
  }
  for (const each of stored) desk.tell(each);
  return results;
}

/** Of these boards, those that are not there. Ones that are there unbeknownst to the store are noted. */
async function missingBoards(boards: readonly Sha256[], desk: Desk): Promise<Sha256[]> {
  const held = new Set(desk.store.heldBoards());
  const found: Sha256[] = [];
  const missing: Sha256[] = [];
  for (const board of boards) {
    if (held.has(board)) continue;
    ((await desk.shelf.pathOf(board)) === null ? missing : found).push(board);
  }
  if (found.length > 0) desk.store.addBoards(found);
  return missing;
}

/** The jobs that are really taken in: before each full take that is new, its preview. */
function expanded(specs: readonly JobSpec[], desk: Desk): JobSpec[] {
  if (!desk.previewsFirst) return [...specs];
  return specs.flatMap((spec) => (desk.store.find(spec.id) ? [spec] : withPreview(spec)));
}

/** Takes jobs in and says what became of each; see JobQueue.submit. */
export async function submitJobs(specs: readonly JobSpec[], desk: Desk): Promise<SubmitOutcome> {
  const results: SubmitResult[] = [];
  const wanted = expanded(specs, desk);
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    await breathe();
    results.push(...takeIn(wanted.slice(at, at + AT_ONCE), desk));
  }
  const asked = new Set(specs.map((spec) => spec.id));
  const jobs = results.filter((result) => asked.has(result.jobId));
  const waiting = wanted.filter((_spec, index) => results[index]?.state === 'queued');
  const missing = await missingBoards([...new Set(waiting.flatMap(boardsOf))], desk);
  return { jobs, missing };
}
