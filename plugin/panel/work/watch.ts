/** Keeps the timeline in the panel's state: reads on every hint of the host, and now and then without one. */
import { toProblem } from '../../../shared/problem';
import type { PremiereHost, TimelineView } from '../../premiere/host';
import type { PanelClock } from '../ports';
import type { PanelState } from '../state/state';
import type { Store } from '../state/store';

/** The host tells of few edits (a clip that is trimmed gives no event): milliseconds between looks without a hint. */
const IDLE_MS = 2_000;
/** Looking takes at most one part in so many of the host's time. */
const SHARE = 8;
/** Hints come in flocks. */
const SETTLE_MS = 60;

export interface WatchParts {
  readonly host: PremiereHost;
  readonly clock: PanelClock;
  readonly store: Store<PanelState>;
  /** Called after each reading that differs from the last. */
  readonly seen: (view: TimelineView) => void;
  /** Called when a reading is the same as the last one. */
  readonly still: (view: TimelineView) => void;
}

/** One who looks at a time; called again while looking, it looks once more. */
export class TimelineWatch {
  private running: Promise<void> | null = null;
  private again = false;
  private cancel: () => void = () => undefined;
  private stops: (() => void)[] = [];
  private text = '';

  constructor(private readonly parts: WatchParts) {}

  start(): void {
    this.stops.push(this.parts.host.subscribe(() => this.soon(SETTLE_MS)));
    void this.look();
  }

  stop(): void {
    this.cancel();
    for (const stop of this.stops.splice(0)) stop();
  }

  /** Reads the timeline now; resolves when it has been read. Never rejects. */
  look(): Promise<void> {
    this.again = true;
    this.running ??= this.timed().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** A long sequence takes longer to read, and is read less often: the host stays free for the artist. */
  private async timed(): Promise<void> {
    const began = this.parts.clock.now();
    await this.work();
    this.soon(Math.max(IDLE_MS, (this.parts.clock.now() - began) * SHARE));
  }

  private soon(ms: number): void {
    this.cancel();
    this.cancel = this.parts.clock.after(ms, () => void this.look());
  }

  private async work(): Promise<void> {
    while (this.again) {
      this.again = false;
      await this.read();
    }
  }

  private async read(): Promise<void> {
    const { host, store } = this.parts;
    try {
      const view = await host.readTimeline();
      const text = JSON.stringify(view);
      if (text === this.text) {
        this.parts.still(view);
        return;
      }
      this.text = text;
      store.update((state) => ({ ...state, hostProblem: null, timeline: view, ...chosenAfter(state, view) }));
      this.parts.seen(view);
    } catch (error) {
      this.text = '';
      const hostProblem = toProblem(error);
      // What cannot be read for a moment stays on show; only "nothing is open" empties the list.
      const timeline = hostProblem.code === 'host-unavailable' ? null : store.get().timeline;
      store.update((state) => ({ ...state, hostProblem, timeline }));
    }
  }
}

/** The list follows the timeline's selection where that has changed; another sequence begins with its own. */
function chosenAfter(state: PanelState, view: TimelineView): Pick<PanelState, 'chosen' | 'open'> {
  const before = state.timeline;
  const other = before?.reading.sequenceId !== view.reading.sequenceId;
  const moved = other || JSON.stringify(before.selected) !== JSON.stringify(view.selected);
  const there = new Set(view.reading.shots.map(({ draft }) => draft.id));
  const chosen = moved ? view.selected : state.chosen.filter((id) => there.has(id));
  return { chosen, open: state.open !== null && !other && there.has(state.open) ? state.open : null };
}
