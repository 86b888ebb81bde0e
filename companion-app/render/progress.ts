/** One scale of progress for a whole job, and a limit on how often it is told. */

import type { Step } from '../../shared/protocol';

/** `step` is the stage's own count, where it has one: "frame 18 of 240", "denoising, 3 of 8". */
export type Report = (done: number, of: number, stage: string, step?: Step) => void;

/** Progress is told in thousandths of the job. */
export const WHOLE = 1000;

/** Where each part of the work ends, in thousandths. Almost all of it is the making of frames. */
const ENDS = { boards: 20, frames: 960, finish: WHOLE } as const;
const BEGINS = { boards: 0, frames: ENDS.boards, finish: ENDS.frames } as const;

/** Reports of one part of the work, put on the scale of the whole; never goes back. */
export function partsOf(report: Report): (part: keyof typeof ENDS) => Report {
  let reached = 0;
  return (part) => (done, of, stage) => {
    const share = of > 0 ? Math.min(1, Math.max(0, done / of)) : 0;
    reached = Math.max(reached, Math.round(BEGINS[part] + share * (ENDS[part] - BEGINS[part])));
    const counted = Number.isInteger(done) && Number.isInteger(of) && of > 1 && done >= 0 && done <= of;
    if (counted) report(reached, WHOLE, stage, { n: done, of });
    else report(reached, WHOLE, stage);
  };
}

export interface Timers {
  now(): number;
  after(ms: number, act: () => void): { cancel(): void };
}

/** Passes on at most one report every `everyMs`; the newest is never lost. `stop` drops what waits. */
export function paced(report: Report, everyMs: number, timers: Timers): { report: Report; stop(): void } {
  let last = -Infinity;
  let waiting: { args: Parameters<Report>; timer: { cancel(): void } } | null = null;
  const tell = (args: Parameters<Report>): void => {
    waiting?.timer.cancel();
    waiting = null;
    last = timers.now();
    report(...args);
  };
  return {
    report: (...args) => {
      const wait = last + everyMs - timers.now();
      if (wait <= 0) tell(args);
      else if (waiting) waiting.args = args;
      else waiting = { args, timer: timers.after(wait, () => waiting && tell(waiting.args)) };
    },
    stop: () => {
      waiting?.timer.cancel();
      waiting = null;
    },
  };
}
