/** A pull as one line of progress. */
import { formatBytes, Pace, type PullProgress } from '../../inference/catalogue';
import { ProgressLine, type LineOut } from '../animate/progress-line';
import { formatTimeLeft } from '../animate/words';

/** Between two lines on a terminal, milliseconds. */
const EVERY_MS = 200;

export class PullLine {
  readonly #line: ProgressLine;
  readonly #pace = new Pace();
  #shownAt = Number.NEGATIVE_INFINITY;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(
    private readonly name: string,
    out: LineOut,
    private readonly now: () => number,
  ) {
    this.#line = new ProgressLine(out, now);
  }

  show({ bytes, of, files, ofFiles }: PullProgress): void {
    const at = this.now();
    this.#pace.mark(at, bytes);
    if (at - this.#shownAt < EVERY_MS) return;
    this.#shownAt = at;
    const { rate } = this.#pace;
    const speed = rate === undefined ? '' : ` · ${formatBytes(rate)}/s`;
    const left = bytes >= of ? 'checking' : formatTimeLeft(this.#pace.left(of - bytes));
    const part = of === 0 ? 100 : Math.floor((bytes / of) * 100);
    this.#line.text(
      `${this.name}: ${part} % of ${formatBytes(of)}, ${files} of ${ofFiles} files whole${speed} · ${left}`,
    );
  }

  /** A sentence for good. */
  say(sentence: string): void {
    this.#line.say(sentence);
  }

  clear(): void {
    this.#line.clear();
  }
}
