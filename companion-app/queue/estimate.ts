/**
 * Honest time left. Seconds are learned from measured runs, per engine, device and quality, as
 *
 *     seconds = a × megapixels × frames + b + c × megapixels × boards
 *
 * (making frames; loading and finishing; reading boards) with weights that are never negative, by robust least squares over recent runs.
 * Nothing is said before something was measured.
 */
import type { JobSpec } from '../../shared/protocol';
import { fitWeights, valueAt } from './fit';
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
  /** The engine that was asked for, where `engine` is to stand in for it. */
  readonly insteadOf?: string;
}

/** What stands in for a stand-in's seconds before it was measured: a part of the slower engine's. */
export const UNMEASURED_PART = 0.1;

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

/** Seconds a job is expected to take, and how far off that may be: by chance, each job for itself, and in common with all like it. */
export interface Forecast {
  readonly likely: number;
  /** Parts of `likely`. */
  readonly own: number;
  readonly shared: number;
}

export interface Forecaster {
  /** Null when no comparable run was measured. */
  forecast(work: WorkSize): Forecast | null;
}

/** Previews are made at most so large. */
const PREVIEW_PIXELS = 960 * 960;

const megapixels = ({ pixels, quality }: Pick<WorkSize, 'pixels' | 'quality'>): number =>
  (quality === 'preview' ? Math.min(pixels, PREVIEW_PIXELS) : pixels) / 1e6;

/** What a run's seconds depend on, the most telling first: pixels made, a start-up, pixels read. */
function featuresOf(work: Pick<WorkSize, 'pixels' | 'quality' | 'frames' | 'boards'>): number[] {
  const size = megapixels(work);
  return [size * work.frames, 1, size * work.boards];
}

/** As many features as so many runs can tell apart. */
function featureCount(runs: readonly Timing[]): number {
  const amounts = runs.map((run) => featuresOf(run)[0] ?? 0);
  const varied = Math.max(...amounts) > 1.05 * Math.min(...amounts);
  return runs.length < 3 || !varied ? 1 : runs.length < 6 ? 2 : 3;
}

/** Runs that tell of jobs like this one, newest first: of its engine and quality, on the device used last; its kind of shot if known. */
function runsLike(work: WorkSize, timings: readonly Timing[]): readonly Timing[] {
  const alike = timings.filter(
    (run) => run.quality === work.quality && (run.requested === work.engine || run.engine === work.engine),
  );
  const sameKind = alike.filter((run) => run.boards > 1 === work.boards > 1);
  // What one board takes says nothing of two where "auto" gives them to different engines.
  const known = sameKind.length > 0 ? sameKind : alike.filter((run) => run.engine === work.engine);
  return known.filter((run) => run.device === known[0]?.device).slice(0, RECENT_RUNS);
}

type Model = (work: WorkSize) => Forecast;

function modelOf(runs: readonly Timing[]): Model | null {
  if (runs.length === 0) return null;
  const count = featureCount(runs);
  const samples = runs.map((run, age) => ({ x: featuresOf(run).slice(0, count), y: run.seconds, weight: 0.92 ** age }));
  const weights = fitWeights(samples, count);
  const at = (work: Pick<WorkSize, 'pixels' | 'quality' | 'frames' | 'boards'>): number =>
    valueAt(weights, featuresOf(work));
  const weightOfAll = samples.reduce((sum, sample) => sum + sample.weight, 0);
  const squares = samples.reduce((sum, { x, y, weight }) => {
    const off = Math.min(3, y / Math.max(valueAt(weights, x), 1e-6) - 1);
    return sum + weight * off * off;
  }, 0);
  const own = Math.max(0.05, Math.sqrt(squares / weightOfAll));
  const amounts = runs.map((run) => featuresOf(run)[0] ?? 0);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  return (work) => {
    const amount = featuresOf(work)[0] ?? 0;
    const beyond = Math.max(1, amount / Math.max(most, 1e-9), least / Math.max(amount, 1e-9));
    return { likely: at(work), own, shared: 0.5 / runs.length + 0.05 * Math.log2(beyond) };
  };
}

