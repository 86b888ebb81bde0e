/**
 * Honest time left. Seconds are learned from measured runs, per engine, device and quality, as
 *
 *     seconds = fixed + slope × megapixels × frames
 *
 * by least squares over recent runs (the fixed part is loading and finishing). Nothing is said before something was measured.
 */
import type { JobSpec } from '../../shared/protocol';
import { pixelsOf } from './record';

/** One measured run. */
export interface Timing {
  /** Engine the job asked for ("auto" too) and the one that did the work. */
  readonly requested: string;
  readonly engine: string;
  /** Execution provider: "cpu", "webgpu", … */
  readonly device: string;
  readonly quality: string;
  /** Pixels of one full-size frame. */
  readonly pixels: number;
  readonly frames: number;
  /** Boards of the shot. */
  readonly boards: number;
  /** From the order to the clip under its final name. */
  readonly seconds: number;
}

/** What is known of a job before it runs. */
export interface WorkSize {
  readonly engine: string;
  readonly quality: string;
  readonly pixels: number;
  readonly frames: number;
  /** Boards of the shot. */
  readonly boards: number;
}

export interface WorkGroup extends WorkSize {
  readonly count: number;
}

/** Seconds: at best, likely, at worst. */
export interface SecondsRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Runs that are looked at; older ones no longer tell how the machine is today. */
export const RECENT_RUNS = 40;

export function workOf(spec: JobSpec): WorkSize {
  return {
    engine: spec.engine,
    quality: spec.quality,
    pixels: pixelsOf(spec),
    frames: spec.shot.frames,
    boards: spec.shot.boards.length,
  };
}

const megapixelFrames = (work: { pixels: number; frames: number }): number => (work.pixels * work.frames) / 1e6;

interface Line {
  readonly fixed: number;
  readonly slope: number;
}

/** Weighted least squares through (work, seconds), newest first; a proportion where a line would be nonsense. */
function fit(runs: readonly Timing[]): Line {
  let w = 0,
    wx = 0,
    wy = 0,
    wxx = 0,
    wxy = 0;
  for (const [age, run] of runs.entries()) {
    const weight = 0.92 ** age;
    const x = megapixelFrames(run);
    w += weight;
    wx += weight * x;
    wy += weight * run.seconds;
    wxx += weight * x * x;
    wxy += weight * x * run.seconds;
  }
  const proportion = { fixed: 0, slope: wx > 0 ? wy / wx : 0 };
  const spread = w * wxx - wx * wx;
  if (runs.length < 3 || spread < 1e-3 * wxx * w) return proportion;
  const slope = (w * wxy - wx * wy) / spread;
  const fixed = (wy - slope * wx) / w;
  return slope > 0 && fixed >= 0 ? { fixed, slope } : proportion;
}

/** Seconds a job will take once it runs, or null when no comparable run was measured. `timings` newest first. */
export function predict(work: WorkSize, timings: readonly Timing[]): SecondsRange | null {
  const alike = timings.filter(
    (run) => run.quality === work.quality && (run.requested === work.engine || run.engine === work.engine),
  );
  const runs = alike.filter((run) => run.device === alike[0]?.device).slice(0, RECENT_RUNS);
  if (runs.length === 0) return null;
  const line = fit(runs);
  const at = (run: { pixels: number; frames: number }): number => line.fixed + line.slope * megapixelFrames(run);
  const likely = at(work);
  const error = Math.sqrt(
    runs.reduce((sum, run) => sum + (run.seconds / Math.max(at(run), 1e-6) - 1) ** 2, 0) / runs.length,
  );
  const sizes = runs.map(megapixelFrames);
  const size = megapixelFrames(work);
  const beyond = Math.max(1, size / Math.max(...sizes), Math.min(...sizes) / Math.max(size, 1e-9));
  const unsure = Math.max(0.05, error) + 0.5 / runs.length + 0.05 * Math.log2(beyond);
  return spreadOut(likely, unsure);
}

const spreadOut = (likely: number, unsure: number): SecondsRange => ({
  low: likely / (1 + unsure),
  likely,
  high: likely * (1 + unsure),
});

/** How far a running job has come. */
export interface Elapsed {
  /** Seconds since the order was given. */
  readonly seconds: number;
  readonly done: number;
  readonly of: number;
}

/** Seconds to the end of a running job: the prediction, corrected more and more by its own pace. Null while nothing is known. */
export function remaining(predicted: SecondsRange | null, elapsed: Elapsed): SecondsRange | null {
  const part = elapsed.of > 0 ? Math.min(1, elapsed.done / elapsed.of) : 0;
  const pace = part >= 0.05 && elapsed.seconds >= 1 ? elapsed.seconds / part : null;
  if (predicted === null && pace === null) return null;
  const before = predicted?.likely ?? pace ?? 0;
  const total = pace === null ? before : before * (1 - part) + pace * part;
  const left = Math.max(total - elapsed.seconds, (1 - part) * total * 0.1);
  const unsure = predicted === null ? 1 : predicted.high / Math.max(predicted.likely, 1e-9) - 1;
  return spreadOut(left, unsure * (1 - part) + 0.05);
}

/** Seconds until everything queued is done, the running job's rest included; null when a part of it cannot be told. */
export function queueRemaining(
  running: SecondsRange | null,
  queued: readonly WorkGroup[],
  timings: readonly Timing[],
): SecondsRange | null {
  if (running === null) return null;
  let { low, likely, high } = running;
  for (const group of queued) {
    const each = predict(group, timings);
    if (each === null) return null;
    low += each.low * group.count;
    likely += each.likely * group.count;
    high += each.high * group.count;
  }
  return { low, likely, high };
}
