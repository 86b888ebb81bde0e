/** What the last run of the companion left behind, put in order before anything new is begun. */
import { problem } from '../../shared/problem';
import type { JobStore, StoredChange } from './job-store';
import type { BoardShelf, Clock, Log } from './ports';
import { bestOf, taken } from './plan/tries';
import { hashOf, newRecord, type JobRecord } from './record';
import { allResults, readResult, sweepParts, type ResultFile } from './result-file';
import { sha256OfFile } from './files';
import { clipPath, sweepAttempts, type ResultFolders } from './runner/folders';
import { advance, type JobChange } from './states';

export interface RecoverParts {
  readonly store: JobStore;
  readonly shelf: BoardShelf;
  readonly folders: ResultFolders;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxLost: number;
  /** So often a take that fails its checks is made again. */
  readonly retriesOfFailedChecks?: number;
  /** A farm renders: what was out is still being made there, and this companion's end lost nothing. */
  readonly elsewhere?: boolean;
}

export interface Recovered {
  /** Jobs that were being rendered and are queued again (or set aside, where it was not the first time). */
  readonly lost: number;
  /** Jobs whose clip was found whole although the store did not know of it. */
  readonly adopted: number;
}

const LOST = problem({
  code: 'render-crashed',
  message: 'The companion was ended while it rendered this shot.',
  safe: 'The other shots go on; what was rendered before is kept.',
  action: 'Retry the shot; if it happens again, try another engine.',
  retry: true,
});

/**
 * To be called once, before the queue is opened to anyone: ends the leases of the last run, adopts clips that came to their final name
 * without the store hearing of it, notes which boards are there, sweeps what was left half-made. With `rebuilt` (the store's file was
 * lost) all clips on disk are read for what they tell.
 */
export async function recover(parts: RecoverParts, rebuilt: boolean): Promise<Recovered> {
  const { store, folders, log } = parts;
  let lost = 0;
  let adopted = 0;
  for (const record of store.inState('rendering')) {
    const take = await finishedTake(record, folders.takes);
    const attempt = record.row.attempts;
    const tries = record.row.tries ?? [];
    const change: JobChange = take
      ? taken(take, tries, attempt, parts.retriesOfFailedChecks ?? 0)
      : parts.elsewhere === true
        ? { kind: 'release', attempt }
        : { kind: 'lose', attempt, problem: LOST };
    step(parts, record, change);
    if (take) adopted += 1;
    else lost += 1;
  }
  if (rebuilt) for (const results of await jobsOnDisk(folders.takes)) adopted += adopt(parts, results) ? 1 : 0;
  await noteBoards(parts);
  await sweepAttempts(folders.attempts);
  await sweepParts(folders.takes);
  if (lost + adopted > 0) log.info({ lost, adopted }, 'the last run was put in order');
  return { lost, adopted };
}

function step({ store, clock, log, maxLost }: RecoverParts, record: JobRecord, change: JobChange): void {
  const { event } = store.change(record.row.spec.id, (before) => advance(before, change, { at: clock.now(), maxLost }));
  log.info({ seq: event.seq, jobId: event.jobId, state: event.state, attempts: event.attempts }, 'job changed');
}

/** The take of a job whose clip was finished just before the end, checked byte for byte. */
async function finishedTake({ row, specHash: hash }: JobRecord, takesDir: string): Promise<ResultFile['take'] | null> {
  const result = await readResult(clipPath(takesDir, row.spec, row.tries?.length));
  if (result?.attempt !== row.attempts || hashOf(result.spec) !== hash) return null;
  return (await sha256OfFile(result.take.path)) === result.take.sha256 ? result.take : null;
}

/** What the clips on disk tell, those of one job together in the order they were made. */
async function jobsOnDisk(takesDir: string): Promise<[ResultFile, ...ResultFile[]][]> {
  const jobs = new Map<string, [ResultFile, ...ResultFile[]]>();
  for (const result of await allResults(takesDir)) {
    const known = jobs.get(result.spec.id);
    if (known) known.push(result);
    else jobs.set(result.spec.id, [result]);
  }
  return [...jobs.values()];
}

/** Takes over what the clips of one job tell. Jobs that ended otherwise stay as they are. True when something was new. */
function adopt(parts: RecoverParts, results: readonly [ResultFile, ...ResultFile[]]): boolean {
  const { store, clock, log } = parts;
  const { spec } = results[0];
  const attempt = Math.max(...results.map((result) => result.attempt));
  const takes = results.map((result) => result.take);
  const { take, tries } = bestOf(takes.slice(0, -1), takes.at(-1) ?? results[0].take);
  const known = store.find(spec.id);
  if (!known) {
    const fresh = newRecord(spec, clock.now());
    const row = { ...fresh.row, attempts: attempt, take, ...(tries.length > 0 && { tries: [...tries] }) };
    const stored: readonly StoredChange[] = store.insert([{ ...fresh, row: { ...row, state: 'rendered' } }]);
    for (const { event } of stored) log.info({ seq: event.seq, jobId: event.jobId, state: event.state }, 'job adopted');
    return true;
  }
  if (known.row.state !== 'queued' || known.specHash !== hashOf(spec)) return false;
  step(parts, known, { kind: 'lease' });
  step(parts, known, { kind: 'finish', attempt: known.row.attempts + 1, take, tries });
  return true;
}

/** Compares what the store believes of the boards with what is there. */
async function noteBoards({ store, shelf }: RecoverParts): Promise<void> {
  const held = new Set(store.heldBoards());
  const wanted = new Set([...held, ...store.wantedBoards()]);
  const arrived: string[] = [];
  const gone: string[] = [];
  for (const board of wanted) {
    const there = (await shelf.pathOf(board)) !== null;
    if (there && !held.has(board)) arrived.push(board);
    if (!there && held.has(board)) gone.push(board);
  }
  if (arrived.length > 0) store.addBoards(arrived);
  if (gone.length > 0) store.dropBoards(gone);
}
