/** One line of progress that is written over on a terminal, and now and then in a log. */
import type { Progress } from '../../../shared/protocol';
import { formatTimeLeft } from './words';

export interface LineOut {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Between two lines in a log that is no terminal, milliseconds. */
const LOG_MS = 5_000;

export class ProgressLine {
  private shown = '';
  private lastAt = Number.NEGATIVE_INFINITY;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(
    private readonly out: LineOut,
    private readonly now: () => number,
  ) {}

  /** `shot` of `of` is being made; counts from 1. */
  show(progress: Progress, label: { shot: string; number: number; of: number }): void {
    const part = progress.of > 0 ? ` ${Math.floor((progress.done / progress.of) * 100)} %` : '';
    this.text(
      `[${label.number}/${label.of}] ${label.shot}: ${progress.stage}${part} · ${formatTimeLeft(progress.queueSecondsLeft ?? progress.secondsLeft)}`,
    );
  }

  /** Says a sentence for good, above the running line. */
  say(sentence: string): void {
    this.clear();
    this.out.write(`${sentence}\n`);
  }

  clear(): void {
    if (this.out.isTTY === true && this.shown !== '') this.out.write(`\r${' '.repeat(this.shown.length)}\r`);
    this.shown = '';
  }

  /** Shows a line as it is. */
  text(text: string): void {
    if (this.out.isTTY === true) {
      this.out.write(`\r${text.padEnd(this.shown.length)}`);
      this.shown = text;
    } else if (this.now() - this.lastAt >= LOG_MS) {
      this.lastAt = this.now();
      this.out.write(`${text}\n`);
    }
  }
}