/** Learns from `timings`, newest first, once for all questions. */
export function forecaster(timings: readonly Timing[]): Forecaster {
  const models = new Map<string, Model | null>();
  return {
    forecast(work) {
      const kind = JSON.stringify([work.engine, work.quality, work.boards > 1]);
      let model = models.get(kind);
      if (model === undefined) models.set(kind, (model = modelOf(runsLike(work, timings))));
      return model?.(work) ?? null;
    },
  };
}

const learned = (timings: readonly Timing[] | Forecaster): Forecaster =>
  'forecast' in timings ? timings : forecaster(timings);

const rangeOf = ({ likely, own, shared }: Forecast): SecondsRange => spreadOut(likely, own + shared);

/** Seconds a job will take once it runs, or null when no comparable run was measured. */
export function predict(work: WorkSize, timings: readonly Timing[] | Forecaster): SecondsRange | null {
  const told = learned(timings).forecast(work);
  return told && rangeOf(told);
}

/** Seconds of all jobs of which anything is known together (null where of none), and how many are left out of that. */
export function predictBatch(
  work: readonly WorkGroup[],
  timings: readonly Timing[] | Forecaster,
): { readonly seconds: SecondsRange | null; readonly unknown: number } {
  const all = learned(timings);
  const known = work.filter((group) => all.forecast(group) !== null);
  const count = (groups: readonly WorkGroup[]): number => groups.reduce((sum, group) => sum + group.count, 0);
  return {
    seconds: known.length === 0 ? null : queueRemaining({ low: 0, likely: 0, high: 0 }, known, all),
    unknown: count(work) - count(known),
  };
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
  /** Share of its time that has usually gone by now, from 0 to 1. */
  readonly part: number;
}

/** Seconds to the end of a running job: the prediction, corrected more and more by its own pace. Null while nothing is known. */
export function remaining(predicted: SecondsRange | null, elapsed: Elapsed): SecondsRange | null {
  const { part } = elapsed;
  const pace = part >= 0.05 && elapsed.seconds >= 1 ? elapsed.seconds / part : null;
  if (predicted === null && pace === null) return null;
  const before = predicted?.likely ?? pace ?? 0;
  const total = pace === null ? before : before * (1 - part) + pace * part;
  const left = Math.max(total - elapsed.seconds, (1 - part) * total * 0.1);
  const unsure = predicted === null ? 1 : predicted.high / Math.max(predicted.likely, 1e-9) - 1;
  return spreadOut(left, unsure * (1 - part) + 0.05);
}

/** A stand-in that was never measured takes at most what the slower engine would. */
function unmeasured({ insteadOf, ...work }: WorkGroup, known: Forecaster): Forecast | null {
  const slower = insteadOf === undefined ? null : known.forecast({ ...work, engine: insteadOf });
  return slower && { likely: slower.likely * UNMEASURED_PART, own: slower.own, shared: 1 / UNMEASURED_PART - 1 };
}

/** How many times the usual deviation a range reaches to each side: nineteen of twenty nights lie in it. */
const WIDE = 2;

/**
 * Seconds until everything queued is done, the running job's rest included; null when a part of it cannot be told. What the jobs are
 * off by chance evens out over many of them; what they are off in common does not.
 */
export function queueRemaining(
  running: SecondsRange | null,
  queued: readonly WorkGroup[],
  timings: readonly Timing[] | Forecaster,
): SecondsRange | null {
  if (running === null) return null;
  const known = learned(timings);
  let likely = running.likely;
  let common = 0;
  let chance = Math.max(running.high - running.likely, 0) ** 2;
  for (const group of queued) {
    const each = known.forecast(group) ?? unmeasured(group, known);
    if (each === null) return null;
    likely += each.likely * group.count;
    common += each.likely * each.shared * group.count;
    chance += (each.likely * each.own) ** 2 * group.count;
  }
  if (queued.length === 0) return running;
  return spreadOut(likely, likely > 0 ? (common + WIDE * Math.sqrt(chance)) / likely : 0);
}
