/** Boards in, an animatic out, without Premiere: what `inbetween animate` does. */
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toProblem } from '../../../shared/problem';
import type { BatchEstimate, Codec, JobRow, JobSpec, Settings } from '../../../shared/protocol';
import {
  clipFrames,
  formatRate,
  resolveMoves,
  type BurnIns,
  type Fit,
  type FrameRate,
  type Handles,
  type Sheets,
  type Size,
} from '../../../shared/shot';
import { readStoryboard } from '../../interchange/in';
import type { Storyboard } from '../../interchange/storyboard';
import { boardShape } from '../../media';
import { safeName, type RunnerSettings } from '../../queue';
import type { Timing, WorkGroup } from '../../queue/estimate';
import { CLOUD_PRICES, costReport } from '../../review/cost';
import { estimateBatch } from '../cost/estimate';
import { localDay } from '../cost/local-day';
import { BoardFiles, prepareBoards } from './board-files';
import { writeOutputs, type OutputFile } from './outputs';
import { withWishes, type OwnWishes } from './own-wishes';
import { planShots, sizeForBoards, type PlannedShot } from './plan';
import { renderBatch, type BatchWatcher } from './render-batch';
import type { OtherTake, Run, RunShot } from './run';
import { specOfShot } from './spec-of-shot';
import { soundAt, timeOf } from './time-of';
import { keepTimings, readTimings } from './timings-file';

export interface AnimateWish extends OwnWishes {
  readonly source: string;
  readonly out: string;
  /** Whether scanned sheets become a board a panel. */
  readonly sheets?: Sheets;
  /** The storyboard's own rate where absent, 24 where it has none. */
  readonly rate?: FrameRate;
  readonly dropFrame: boolean;
  /** Length of every shot. */
  readonly frames?: number;
  readonly seconds?: number;
  readonly size?: Size;
  readonly fit: Fit;
  readonly notes?: string;
  readonly burnIns?: BurnIns;
  readonly engine: JobSpec['engine'];
  readonly pack?: JobSpec['pack'];
  readonly packsDir?: string;
  readonly model?: Partial<Pick<JobSpec, 'styles' | 'prompt' | 'negative' | 'styleLine'>>;
  readonly codec: Codec;
  readonly seed: number;
  /** Takes of every shot, each with a seed of its own; one where absent. */
  readonly takes?: number;
  readonly handles?: Handles;
  readonly version: string;
  readonly renderEntry: string;
  readonly provider: RunnerSettings['provider'];
  /** The moment in words, for the report. */
  readonly made: string;
  readonly relativeMedia?: boolean;
  /** Of which engines' takes PREVIS is burnt in. */
  readonly previs?: Settings['previsBurnIn'];
  /** Prices and rated power. */
  readonly settings: Settings;
  /** What was measured on this machine is kept there. */
  readonly timingsFile: string;
  /** Nothing is made: only what it would take. */
  readonly estimateOnly?: boolean;
}

export interface AnimateWatcher extends BatchWatcher {
  /** What will be made, and what that is expected to take and cost; told before anything is begun. */
  estimated(estimate: BatchEstimate): void;
  planned(specs: readonly JobSpec[]): void;
}

export interface AnimateResult {
  /** Absent where only the estimate was asked for. */
  readonly run: Run | null;
  readonly files: readonly OutputFile[];
  readonly warnings: readonly string[];
}

const WORK_FOLDER = '.inbetween';

async function aspectsOf(storyboard: Storyboard): Promise<number[]> {
  const boards = storyboard.shots.flatMap((shot) => shot.boards);
  const shapes = await Promise.all(boards.map(({ path: file, layers }) => boardShape(file ?? layers[0]?.path ?? '')));
  return shapes.flatMap((shape) => (shape ? [shape.width / shape.height] : []));
}

