/** What is being done with packs: one thing a pack at a time, each with how far it is, or how it ended. */
import type { Problem } from '../../../../shared/problem';
import { InbetweenError, toProblem } from '../../../../shared/problem';
import type { PackWork } from '../../../../shared/protocol';
import { Pace } from '../../../inference/catalogue';

export interface Doing {
  readonly signal: AbortSignal;
  /** Bytes done and in all. */
  readonly progress: (bytes: number, of: number) => void;
  readonly remark: (sentence: string) => void;
}

interface Work {
  readonly kind: PackWork['kind'];
  readonly stop: AbortController;
  readonly pace: Pace;
  state: PackWork['state'];
  bytes: number;
  of: number;
  remark: string | null;
  problem: Problem | null;
  ended: Promise<void>;
}

export class Works {
  readonly #works = new Map<string, Work>();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(private readonly now: () => number) {}

  /** Begins; how it ends is kept until something else is begun or it is dismissed. Throws "busy" while something goes on. */
  begin(name: string, kind: PackWork['kind'], act: (doing: Doing) => Promise<string | null>): void {
    if (this.#works.get(name)?.state === 'working') throw busy(name);
    const work: Work = {
      ...{ kind, stop: new AbortController(), pace: new Pace() },
      ...{ state: 'working', bytes: 0, of: 0, remark: null, problem: null, ended: Promise.resolve() },
    };
    const doing: Doing = {
      signal: work.stop.signal,
      progress: (bytes, of) => {
        Object.assign(work, { bytes, of });
        work.pace.mark(this.now(), bytes);
      },
      remark: (sentence) => (work.remark = sentence),
    };
    work.ended = act(doing).then(
      (remark) => void Object.assign(work, { state: 'done', remark }),
      (error: unknown) => {
        const state = work.stop.signal.aborted ? 'stopped' : 'failed';
        Object.assign(work, { state, remark: null, problem: state === 'failed' ? toProblem(error) : null });
      },
    );
    this.#works.set(name, work);
  }

  /** Stops what goes on and waits for its end; forgets what has ended. */
  async stop(name: string): Promise<void> {
    const work = this.#works.get(name);
    if (work?.state !== 'working') {
      this.#works.delete(name);
      return;
    }
    work.stop.abort(stopped());
    await work.ended;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#works].filter(([, { state }]) => state === 'working').map(([name]) => this.stop(name)));
  }

  list(): PackWork[] {
    return [...this.#works].map(([name, { kind, state, bytes, of, pace, remark, problem }]) => ({
      ...{ name, kind, state, bytes, of, remark, problem },
      bytesPerSecond: state === 'working' ? (pace.rate ?? null) : null,
      secondsLeft: state === 'working' ? (pace.left(of - bytes) ?? null) : null,
    }));
  }
}

const busy = (name: string): InbetweenError =>
  new InbetweenError({
    code: 'busy',
    message: `Something is being done with ${name} already.`,
    safe: 'It goes on.',
    action: 'Wait for it to end, or stop it.',
  });

const stopped = (): InbetweenError =>
  new InbetweenError({
    code: 'cancelled',
    message: 'Stopped.',
    safe: 'What was pulled so far is kept; no pack is half there.',
    action: 'Begin again to go on.',
  });
