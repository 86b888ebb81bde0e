/** Everything the artist can do in the panel, and what keeps its state true. No widget is needed for any of it. */
import { toProblem, type Problem } from '../../../shared/problem';
import type { BurnIns, CameraMove } from '../../../shared/shot';
import type { JobSpec } from '../../../shared/protocol';
import type { Link } from '../../link';
import type { PremiereHost, ShotReading, ShotSetting, TakeLabel, TimelineView } from '../../premiere/host';
import type { Animator, AnimatorView } from '../animator';
import type { OwnWish, TakeWish } from '../job-from-shot';
import type { BoardFiles, Companion, Gallery, HashBytes, PanelClock } from '../ports';
import type { Filter } from '../state/filter';
import { fitted } from '../state/changes';
import { withEntry, withoutEntry, type Notice, type PanelState } from '../state/state';
import type { Store } from '../state/store';
import { Stopper } from '../stopper';
import type { Storyboards } from '../storyboards';
import { JobFeed } from './feed';
import { Follower } from './follower';
import { Pictures } from './pictures';
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
  readonly clock: PanelClock;
  /** Asks the system to start the companion. Throws where it may not. */
  readonly startCompanion: () => Promise<void>;
  /** What every take is to be like, the quality aside. */
  readonly wish: Omit<TakeWish, 'quality' | 'previewFirst'>;
}

/** How long the companion may take to start, milliseconds, and how often it is dialled meanwhile. */
const START_MS = 30_000;
const KNOCK_MS = 1_000;
/** Notices kept; the oldest go first. */
const NOTICES = 20;

export class Desk {
  private readonly feed: JobFeed;
  private readonly watch: TimelineWatch;
  private readonly verdicts = new VerdictKeeper();
  private readonly takes: TakeActions;
  private readonly follower: Follower;
  readonly pictures: Pictures;
  readonly storyboards: Storyboards;
  private stopper: Stopper | null = null;
  private ends: (() => void)[] = [];
  private cutText = '';

  constructor(private readonly parts: DeskParts) {
    const { store, host, companion, clock } = parts;
    this.storyboards = parts.storyboards;
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
    this.pictures = new Pictures(parts);
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
          void this.feed.refresh();
        }
      }),
    );
    this.watch.start();
    link.connect();
    this.parts.animator.start();
  }

  stop(): void {
    this.watch.stop();
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

  // What is set for shots

  readonly setMoves = (shotId: string, name: string, moves: readonly CameraMove[] | null): void =>
    this.setShot(shotId, moves ? `Change the move of ${name}` : `Read the move of ${name} from its note`, (setting) => {
      const { moves: _moves, ...rest } = setting;
      return moves ? { ...rest, moves } : rest;
    });

  readonly setEngine = (shotId: string, name: string, engine: JobSpec['engine']): void =>
    this.setShot(shotId, `Choose the engine of ${name}`, (setting) => ({ ...setting, engine }));

  readonly setBurnIns = (burnIns: BurnIns): void =>
    this.guard(async () => {
      const view = this.parts.store.get().timeline;
      if (!view) return;
      await this.parts.host.changeSheet(view.reading, 'Change what is burnt in', (sheet) => ({ ...sheet, burnIns }));
      await this.watch.look();
    });

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
      if (jobIds.length > 0) await this.parts.companion.cancel(jobIds);
      this.notice({ id: `stopped-${this.parts.clock.now()}`, kind: 'stopped', values: { n: jobIds.length } });
    });

  readonly retry = (jobIds: readonly string[]): void => this.guard(() => this.parts.companion.retry(jobIds));

  readonly placeAgain = (): void => this.guard(() => this.parts.animator.placeAgain());

  // Takes

  readonly use = (jobId: string): void => this.guardEdit(() => this.takes.use(jobId));
  readonly compare = (jobId: string): void => this.guardEdit(() => this.takes.compare(jobId));
  readonly remove = (jobId: string): void => this.guardEdit(() => this.takes.remove(jobId));
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
    const { burnIns } = view.sheet;
    const stopper = new Stopper();
    this.stopper = stopper;
    try {
      const submitted = await animator.animate(
        view.reading,
        shots,
        { ...wish, ...(burnIns ? { burnIns } : {}), quality: 'full', ...how },
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

  private setShot(shotId: string, undoName: string, change: (setting: ShotSetting) => ShotSetting): void {
    this.guard(async () => {
      const view = this.parts.store.get().timeline;
      if (!view) return;
      await this.parts.host.changeSheet(view.reading, undoName, (sheet) => ({
        ...sheet,
        shots: { ...sheet.shots, [shotId]: change(sheet.shots[shotId] ?? {}) },
      }));
      await this.watch.look();
    });
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

  private notice(notice: Notice): void {
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

function ownWish({ sheet }: TimelineView, { draft }: ShotReading): OwnWish {
  const { moves, engine } = sheet.shots[draft.id] ?? {};
  return { ...(moves ? { moves: fitted(moves, draft.frames) } : {}), ...(engine ? { engine } : {}) };
}
