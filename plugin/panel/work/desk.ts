/** Everything the artist can do in the panel, and what keeps its state true. No widget is needed for any of it. */
import { toProblem, type Problem } from '../../../shared/problem';
import type { Language } from '../../../shared/words';
import type { Link } from '../../link';
import type { PremiereHost, TakeLabel, TimelineView } from '../../premiere/host';
import type { Animator, AnimatorView } from '../animator';
import type { TakeWish } from '../job-from-shot';
import type { BoardFiles, Companion, Gallery, HashBytes, PanelClock } from '../ports';
import type { Filter } from '../state/filter';
import { withEntry, withoutEntry, type Notice, type PanelState } from '../state/state';
import type { Store } from '../state/store';
import { Stopper } from '../stopper';
import type { Storyboards } from '../storyboards';
import { BusyWatch } from './busy';
import type { Estimates } from './estimates';
import { JobFeed } from './feed';
import { Follower } from './follower';
import { Pictures } from './pictures';
import { ofSequence, ownWish, SheetActions } from './sheet-actions';
import { TakeActions } from './take-actions';
import { VerdictKeeper } from './verdicts';
import { TimelineWatch } from './watch';

export interface DeskParts {
  readonly store: Store<PanelState>;
  readonly host: PremiereHost;
  readonly link: Link;
  readonly companion: Companion;
  readonly animator: Animator;
  readonly gallery: Gallery;
  readonly files: BoardFiles;
  readonly hash: HashBytes;
  /** Storyboards of the companion, to be made into sequences. */
  readonly storyboards: Storyboards;
  /** What could be animated next, reckoned by the companion. */
  readonly estimates: Estimates;
  readonly clock: PanelClock;
  /** Asks the system to start the companion. Throws where it may not. */
  readonly startCompanion: () => Promise<void>;
  /** The language set in the companion; null where it is to be that of Premiere. */
  readonly languageSet: () => Promise<Language | null>;
  /** What every take is to be like, the quality aside. */
  readonly wish: Omit<TakeWish, 'quality' | 'previewFirst'>;
}

/** How long the companion may take to start, milliseconds, and how often it is dialled meanwhile. */
const START_MS = 30_000;
const KNOCK_MS = 1_000;
/** How long a passing notice stays, milliseconds. */
const PASSING_MS = 8_000;
/** Notices kept; the oldest go first. */
const NOTICES = 20;

export class Desk {
  private readonly feed: JobFeed;
  private readonly watch: TimelineWatch;
  private readonly verdicts = new VerdictKeeper();
  private readonly takes: TakeActions;
  private readonly follower: Follower;
  private readonly busy: BusyWatch;
  readonly pictures: Pictures;
  readonly storyboards: Storyboards;
  readonly estimates: Estimates;
  /** What is set for shots, and for all takes of the sequence. */
  readonly sheet: SheetActions;
  private stopper: Stopper | null = null;
  private ends: (() => void)[] = [];
  private cutText = '';

  constructor(private readonly parts: DeskParts) {
    const { store, host, companion, clock } = parts;
    this.storyboards = parts.storyboards;
    this.estimates = parts.estimates;
    this.feed = new JobFeed({ companion, clock, store, read: () => this.settle() });
    this.watch = new TimelineWatch({
      ...{ host, clock, store },
      seen: (view) => this.seen(view),
      still: (view) => void this.still(view),
    });
    this.takes = new TakeActions({
      ...{ host, companion, store },
      verdicts: this.verdicts,
      look: () => this.watch.look(),
    });
    this.sheet = new SheetActions({ host, store, look: () => this.watch.look(), guard: (work) => this.guard(work) });
    this.pictures = new Pictures(parts);
    this.busy = new BusyWatch({ host, companion, clock, connected: () => store.get().link.kind === 'connected' });
    this.follower = new Follower({
      host,
      jobs: () => store.get().jobs,
      tell: (notice) => this.notice(notice),
      animate: (shotId) => this.animate([shotId], { previewFirst: true }),
      failed: (error) => this.trouble(toProblem(error)),
    });
  }

