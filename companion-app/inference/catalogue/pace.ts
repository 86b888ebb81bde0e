/** How long a pull will still take, from what was measured lately and nothing else. */

/** Measurements older than this say little of the network now, milliseconds. */
const WINDOW_MS = 30_000;
/** No promise before so much was watched, milliseconds. */
const LEAST_MS = 3_000;
/** Between two measurements that are kept, milliseconds. */
const EVERY_MS = 500;
/** The window is cut into this many pieces to see how steady the network is. */
const PIECES = 4;

export interface SecondsLeft {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export class Pace {
  #marks: { readonly at: number; readonly bytes: number }[] = [];

  /** `bytes` done at `at`, milliseconds of a clock that never goes back. Fewer bytes than before begin the measuring again. */
  mark(at: number, bytes: number): void {
    const last = this.#marks.at(-1);
    if (last && bytes < last.bytes) this.#marks = [];
    else if (last && at - last.at < EVERY_MS) return;
    this.#marks.push({ at, bytes });
    this.#marks = this.#marks.filter((mark) => at - mark.at <= WINDOW_MS);
  }

  /** Bytes a second over the window; undefined while too little was watched. */
  get rate(): number | undefined {
    return rateOf(this.#marks, LEAST_MS);
  }

  /** undefined while too little was watched, or nothing comes. */
  left(bytes: number): SecondsLeft | undefined {
    const rate = this.rate;
    if (rate === undefined || rate <= 0) return undefined;
    const each = Math.ceil(this.#marks.length / PIECES);
    const rates = Array.from({ length: PIECES }, (_, i) =>
      rateOf(this.#marks.slice(i * each, (i + 1) * each + 1), 1),
    ).filter((piece): piece is number => piece !== undefined && piece > 0);
    const likely = bytes / rate;
    return { low: Math.min(likely, bytes / Math.max(rate, ...rates)), likely, high: bytes / Math.min(rate, ...rates) };
  }
}

function rateOf(
  marks: readonly { readonly at: number; readonly bytes: number }[],
  leastMs: number,
): number | undefined {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || last.at - first.at < leastMs) return undefined;
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}
