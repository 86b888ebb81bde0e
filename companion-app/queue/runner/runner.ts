/**
 * Renders what is queued, one job after the other, in a process of its own that may crash, hang, lie or be killed without harm.
 * Asynchronous throughout: it shares the daemon's event loop and never holds it.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from '../../../shared/protocol';
import { InbetweenError, problem, type Problem } from '../../../shared/problem';
import type { RenderOrder } from '../../render/messages';
import { boardGone } from '../board-gone';
import type { Dispatch, Lease } from '../dispatch';
import { diskProblem } from '../disk-problem';
import type { BoardShelf, Clock, Log } from '../ports';
import { boardsOf } from '../record';
import { backOffMs } from './backoff';
import { Bell } from './bell';
import { clipName, makeAttemptFolder, type ResultFolders } from './folders';
import { discard, land } from './landing';
import { DEVICE_GONE, lostProblem, saysDeviceLost } from './last-words';
import type { Ending, Ready, RenderProcess } from './render-process';
import { Supervisor, type SupervisorSettings } from './supervisor';

export interface RunnerSettings extends SupervisorSettings {
  readonly folders: ResultFolders;
  readonly packsDir?: string;
  readonly provider: RenderOrder['provider'];
  /** Of which engines' takes PREVIS is burnt in, by job; of the diffusion engine's where absent. */
  readonly previs?: (spec: RenderOrder['spec']) => RenderOrder['previs'];
  /** A process that does not give up a cancelled order by then is killed. */
  readonly cancelMs: number;
  /** Time to leave by itself when the companion closes. */
  readonly leaveMs: number;
  /** The queue is asked again after this long without news: a night window has opened, a full disk has room again. */
  readonly idleMs: number;
  /** Starts in a row that come to nothing before jobs are failed for it instead of waiting for ever. */
  readonly hopelessStarts: number;
}

export const RUNNER_DEFAULTS = {
  startMs: 60_000,
  silenceMs: 300_000,
  cancelMs: 1_500,
  leaveMs: 3_000,
  idleMs: 30_000,
  hopelessStarts: 5,
  backOff: { firstMs: 500, mostMs: 30_000 },
  provider: 'auto',
} as const satisfies Partial<RunnerSettings>;

export interface RunnerParts {
  readonly queue: Dispatch;
  readonly shelf: BoardShelf;
  readonly clock: Clock;
  readonly log: Log;
}

/** So often the graphics card may go before the processor does the work. */
const DEVICES_LOST = 2;

/** What a take may carry; the first ones matter most. */
const MOST_WARNINGS = 32;

export class Runner {
  readonly #parts: RunnerParts;
  readonly #settings: RunnerSettings;
  readonly #supervisor: Supervisor;
  readonly #bell = new Bell();
  #stopping = false;
  #frame: { readonly jobId: string; readonly number: number; readonly jpeg: Uint8Array } | null = null;
  #running: Promise<void> | null = null;
  #ready: Ready | null = null;
  /** Times the graphics card went, until the companion is started again. */
  #devicesLost = 0;
  #unsubscribe: () => void = () => undefined;
  /** The attempt that is with the process now, and what to do when it is to be given up. */
  #current: { readonly lease: Lease; readonly giveUp: () => void } | null = null;

  constructor(parts: RunnerParts, settings: RunnerSettings) {
    this.#parts = parts;
    this.#settings = settings;
    this.#supervisor = new Supervisor(settings, parts.clock, parts.log, () => this.#bell.ring());
  }

  /** What the render process said it can do; null until it did. */
  get capabilities(): { readonly engines: readonly string[]; readonly providers: readonly string[] } | null {
    return this.#ready;
  }

  /** The newest small JPEG of the shot that is being made, or of the last one; null before the first. `number` counts up. */
  get frame(): { readonly jobId: string; readonly number: number; readonly jpeg: Uint8Array } | null {
    return this.#frame;
  }