  /** The view that the animator tells what happens. */
  static viewFor(store: Store<PanelState>, desk: () => Desk | null): AnimatorView {
    return {
      submitting: (sending) => store.update((state) => ({ ...state, sending })),
      event: () => desk()?.feed.poke(),
      progress: (progress) => desk()?.feed.progress(progress),
      home({ jobId, problem }) {
        store.update((state) => ({
          ...state,
          waiting: problem ? withEntry(state.waiting, jobId, problem) : withoutEntry(state.waiting, jobId),
        }));
        desk()?.feed.poke();
        void desk()?.watch.look();
      },
      trouble: (problem) => desk()?.trouble(problem),
    };
  }

  start(): void {
    const { link, store } = this.parts;
    this.ends.push(
      link.onState((state) => {
        store.update((before) => ({ ...before, link: state, starting: before.starting && state.kind !== 'connected' }));
        if (state.kind === 'connected') {
          this.pictures.again();
          this.busy.connected();
          this.speakAsSet();
          void this.feed.refresh();
        }
      }),
    );
    this.watch.start();
    this.estimates.start();
    this.busy.start();
    link.connect();
    this.parts.animator.start();
  }

  stop(): void {
    this.watch.stop();
    this.estimates.stop();
    this.busy.stop();
    this.feed.stop();
    this.pictures.stop();
    this.parts.animator.stop();
    for (const end of this.ends.splice(0)) end();
  }

  // The connection

  /** Asks the system for the companion and dials until it answers or half a minute has passed. */
  readonly startCompanion = (): void =>
    this.guard(async () => {
      const { store, clock, link } = this.parts;
      store.update((state) => ({ ...state, starting: true }));
      await this.parts.startCompanion();
      const end = clock.now() + START_MS;
      const knock = (): void => {
        if (!store.get().starting) return;
        if (clock.now() > end) store.update((state) => ({ ...state, starting: false }));
        else {
          link.connect();
          clock.after(KNOCK_MS, knock);
        }
      };
      knock();
    });

  readonly connect = (): void => this.parts.link.connect();

  readonly pair = (code: string): void => this.guard(() => this.parts.link.pair(code));

  // The list

  readonly choose = (shotIds: readonly string[]): void => {
    const { store, host } = this.parts;
    const view = store.get().timeline;
    store.update((state) => ({ ...state, chosen: shotIds }));
    if (view) this.guard(() => host.selectShots(view.reading, shotIds));
  };

  readonly unfold = (shotId: string | null): void => this.parts.store.update((state) => ({ ...state, open: shotId }));

  readonly filter = (filter: Partial<Filter>): void =>
    this.parts.store.update((state) => ({ ...state, filter: { ...state.filter, ...filter } }));

  readonly dismiss = (id: string): void =>
    this.parts.store.update((state) => ({ ...state, notices: state.notices.filter((each) => each.id !== id) }));

  readonly dismissTrouble = (): void => this.parts.store.update((state) => ({ ...state, trouble: null }));

  /** Moves the playhead. */
  readonly jump = (frame: number): void => this.guard(() => this.takes.jump(frame));

  // Animate

  /** One take each, by default with a preview that stands in until it is there. */
  readonly animateShots = (shotIds: readonly string[]): void =>
    this.guard(() => this.animate(shotIds, { previewFirst: true }));

  /** Every shot whose last take is missing or no longer what the shot is; all where that is none. No previews. */
  readonly animateNight = (shotIds: readonly string[]): void =>
    this.guard(() => this.animate(shotIds, { previewFirst: false }));

  /** Nothing more is submitted, and what waits or renders is stopped. */
  readonly stopAll = (jobIds: readonly string[]): void =>
    this.guard(async () => {
      this.stopper?.stop();
      const { jobs } = this.parts.store.get();
      // A take's preview stops with it.
      const previews = jobIds.flatMap((id) => jobs.get(id)?.spec.replaces ?? []);
      const running = previews.filter((id) => ['queued', 'rendering'].includes(jobs.get(id)?.state ?? ''));
      const all = [...new Set([...jobIds, ...running])];
      if (all.length > 0) await this.parts.companion.cancel(all);
      this.notice({ id: `stopped-${this.parts.clock.now()}`, kind: 'stopped', values: { n: jobIds.length } });
    });

  readonly retry = (jobIds: readonly string[]): void => this.guard(() => this.parts.companion.retry(jobIds));

  readonly placeAgain = (): void => this.guard(() => this.parts.animator.placeAgain());

  // Takes

