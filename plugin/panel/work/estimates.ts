/** Keeps the estimates of what could be animated next, and of what the last batch came to. It stands in nobody's way: without an answer there is none. */
import { toProblem, type Problem } from '../../../shared/problem';
import type { BatchEstimate, BatchQuestion, CostReport } from '../../../shared/protocol';
import type { PanelClock } from '../ports';
import { batchStart, isUnder } from '../state/batch';
import type { PanelState } from '../state/state';
import { createStore, type Store } from '../state/store';
import { toMake, type ToMake } from '../state/to-make';

/** The companion's reckoning. Every failure is an InbetweenError. */
export interface EstimateSource {
  of(question: BatchQuestion): Promise<BatchEstimate>;
  /** Of work from this moment on, milliseconds since 1970. */
  came(since: number): Promise<Pick<CostReport, 'currency' | 'estimates'>>;
}

/** `at`: when it was told, milliseconds since 1970. */
export type Estimated =
  | { readonly kind: 'asking'; readonly of: ToMake }
  | { readonly kind: 'told'; readonly of: ToMake; readonly told: BatchEstimate; readonly at: number }
  | { readonly kind: 'failed'; readonly of: ToMake; readonly problem: Problem };

export interface EstimatesState {
  /** True while all of it is shown. */
  readonly open: boolean;
  /** Of the shots chosen; null where there is nothing to say. */
  readonly chosen: Estimated | null;
  readonly night: Estimated | null;
  /** What the last batch was expected to cost and came to. */
  readonly came: Pick<CostReport, 'currency' | 'estimates'> | null;
}

const NOTHING: EstimatesState = { open: false, chosen: null, night: null, came: null };
/** A hand that goes through the list is not asked after, milliseconds. */
const SETTLE_MS = 400;
/** So long after a batch its costs are in the ledger. */
const LEDGER_MS = 2_000;
/** What an older companion says of a question it does not know. */
const OLDER = new Set(['not-found', 'version-mismatch', 'unknown-type']);
/** It went away, or another panel took over: that is told elsewhere. */
const AWAY = new Set(['companion-unavailable', 'unauthorised', 'superseded']);

export interface EstimatesParts {
  readonly source: EstimateSource;
  readonly store: Store<PanelState>;
  readonly clock: PanelClock;
}

type Press = 'chosen' | 'night';

export class Estimates {
  readonly store: Store<EstimatesState> = createStore(NOTHING);
  /** What was asked last, of each. */
  private readonly asked = new Map<Press | 'came', string>();
  private supported = true;
  private seen: Pick<PanelState, 'timeline' | 'jobs' | 'chosen' | 'link'> | null = null;
  private cancel: () => void = () => undefined;
  private cancelCame: () => void = () => undefined;
  private leave: () => void = () => undefined;

  constructor(private readonly parts: EstimatesParts) {}

  start(): void {
    this.leave = this.parts.store.subscribe(() => this.changed());
    this.changed();
  }

  stop(): void {
    this.leave();
    this.cancel();
    this.cancelCame();
  }

  readonly toggle = (): void => this.set({ open: !this.store.get().open });

  /** Asks again for what has no answer. */
  readonly again = (): void => {
    this.asked.clear();
    this.look();
  };

  private changed(): void {
    const { timeline, jobs, chosen, link } = this.parts.store.get();
    const { seen } = this;
    if (seen?.timeline === timeline && seen.jobs === jobs && seen.chosen === chosen && seen.link === link) return;
    if (seen?.link !== link) {
      // Another companion may know what the last one did not.
      this.asked.clear();
      this.supported = true;
    }
    this.seen = { timeline, jobs, chosen, link };
    this.cancel();
    this.cancel = this.parts.clock.after(SETTLE_MS, () => this.look());
  }

  private look(): void {
    const state = this.parts.store.get();
    if (state.link.kind !== 'connected' || !this.supported) {
      this.set({ chosen: null, night: null, came: null });
      return;
    }
    const presses = toMake(state);
    // What is under way changes when others would be done.
    const open = [...state.jobs.values()].filter(isUnder).length;
    for (const press of ['chosen', 'night'] as const) this.ask(press, presses[press], open);
    this.askCame(state, open);
  }

  private ask(press: Press, of: ToMake | null, open: number): void {
    const key = JSON.stringify([of?.question, open]);
    if (this.asked.get(press) === key) return;
    this.asked.set(press, key);
    if (!of) {
      this.set({ [press]: null });
      return;
    }
    const before = this.store.get()[press];
    // The last answer stays until there is another, where it is one to the same question.
    if (JSON.stringify(before?.of.question) !== JSON.stringify(of.question))
      this.set({ [press]: { kind: 'asking', of } });
    const isCurrent = (): boolean => this.asked.get(press) === key;
    this.parts.source.of(of.question).then(
      (told) => {
        if (isCurrent()) this.set({ [press]: { kind: 'told', of, told, at: this.parts.clock.now() } });
      },
      (error: unknown) => {
        if (isCurrent()) this.failed(press, of, toProblem(error));
      },
    );
  }

  private failed(press: Press, of: ToMake, problem: Problem): void {
    if (OLDER.has(problem.code)) this.supported = false;
    if (OLDER.has(problem.code)) this.set({ chosen: null, night: null, came: null });
    else if (AWAY.has(problem.code)) this.set({ [press]: null });
    else this.set({ [press]: { kind: 'failed', of, problem } });
  }

  /** Once nothing of the batch is under way any more. */
  private askCame({ jobs }: PanelState, open: number): void {
    const since = batchStart(jobs.values());
    const key = JSON.stringify([since, [...jobs.values()].filter((row) => row.take).length]);
    if (open > 0 || since === null || this.asked.get('came') === key) return;
    this.asked.set('came', key);
    this.cancelCame();
    this.cancelCame = this.parts.clock.after(LEDGER_MS, () => {
      this.parts.source.came(since).then(
        (came) => this.set({ came }),
        // It is told on the companion's pages too; nothing waits for it here.
        () => undefined,
      );
    });
  }

  private set(change: Partial<EstimatesState>): void {
    this.store.update((state) => ({ ...state, ...change }));
  }
}