  start(): void {
    this.#unsubscribe = this.#parts.queue.subscribe({
      work: () => this.#bell.ring(),
      event: (event) => {
        if (event.state === 'cancelled' && this.#current?.lease.spec.id === event.jobId) this.#current.giveUp();
      },
    });
    this.#running ??= this.#run();
  }

  /** Gives the running job back to the queue and ends the process. Resolves when both are done. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    this.#current?.giveUp();
    await this.#running;
    await this.#supervisor.end(this.#settings.leaveMs);
    this.#unsubscribe();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#turn();
      } catch (error) {
        // The store could not be written: wait, nothing is lost meanwhile.
        this.#parts.log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'the runner had to pause',
        );
        await this.#bell.wait(this.#settings.idleMs);
      }
    }
  }

  /** One round: a process, a job, an attempt. */
  async #turn(): Promise<void> {
    const pause = this.#supervisor.pauseMs;
    if (pause > 0) {
      await this.#pauseFor(pause);
      return;
    }
    const up = await this.#supervisor.up();
    if (!up) {
      if (this.#supervisor.failedStarts >= this.#settings.hopelessStarts) this.#failNext();
      return;
    }
    this.#ready = up.ready;
    if (this.#stopping) return;
    const lease = this.#parts.queue.lease();
    if (lease) {
      await this.#attempt(up.process, lease);
    } else {
      // Premiere wants the card and the memory for itself.
      if (this.#parts.queue.holds().some((hold) => hold.kind === 'premiere')) up.process.release();
      await this.#bell.wait(this.#settings.idleMs);
      if (up.process.isGone) this.#supervisor.failed();
    }
  }

  /** Waits out a back-off; a new job does not shorten it, closing does. */
  async #pauseFor(ms: number): Promise<void> {
    const until = this.#parts.clock.monotonic() + ms;
    while (!this.#stopping && this.#parts.clock.monotonic() < until) {
      await this.#bell.wait(until - this.#parts.clock.monotonic());
    }
  }

  #failNext(): void {
    const lease = this.#parts.queue.lease();
    if (!lease) return;
    this.#parts.queue.fail(
      lease,
      problem({
        code: 'render-crashed',
        message: 'The render process does not start on this machine.',
        safe: 'The queue is kept; boards and timeline are untouched.',
        action: 'Run "inbetween doctor" to see what is missing, then retry.',
        retry: true,
      }),
    );
  }

  async #attempt(process: RenderProcess, lease: Lease): Promise<void> {
    const { queue, clock } = this.#parts;
    const began = clock.monotonic();
    let folder = '';
    try {
      folder = await makeAttemptFolder(this.#settings.folders.attempts, lease.spec.id, lease.attempt);
      const order = await this.#order(lease, folder);
      const ending = await this.#render(process, lease, order);
      await this.#settle(process, lease, ending, folder, began);
    } catch (error) {
      const why = diskProblem(error, this.#settings.folders.attempts, 'render-failed');
      await this.#store(() => {
        if (queue.stillHolds(lease)) queue.fail(lease, why);
      });
    } finally {
      if (folder !== '') await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  async #order({ spec, attempt, run }: Lease, attemptDir: string): Promise<RenderOrder> {
    const boards: RenderOrder['boards'] = [];
    for (const sha256 of boardsOf(spec)) {
      const file = await this.#parts.shelf.pathOf(sha256);
      if (file === null) throw this.#boardGone(sha256, spec.shot.name);
      boards.push({ sha256, path: file });
    }
    const { packsDir } = this.#settings;
    const provider = this.#devicesLost < DEVICES_LOST ? this.#settings.provider : 'cpu';
    return {
      spec: run,
      attempt,
      boards,
      attemptDir,
      fileName: clipName(spec),
      provider,
      previs: this.#settings.previs?.(spec) ?? 'diffusion',
      ...(packsDir !== undefined && { packsDir }),
    };
  }

  #boardGone(board: string, shot: string): InbetweenError {
    this.#parts.queue.boardGone(board);
    return new InbetweenError(boardGone(shot));
  }

  /** Has the order carried out. A cancel from outside or closing gives it up: first by asking, then by force. */
  async #render(process: RenderProcess, lease: Lease, order: RenderOrder): Promise<Ending> {
    let force: NodeJS.Timeout | undefined;
    const giveUp = (): void => {
      process.cancel(lease.spec.id);
      force ??= setTimeout(() => process.kill(), this.#settings.cancelMs);
    };
    this.#current = { lease, giveUp };
    if (this.#stopping || !this.#parts.queue.stillHolds(lease)) giveUp();
    try {
      return await process.render(
        order,
        ({ done, of, stage, step }) => {
          if (this.#parts.queue.stillHolds(lease))
            this.#parts.queue.progress(lease, { done, of, stage, ...(step && { step }) });
        },
        (jpeg) => (this.#frame = { jobId: lease.spec.id, number: (this.#frame?.number ?? 0) + 1, jpeg }),
      );
    } finally {
      clearTimeout(force);
      this.#current = null;
    }
  }

  async #settle(process: RenderProcess, lease: Lease, ending: Ending, folder: string, began: number): Promise<void> {
    const { queue } = this.#parts;
    const errors = this.#supervisor.current?.errors ?? '';
    const wanted = queue.stillHolds(lease);
    if (ending.type === 'rendered' && wanted) {
      this.#supervisor.worked();
      const { take } = ending;
      const warnings = [...lease.remarks, ...take.warnings].slice(0, MOST_WARNINGS);
      await this.#keep(lease, { ...take, warnings }, folder, began);
    } else if (wanted && this.#stopping) {
      await this.#store(() => queue.release(lease));
    } else if (wanted && ending.type === 'failed' && saysDeviceLost(ending.problem)) {
      await this.#deviceLost(process, lease);
    } else if (wanted && ending.type === 'failed') {
      this.#supervisor.worked();
      await this.#store(() => queue.fail(lease, ending.problem));
    } else if (wanted && ending.type === 'gone') {
      this.#supervisor.failed();
      this.#parts.log.warn(
        { jobId: lease.spec.id, attempt: lease.attempt, going: ending.going },
        'a render process was lost',
      );
      await this.#store(() => queue.lose(lease, lostProblem(ending.going, errors)));
    }
  }

  /** The card is gone from under the process: another process may find it again. The second time in a row the processor has to do. */
  async #deviceLost(process: RenderProcess, lease: Lease): Promise<void> {
    this.#devicesLost += 1;
    this.#supervisor.failed();
    this.#parts.log.warn({ jobId: lease.spec.id, devicesLost: this.#devicesLost }, 'the graphics card was lost');
    process.kill();
    await process.gone;
    await this.#store(() => this.#parts.queue.lose(lease, DEVICE_GONE));
  }

  /** Lands the clip, then stores the fact. Should the job have been cancelled in between, the clip goes again. */
  async #keep(lease: Lease, made: Take, attemptDir: string, began: number): Promise<void> {
    const { queue, clock } = this.#parts;
    const landed = await this.#land(lease, made, attemptDir);
    if ('problem' in landed) {
      await this.#store(() => queue.fail(lease, landed.problem));
      return;
    }
    const { take } = landed;
    const kept = await this.#store(() => {
      if (!queue.stillHolds(lease)) return false;
      queue.finish(lease, take, (clock.monotonic() - began) / 1000);
      return true;
    });
    if (kept === false) await discard(take);
  }

  /**
   * Stores a fact, however long the store refuses it (a full disk): the work is done and must not be forgotten. When the companion closes
   * meanwhile the job stays `rendering`, and the next start finds its clip.
   */
  async #store<T>(act: () => T): Promise<T | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return act();
      } catch (error) {
        this.#parts.log.error(
          { tries, ...(error instanceof Error && { error: error.message }) },
          'the store refused a fact',
        );
        if (this.#stopping) return undefined;
        await this.#bell.wait(backOffMs(tries, this.#settings.backOff));
      }
    }
  }

  async #land(lease: Lease, take: Take, attemptDir: string): Promise<{ take: Take } | { problem: Problem }> {
    const takesDir = this.#settings.folders.takes;
    const { spec, attempt, tries } = lease;
    try {
      return { take: await land({ spec, attempt, tries, take, attemptDir, takesDir }) };
    } catch (error) {
      return { problem: diskProblem(error, path.dirname(takesDir), 'render-failed') };
    }
  }
}