  readonly use = (jobId: string): void => this.guardEdit(() => this.takes.use(jobId));
  readonly compare = (jobId: string): void => this.guardEdit(() => this.takes.compare(jobId));
  readonly remove = (jobId: string): void => this.guardEdit(() => this.takes.remove(jobId));
  readonly deleteTake = (jobId: string): void => this.guardEdit(() => this.takes.delete(jobId));
  readonly judge = (jobId: string, label: TakeLabel, reason?: string): void =>
    this.guardEdit(() => this.takes.judge(jobId, label, reason));

  /** A clip's bytes, where the companion has some that a panel can play. */
  clip(jobId: string): Promise<Uint8Array | null> {
    return this.parts.gallery.clip(jobId).catch(() => null);
  }

  // How it stays true

  private async animate(shotIds: readonly string[], how: { readonly previewFirst: boolean }): Promise<void> {
    const { store, animator, wish } = this.parts;
    await this.watch.look();
    const view = store.get().timeline;
    if (!view) return;
    const shots = view.reading.shots.filter(({ draft }) => shotIds.includes(draft.id));
    const stopper = new Stopper();
    this.stopper = stopper;
    try {
      const submitted = await animator.animate(
        view.reading,
        shots,
        { ...wish, ...ofSequence(view.sheet), quality: 'full', ...how },
        stopper,
        (shot) => ownWish(view, shot),
      );
      const refused = submitted.filter((each) => each.problem);
      if (refused[0]?.problem) this.trouble(refused[0].problem);
      const n = submitted.length - refused.length;
      if (n > 1) this.notice({ id: `submitted-${this.parts.clock.now()}`, kind: 'submitted', values: { n } });
    } finally {
      store.update((state) => ({ ...state, sending: null }));
      await this.feed.refresh();
    }
  }

  private seen(view: TimelineView): void {
    this.follower.seen(view);
    this.pictures.boardsOf(view);
    void this.feed.refresh();
    this.settle();
  }

  private async still(view: TimelineView): Promise<void> {
    this.pictures.boardsOf(view);
    if (await this.follower.still(view)) await this.watch.look();
  }

  /** Verdicts on both sides, and what is in the cut: after every change of either side. */
  private settle(): void {
    const { store, host, companion } = this.parts;
    const { timeline, jobs } = store.get();
    if (!timeline || store.get().link.kind !== 'connected') return;
    for (const step of this.verdicts.steps(timeline, jobs)) {
      this.guard(async () => {
        if (step.kind === 'colour') await host.labelTake(timeline.reading, step.jobId, step.label);
        else {
          await companion.verdict(step.jobId, step.verdict);
          const spec = jobs.get(step.jobId)?.spec;
          if (step.verdict === 'none')
            this.notice({
              id: `undone-${step.jobId}-${this.parts.clock.now()}`,
              kind: 'verdict-undone',
              values: { shot: spec?.shot.name ?? '', take: spec?.take ?? 0 },
            });
        }
        await this.feed.refresh();
      });
    }
    const cut = timeline.takes
      .filter((take) => take.enabled && jobs.has(take.jobId))
      .map(({ jobId, frames }) => ({ jobId, frames }));
    const text = JSON.stringify([timeline.reading.sequenceId, cut]);
    if (text === this.cutText) return;
    this.cutText = text;
    companion.cut(timeline.reading.sequenceId, cut).catch(() => {
      this.cutText = '';
    });
  }

  /** The language that is set in the companion wins over Premiere's. */
  private speakAsSet(): void {
    const { store, languageSet } = this.parts;
    // A companion that does not say leaves it as it is.
    languageSet().then(
      (set) => store.update((state) => ({ ...state, language: set ?? state.hostLanguage })),
      () => undefined,
    );
  }

  private notice(notice: Notice): void {
    // What a press of a button did is soon old; what the panel did by itself stays until it was read.
    if (notice.kind === 'submitted' || notice.kind === 'stopped')
      this.parts.clock.after(PASSING_MS, () => this.dismiss(notice.id));
    this.parts.store.update((state) => ({ ...state, notices: [...state.notices, notice].slice(-NOTICES) }));
  }

  private trouble(trouble: Problem): void {
    this.parts.store.update((state) => ({ ...state, trouble }));
  }

  /** Every handler ends here: an exception let through could take Premiere down. */
  private guard(work: () => unknown): void {
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.trouble(toProblem(error)));
  }

  private guardEdit(work: () => Promise<void>): void {
    this.guard(async () => {
      try {
        await work();
      } finally {
        await this.watch.look();
      }
    });
  }
}
