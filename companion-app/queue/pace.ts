/**
 * Which share of an engine's time has gone when it says that it is so far. Progress counts frames; what comes before the first and after the
 * last (models, checks, the file) takes its time too, and how much differs from engine to engine. Learned from the runs of this process.
 */
import type { JobSpec } from '../../shared/protocol';

/** Parts of the way that are looked at. */
const MARKS = 20;
/** Marks that a run has to have passed to be learned from. */
const TOLD = 18;
/** What the newest run counts. */
const NEWEST = 0.5;

type EngineName = JobSpec['engine'];

/** For each mark the share of the time that had gone when it was passed; the first is the start. */
type Curve = readonly number[];

const STEADY: Curve = Array.from({ length: MARKS + 1 }, (_, n) => n / MARKS);

export class Pace {
  readonly #curves = new Map<EngineName, Curve>();
  /** Seconds into the running attempt at which each mark was passed. */
  #passed: number[] = [0];

  /** An attempt begins. */
  began(): void {
    this.#passed = [0];
  }

  /** The running attempt has come so far, from 0 to 1, after so many seconds. */
  reached(part: number, seconds: number): void {
    while (this.#passed.length <= Math.floor(part * MARKS + 1e-9)) this.#passed.push(seconds);
  }

  /** The running attempt took so many seconds; one that told too little of itself teaches nothing. Of its very end nobody is told. */
  ended(engine: EngineName, seconds: number): void {
    if (this.#passed.length < TOLD || seconds <= 0) return;
    while (this.#passed.length <= MARKS) this.#passed.push(seconds);
    const before = this.#curves.get(engine);
    this.#curves.set(
      engine,
      this.#passed.map((at, n) => {
        const share = Math.min(1, at / seconds);
        return before ? share * NEWEST + (before[n] ?? share) * (1 - NEWEST) : share;
      }),
    );
  }

  /** Share of the time, from 0 to 1, that has usually gone when this engine has come so far. */
  share(engine: EngineName, part: number): number {
    const curve = this.#curves.get(engine) ?? STEADY;
    const place = Math.min(1, Math.max(0, part)) * MARKS;
    const mark = Math.min(MARKS - 1, Math.floor(place));
    const [from, to] = [curve[mark] ?? 0, curve[mark + 1] ?? 1];
    return from + (to - from) * (place - mark);
  }
}
