/** The night: settings, the machine's state and the queue brought together. */
import type { Problem } from '../../../shared/problem';
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
}

const EVERY_MS = 15_000;

export class Night {
  readonly #parts: NightParts;
  readonly #watch: Watch;
  readonly conditions: Conditions;
  #queue: JobQueue | null = null;
  #leave: (() => void)[] = [];
  #held = '';
  #warned = '';
  #looking: Promise<void> | null = null;
  /** A job changed in this turn of the event loop, and what followed from it was seen to; others changed since. */
  #seen = false;
  #more = false;

  constructor(parts: NightParts) {
    this.#parts = parts;
    const { machine, folder, clock, log } = parts;
    this.#watch = new Watch({ machine, folder, clock, log, settings: () => this.#settings });
    const wall = wallClock();
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

  /** Looks at the machine once before anything is begun, then again and again until `stop`. */
  async begin(queue: JobQueue): Promise<void> {
    this.#queue = queue;
    let { order, previewsFirst } = this.#settings;
    this.#leave.push(
      this.#parts.settings.subscribe(({ night }) => {
        if (night.order !== order || night.previewsFirst !== previewsFirst) queue.forgetOrder();
        ({ order, previewsFirst } = night);
        void this.look();
      }),
      queue.subscribe({ event: () => this.#changed() }),
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
    const held = queue.holds().map((hold) => hold.kind);
    if (held.join() !== this.#held) {
      this.#held = held.join();
      this.#parts.log.info({ holds: held }, held.length > 0 ? 'no shot is begun for now' : 'shots may be begun');
      queue.conditionsChanged();
    }
    for (const { code, message } of this.notices(queue.waitingWork())) {
      if (message !== this.#warned) this.#parts.log.warn({ notice: code, message }, 'before the batch');
      this.#warned = message;
    }
    this.#stayAwake();
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
    this.#parts.keepAwake(false);
    this.#queue = null;
  }
}
