/** "New sequence from storyboard": what the companion has, and one of them made into a sequence. No widget is needed for it. */
import { toProblem, type Problem } from '../../shared/problem';
import type { SequencePlan, StoryboardEntry } from '../../shared/protocol';
import type { Sheets } from '../../shared/shot';
import type { PremiereHost } from '../premiere/host';
import { createStore, type Store } from './state/store';

/** The companion's storyboards as the panel sees them. Every failure is an InbetweenError. */
export interface StoryboardSource {
  list(): Promise<readonly StoryboardEntry[]>;
  /** `sheets`: read anew first where it was read otherwise. */
  plan(id: string, sheets?: Sheets): Promise<SequencePlan>;
  /** It is a sequence now: the companion need not offer it any more. */
  done(id: string): Promise<void>;
}

export interface StoryboardsState {
  readonly open: boolean;
  /** Those that are read, wanted ones first, then the newest; null until they were asked for. */
  readonly entries: readonly StoryboardEntry[] | null;
  /** What is to become of scanned sheets; as they were read where null. */
  readonly sheets: Sheets | null;
  /** Name of the one that is being made. */
  readonly making: string | null;
  /** Name of the one that was made last. */
  readonly made: string | null;
  readonly problem: Problem | null;
}

const CLOSED: StoryboardsState = { open: false, entries: null, sheets: null, making: null, made: null, problem: null };

export class Storyboards {
  readonly store: Store<StoryboardsState> = createStore(CLOSED);

  constructor(
    private readonly source: StoryboardSource,
    private readonly host: Pick<PremiereHost, 'newSequence'>,
  ) {}

  readonly open = (): void => {
    this.set({ open: true, made: null });
    this.look();
  };

  readonly close = (): void => this.set({ ...CLOSED, making: this.store.get().making });

  readonly look = (): void =>
    this.guard(async () => {
      const all = await this.source.list();
      const read = all.filter(({ state }) => state === 'ready');
      this.set({ entries: [...read.filter(({ wanted }) => wanted), ...read.filter(({ wanted }) => !wanted)] });
    });

  readonly chooseSheets = (sheets: Sheets | null): void => this.set({ sheets });

  /** One at a time: a second press while one is made does nothing. */
  readonly make = ({ id, name }: StoryboardEntry): void => {
    if (this.store.get().making !== null) return;
    const sheets = this.store.get().sheets ?? undefined;
    this.set({ making: name, made: null });
    this.guard(async () => {
      try {
        await this.host.newSequence(await this.source.plan(id, sheets));
        this.set({ made: name });
      } finally {
        this.set({ making: null });
      }
      await this.source.done(id);
      this.look();
    });
  };

  private set(change: Partial<StoryboardsState>): void {
    this.store.update((state) => ({ ...state, ...change }));
  }

  /** Every handler ends here: an exception let through could take Premiere down. */
  private guard(work: () => Promise<void>): void {
    this.set({ problem: null });
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.set({ problem: toProblem(error) }));
  }
}
