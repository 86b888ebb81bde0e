/** Keeps the jobs of the sequence in front in the panel's state. */
import type { JobRow, Progress } from '../../../shared/protocol';
import type { Companion, PanelClock } from '../ports';
import { withEntry, type PanelState } from '../state/state';
import type { Store } from '../state/store';

/** Events come in flocks: rows are asked for once for all of them. */
const SETTLE_MS = 80;

export interface FeedParts {
  readonly companion: Companion;
  readonly clock: PanelClock;
  readonly store: Store<PanelState>;
  /** Called when the rows have been read afresh. */
  readonly read: () => void;
}

export class JobFeed {
  private running: Promise<void> | null = null;
  private again = false;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: FeedParts) {}

  /** Something has happened to a job. */
  poke(): void {
    this.cancel();
    this.cancel = this.parts.clock.after(SETTLE_MS, () => void this.refresh());
  }

  stop(): void {
    this.cancel();
  }

  progress(progress: Progress): void {
    const { store, clock } = this.parts;
    store.update((state) => ({
      ...state,
      progress: withEntry(state.progress, progress.jobId, progress),
      now: clock.now(),
    }));
  }

  /** Reads the rows now. Never rejects: while the companion is away, those known stay. */
  refresh(): Promise<void> {
    this.again = true;
    this.running ??= this.work().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async work(): Promise<void> {
    const { store, companion, clock } = this.parts;
    while (this.again) {
      this.again = false;
      const sequenceId = store.get().timeline?.reading.sequenceId;
      if (sequenceId === undefined) return;
      let rows: readonly JobRow[];
      try {
        rows = await companion.list({ sequenceId });
      } catch {
        return;
      }
      if (store.get().timeline?.reading.sequenceId !== sequenceId) {
        this.again = true;
        continue;
      }
      store.update((state) => ({ ...state, ...taken(state, rows), now: clock.now() }));
      this.parts.read();
    }
  }
}

/** The rows, and only the progress and the waiting of those that still need it. */
function taken(state: PanelState, rows: readonly JobRow[]): Pick<PanelState, 'jobs' | 'progress' | 'waiting'> {
  const jobs = new Map(rows.map((row) => [row.spec.id, row]));
  const rendering = (id: string): boolean => jobs.get(id)?.state === 'rendering';
  const coming = (id: string): boolean => ['rendered', 'delivered'].includes(jobs.get(id)?.state ?? '');
  return {
    jobs,
    progress: new Map([...state.progress].filter(([id]) => rendering(id))),
    waiting: new Map([...state.waiting].filter(([id]) => coming(id))),
  };
}
