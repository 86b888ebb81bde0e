/** Renders a batch without a companion: the same queue, store and render process, in a folder of the run's own. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Fact, JobRow, JobSpec, Progress, Settings } from '../../../shared/protocol';
import type { Problem } from '../../../shared/problem';
import {
  JobQueue,
  openStore,
  QUEUE_DEFAULTS,
  recover,
  Runner,
  RUNNER_DEFAULTS,
  systemClock,
  type BoardShelf,
  type RunnerSettings,
} from '../../queue';
import type { Timing } from '../../queue/estimate';
import { openCost } from '../cost';
import { lockFolder } from '../lock';
import { openLog } from '../logs';
import { TIMINGS_KEPT } from './timings-file';

export interface Batch {
  readonly specs: readonly JobSpec[];
  /** Files of the boards by their hash. */
  readonly boards: ReadonlyMap<string, string>;
  /** Kept between runs: a run that was killed goes on where it was. */
  readonly folder: string;
  readonly renderEntry: string;
  readonly provider: RunnerSettings['provider'];
  readonly packsDir?: string;
  /** Of which engines' takes PREVIS is burnt in; of the diffusion engine's where absent. */
  readonly previs?: Settings['previsBurnIn'];
  /** Prices and rated power. */
  readonly settings: Settings;
  /** What was measured on this machine before, newest first. */
  readonly timings: readonly Timing[];
}

export interface BatchWatcher {
  progress(progress: Progress): void;
  finished(row: JobRow): void;
}

export interface BatchResult {
  /** One row a spec, in its order; absent where the queue refused it. */
  readonly rows: ReadonlyMap<string, JobRow>;
  readonly refused: ReadonlyMap<string, Problem>;
  /** What it cost, attempts that failed included. */
  readonly facts: readonly Fact[];
  /** Everything measured by now, newest first. */
  readonly timings: readonly Timing[];
}

const OVER = new Set(['rendered', 'delivered', 'placed', 'failed', 'cancelled']);

/** Resolves when every job is rendered, failed or cancelled. Aborting gives the running job back to the queue and rejects with the reason. */
export async function renderBatch(batch: Batch, watcher: BatchWatcher, signal: AbortSignal): Promise<BatchResult> {
  await mkdir(batch.folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(path.join(batch.folder, 'run.lock'));
  const log = await openLog(path.join(batch.folder, 'run.log'), 'info');
  const { store } = await openStore(
    { file: path.join(batch.folder, 'queue.db'), backup: path.join(batch.folder, 'queue.backup.db') },
    systemClock,
    log.logger,
  );
  try {
    if (store.timings(1).length === 0) for (const timing of [...batch.timings].reverse()) store.addTiming(timing);
    const shelf: BoardShelf = { pathOf: (board) => Promise.resolve(batch.boards.get(board) ?? null) };
    const folders = { attempts: path.join(batch.folder, 'attempts'), takes: path.join(batch.folder, 'takes') };
    await recover(
      { store, shelf, folders, clock: systemClock, log: log.logger, maxLost: QUEUE_DEFAULTS.maxLost },
      false,
    );
    const queue = new JobQueue({ store, shelf, clock: systemClock, log: log.logger });
    const runner = new Runner(
      { queue, shelf, clock: systemClock, log: log.logger },
      {
        ...RUNNER_DEFAULTS,
        provider: batch.provider,
        entry: batch.renderEntry,
        folders,
        ...(batch.packsDir === undefined ? {} : { packsDir: batch.packsDir }),
        previs: () => batch.previs ?? 'diffusion',
      },
    );
    const cost = await openCost({
      ...{ queue, store, clock: systemClock, log: log.logger },
      settings: { get: () => batch.settings, subscribe: () => () => undefined },
    });
    const { jobs } = await queue.submit(batch.specs);
    // A second run is the person's own retry: what failed before is tried again.
    queue.retry(batch.specs.map((spec) => spec.id));
    const refused = new Map(jobs.flatMap((job) => (job.problem ? [[job.jobId, job.problem] as const] : [])));
    const wanted = new Set(batch.specs.map((spec) => spec.id).filter((id) => !refused.has(id)));
    const done = waitForAll(queue, wanted, watcher, signal);
    runner.start();
    try {
      await done;
    } finally {
      await runner.stop();
      await cost.stop();
    }
    const rows = new Map<string, JobRow>();
    for (const id of wanted) {
      const row = queue.find(id);
      if (row) rows.set(id, row);
    }
    return { rows, refused, facts: queue.facts(), timings: store.timings(TIMINGS_KEPT) };
  } finally {
    store.close();
    log.close();
    lock.release();
  }
}

function waitForAll(
  queue: JobQueue,
  wanted: ReadonlySet<string>,
  watcher: BatchWatcher,
  signal: AbortSignal,
): Promise<void> {
  const open = new Set([...wanted].filter((id) => !OVER.has(queue.find(id)?.state ?? '')));
  return new Promise((resolve, reject) => {
    const end = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      end();
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const unsubscribe = queue.subscribe({
      progress: (progress) => watcher.progress(progress),
      event: (event) => {
        if (!OVER.has(event.state) || !open.delete(event.jobId)) return;
        const row = queue.find(event.jobId);
        if (row) watcher.finished(row);
        if (open.size > 0) return;
        end();
        resolve();
      },
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else if (open.size === 0) {
      end();
      resolve();
    }
  });
}