/** SH010.mov, SH010_t02.mov beside the others: names made safe, and unlike each other also where case does not count. */
function clipFileNames(specs: readonly JobSpec[]): Map<string, string> {
  const used = new Set<string>();
  const names = new Map<string, string>();
  for (const spec of specs) {
    const numbered = spec.take === 1 ? '' : `_t${String(spec.take).padStart(2, '0')}`;
    const stem = `${safeName(spec.shot.name, 80, 'shot')}${numbered}`;
    const extension = spec.codec === 'h264' ? 'mp4' : 'mov';
    let name = `${stem}.${extension}`;
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${stem}_${n}.${extension}`;
    used.add(name.toLowerCase());
    names.set(spec.id, name);
  }
  return names;
}

async function bringHome(row: JobRow, out: string, name: string): Promise<string> {
  const to = path.join(out, name);
  const from = row.take?.path ?? '';
  // A run that was killed after this rename finds the clip here and not there.
  if ((await stat(from).catch(() => null)) === null) return to;
  await rename(from, to).catch(async () => {
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
  });
  return to;
}

/**
 * Reads, renders and writes. Shots that fail carry their problem in the result; the others are made.
 * Throws InbetweenError where nothing can be made at all, or the signal's reason.
 */
export async function animate(wish: AnimateWish, watcher: AnimateWatcher, signal: AbortSignal): Promise<AnimateResult> {
  const out = path.resolve(wish.out);
  const aside = wish.estimateOnly === true ? await mkdtemp(path.join(tmpdir(), 'inbetween-estimate-')) : null;
  try {
    const laid = await layOut(wish, aside ?? path.join(out, 'pages'));
    const timings = await readTimings(wish.timingsFile);
    const estimate = estimateBatch(workIn(laid.plan, wish), timings, wish.settings, Date.now());
    watcher.estimated(estimate);
    if (aside !== null) return { run: null, files: [], warnings: laid.storyboard.warnings };
    return await make(wish, laid, { estimate, timings }, watcher, signal);
  } finally {
    if (aside !== null) await rm(aside, { recursive: true, force: true });
  }
}

interface LaidOut {
  readonly storyboard: Storyboard;
  readonly plan: readonly PlannedShot[];
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly startFrame: number;
  readonly size: Size;
}

/** What the shots are for the estimate; pictures are not looked at for that. */
function workIn(
  plan: readonly PlannedShot[],
  { engine, handles, takes = 1 }: Pick<AnimateWish, 'engine' | 'handles' | 'takes'>,
): WorkGroup[] {
  return plan.map(({ draft: { size, frames }, boards }) => ({
    ...{ engine, quality: 'full', pixels: size.width * size.height },
    ...{ frames: clipFrames({ frames }, handles), boards: boards.length, count: takes },
  }));
}

async function layOut(wish: AnimateWish, pictures: string): Promise<LaidOut> {
  const storyboard = await readStoryboard(wish.source, {
    pictures,
    ...(wish.sheets ? { sheets: wish.sheets } : {}),
    ...(wish.rate ? { rate: wish.rate } : {}),
  });
  const { rate, dropFrame, startFrame } = timeOf(storyboard, wish);
  const frames =
    wish.frames ??
    (wish.seconds === undefined ? undefined : Math.max(1, Math.round((wish.seconds * rate.num) / rate.den)));
  const aspects = await aspectsOf(storyboard);
  const size = wish.size ?? sizeForBoards(aspects, storyboard.aspect);
  const laid = planShots(storyboard, {
    ...wish,
    rate,
    dropFrame,
    size,
    aspects,
    ...(startFrame === 0 ? {} : { timecodeZero: startFrame }),
    ...(frames === undefined ? {} : { frames }),
  });
  const drafts = withWishes(
    laid.map(({ draft }) => draft),
    wish,
  );
  const plan = laid.map((shot, i): PlannedShot => ({ ...shot, draft: drafts[i] ?? shot.draft }));
  return { storyboard, plan, rate, dropFrame, startFrame, size };
}

interface Known {
  readonly estimate: BatchEstimate;
  readonly timings: readonly Timing[];
}

async function make(
  wish: AnimateWish,
  { storyboard, plan, rate, dropFrame, startFrame, size }: LaidOut,
  { estimate, timings }: Known,
  watcher: AnimateWatcher,
  signal: AbortSignal,
): Promise<AnimateResult> {
  const out = path.resolve(wish.out);
  const work = path.join(out, WORK_FOLDER);
  await mkdir(work, { recursive: true });
  const boardFiles = new BoardFiles(path.join(out, 'boards'), size.width / size.height);

  const boards = new Map<string, string>(wish.shotFile?.masks);
  const items: { spec?: JobSpec; others?: readonly JobSpec[]; shot: RunShot }[] = [];
  for (const planned of plan) {
    const prepared = await prepareBoards(
      planned.boards.map((board) => board.source),
      boardFiles,
    );
    const base = { shot: planned.draft, moves: [], takeNumber: 1 };
    if ('problem' in prepared) {
      const failed = planned.boards.map(({ at, source }) => ({ at, name: source.name, path: null }));
      items.push({ shot: { ...base, boards: failed, state: 'failed', problem: prepared.problem } });
      continue;
    }
    const uses = planned.boards.map(({ at, source }, i) => ({
      at,
      name: source.name,
      board: prepared.files[i]?.sha256 ?? '',
    }));
    const shot = { ...planned.draft, boards: uses };
    const runBoards = planned.boards.map(({ at, source }, i) => ({
      at,
      name: source.name,
      path: prepared.files[i]?.picture ?? null,
    }));
    for (const file of prepared.files) boards.set(file.sha256, file.path);
    const take = (n: number): JobSpec => specOfShot(shot, { ...wish, title: storyboard.name }, n);
    items.push({
      spec: take(1),
      others: Array.from({ length: (wish.takes ?? 1) - 1 }, (_, i) => take(i + 2)),
      shot: { ...base, moves: resolveMoves(shot), boards: runBoards, state: 'waiting' },
    });
  }
  // All that the cut needs comes before what it could have instead.
  const specs = [...items.flatMap(({ spec }) => spec ?? []), ...items.flatMap(({ others = [] }) => others)];
  watcher.planned(specs);
  const result = await renderBatch(
    {
      specs,
      boards,
      folder: work,
      renderEntry: wish.renderEntry,
      provider: wish.provider,
      ...(wish.packsDir === undefined ? {} : { packsDir: wish.packsDir }),
      ...(wish.previs === undefined ? {} : { previs: wish.previs }),
      ...{ settings: wish.settings, timings },
    },
    watcher,
    signal,
  );

  await keepTimings(wish.timingsFile, result.timings);
  const report = costReport(result.facts, { dayOf: localDay, cloud: CLOUD_PRICES });

  const names = clipFileNames(specs);
  const shots: RunShot[] = [];
  const settled = (shot: RunShot, spec: JobSpec): Promise<RunShot> =>
    settle(shot, spec, result.rows.get(spec.id), result.refused.get(spec.id), out, names);
  for (const { spec, others = [], shot } of items) {
    if (!spec) shots.push(shot);
    else {
      const more = await Promise.all(others.map((other) => settled({ ...shot, takeNumber: other.take }, other)));
      shots.push(withOthers(await settled(shot, spec), more));
    }
  }
  const run: Run = {
    title: storyboard.name,
    rate,
    dropFrame,
    size,
    startTimecodeFrame: startFrame,
    shots,
    sounds: storyboard.sounds.map((sound) => soundAt(sound, rate)),
    version: wish.version,
    cost: { estimate, report },
  };
  const outputs = await writeOutputs(run, out, wish);
  if (shots.every((shot) => shot.state === 'rendered')) await rm(work, { recursive: true, force: true });
  const rateNote =
    storyboard.fps !== undefined && Math.abs(storyboard.fps - rate.num / rate.den) > 0.006
      ? [`The storyboard says ${Number(storyboard.fps.toFixed(3))} fps; the clips run at ${formatRate(rate)}.`]
      : [];
  return { run, files: outputs.files, warnings: [...storyboard.warnings, ...rateNote, ...outputs.warnings] };
}

/** A shot with what else was made of it. Where its first take failed, the first that was made is in the cut. */
function withOthers(shot: RunShot, more: readonly RunShot[]): RunShot {
  const made = [shot, ...more].filter(({ state }) => state === 'rendered');
  const [used = shot, ...rest] = made;
  const others = rest.flatMap(({ takeNumber, take, clip }): OtherTake[] =>
    take && clip !== undefined ? [{ takeNumber, take, clip }] : [],
  );
  return others.length > 0 ? { ...used, others } : used;
}

async function settle(
  shot: RunShot,
  spec: JobSpec,
  row: JobRow | undefined,
  refused: RunShot['problem'],
  out: string,
  names: ReadonlyMap<string, string>,
): Promise<RunShot> {
  if (!row) return { ...shot, state: 'failed', ...(refused ? { problem: refused } : {}) };
  if (!row.take || row.state === 'failed' || row.state === 'cancelled') {
    return {
      ...shot,
      state: row.state === 'cancelled' ? 'cancelled' : 'failed',
      ...(row.problem ? { problem: row.problem } : {}),
    };
  }
  try {
    const clip = await bringHome(row, out, names.get(spec.id) ?? `${spec.id}.mov`);
    return { ...shot, state: 'rendered', take: row.take, clip };
  } catch (error) {
    return { ...shot, state: 'failed', problem: toProblem(error, 'folder-unwritable') };
  }
}
