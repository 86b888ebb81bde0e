/** The night: settings, the machine's state and the queue brought together. */
import type { Problem } from '../../../shared/problem';
import type { Hold } from '../../../shared/protocol';
import {
  wallClock,
  type Clock,
  type Conditions,
  type JobQueue,
  type Log,
  type QueuePlan,
  type WorkGroup,
} from '../../queue';
import type { SettingsKeeper } from '../settings';
import { Diary, type Keep } from './diary';
import { nightHolds } from './holds';
import type { Machine } from './machine';
import { roomProblem } from './needs';
import type { KeepAwake } from './stay-awake';
import { Watch } from './watch';

export interface NightParts {
  readonly settings: SettingsKeeper;
  readonly machine: Machine;
  readonly keepAwake: KeepAwake;
  /** Folder whose disk takes the results. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs?: number;
  /** Keeps the diary over restarts; without it the diary lasts as long as the night. */
  readonly keep?: Keep;
}

const EVERY_MS = 15_000;

const CRASHED = {
  message: 'The companion ended unexpectedly and was started again.',
  action: '',
};
const FREE = { message: 'Shots may be begun again.', action: '' };

export class Night {
  readonly #parts: NightParts;
  readonly #watch: Watch;
  readonly conditions: Conditions;
  /** What happened. */
  readonly diary: Diary;
  #queue: JobQueue | null = null;
  #leave: (() => void)[] = [];
  #held: readonly string[] = [];
  /** True after something was noted that keeps waiting shots, until they may be begun. */
  #notedHeld = false;
  #warned = false;
  #looking: Promise<void> | null = null;
  /** A job changed in this turn of the event loop, and what followed from it was seen to; others changed since. */
  #seen = false;
  #more = false;

  constructor(parts: NightParts) {
    this.#parts = parts;
    const { machine, folder, clock, log } = parts;
    this.#watch = new Watch({ machine, folder, clock, log, settings: () => this.#settings });
    const wall = wallClock();
    this.diary = new Diary(parts.keep);
    this.conditions = {
      wall,
      holds: (at, work) => nightHolds(this.#settings, this.#watch.reading, at, wall, work),
    };
  }

  get #settings() {
    return this.#parts.settings.get().night;
  }

  /** How the settings want the queue worked off; to be asked at each step. */
  plan(): QueuePlan {
    const { order, previewsFirst, deadline, retriesOfFailedChecks, pauseWhilePremiereWorks } = this.#settings;
    return { by: order, previewsFirst, deadline, retriesOfFailedChecks, pauseWhilePremiereWorks };
  }

  /** Looks at the machine once before anything is begun, then again and again until `stop`. `crashed`: the last run did not end well. */
  async begin(queue: JobQueue, crashed = false): Promise<void> {
    this.#queue = queue;
    if (crashed) this.diary.note('crash', this.#parts.clock.now(), CRASHED);
    let { order, previewsFirst } = this.#settings;
    this.#leave.push(
      this.#parts.settings.subscribe(({ night }) => {
        if (night.order !== order || night.previewsFirst !== previewsFirst) queue.forgetOrder();
        ({ order, previewsFirst } = night);
        void this.look();
      }),
      queue.subscribe({
        event: (event) => {
          // Only a deadline lets another engine stand in.
          const mayStandIn = event.state === 'rendering' && this.#settings.deadline !== null;
          this.diary.hear(event, mayStandIn ? queue.find(event.jobId) : undefined);
          this.#changed();
        },
      }),
    );
    const timer = setInterval(() => void this.look(), this.#parts.everyMs ?? EVERY_MS);
    timer.unref();
    this.#leave.push(() => clearInterval(timer));
    await this.look();
  }

  /** Looks at the machine, and lets the queue go on where nothing holds it any more. One look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #look(): Promise<void> {
    await this.#watch.look();
    const queue = this.#queue;
    if (!queue) return;
    const holds = queue.holds();
    const held = holds.map((hold) => hold.kind);
    this.#noteHolds(holds, queue.busy().waiting > 0);
    if (held.join() !== this.#held.join()) {
      this.#held = held;
      this.#parts.log.info({ holds: held }, held.length > 0 ? 'no shot is begun for now' : 'shots may be begun');
      queue.conditionsChanged();
    }
    const [warning] = this.warnings();
    if (warning && !this.#warned) {
      this.#parts.log.warn({ notice: warning.code, message: warning.message }, 'before the batch');
      this.diary.note('warning', this.#parts.clock.now(), warning);
    }
    this.#warned = warning !== undefined;
    this.diary.save();
    this.#stayAwake();
  }

  /** Holds are noted where shots wait for them, those of a person's own doing not. */
  #noteHolds(holds: readonly Hold[], waiting: boolean): void {
    const now = this.#parts.clock.now();
    for (const { kind, problem } of holds) {
      if (!waiting || kind === 'paused' || (this.#notedHeld && this.#held.includes(kind))) continue;
      this.diary.note('held', now, problem);
    }
    if (this.#notedHeld && holds.length === 0) this.diary.note('free', now, FREE);
    this.#notedHeld = holds.length > 0 && (this.#notedHeld || (waiting && holds.some(({ kind }) => kind !== 'paused')));
  }

  /** What a person should know of all that waits now. */
  warnings(): Problem[] {
    return this.#queue ? this.notices(this.#queue.waitingWork()) : [];
  }

  /** What a person should know of the batch before leaving for the night. */
  notices(work: readonly WorkGroup[]): Problem[] {
    const room = roomProblem(work, this.#watch.reading.freeDisk);
    return room ? [room] : [];
  }

  /** A job has changed; hundreds may in one turn, and twice is enough for them all. */
  #changed(): void {
    this.#more = this.#seen;
    if (this.#seen) return;
    this.#seen = true;
    this.#stayAwake();
    setImmediate(() => {
      this.#seen = false;
      if (this.#more) this.#stayAwake();
      this.#more = false;
    });
  }

  /** Awake while something renders, and while something waits that will be begun by itself: the window must find the machine awake. */
  #stayAwake(): void {
    const queue = this.#queue;
    if (!queue) return;
    const { rendering, waiting } = queue.busy();
    const forAPerson = queue.paused || this.#watch.reading.onBattery === true;
    this.#parts.keepAwake(this.#settings.stayAwake && (rendering > 0 || (waiting > 0 && !forAPerson)));
  }

  stop(): void {
    for (const leave of this.#leave.splice(0)) leave();
    this.diary.save();
    this.#parts.keepAwake(false);
    this.#queue = null;
  }
}
