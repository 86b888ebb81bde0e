/** Predicted against actual time left over a batch of forty shots with all engines mixed, from a companion that has measured nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { JobQueue, openStore, Runner, RUNNER_DEFAULTS, systemClock, type BoardShelf } from '../../companion-app/queue';
import { installTinyPack } from '../../examples/demo/one-shot';
import type { JobSpec, Progress } from '../../shared/protocol';
import { moments } from '../../test/daemon/fixtures/timeline';
import { sha, silent } from '../../test/queue/fixtures/specs';
import { readBoards, shotJob, type Boards } from './boards';
import { table, writeFigures } from './page';
import { drawPlot, type Moment } from './plot';

const SHOTS = 40;
const LENGTHS = [24, 36, 48, 72, 96];
const WIDTHS = [320, 480, 640];

type Pack = NonNullable<JobSpec['pack']>;

/** A mix that looks like a sequence: two camera shots, one of several boards, one by diffusion, over and over, in changing lengths. */
function shots(boards: Boards, pack: Pack): JobSpec[] {
  const random = moments(3);
  const pick = (from: readonly number[]): number => from[Math.floor(random.next().value * from.length)] ?? 0;
  return Array.from({ length: SHOTS }, (_, n) => {
    const width = pick(WIDTHS);
    const height = (width * 9) / 16;
    const frames = pick(LENGTHS);
    const common = { width, height, frames, notes: n % 3 === 0 ? 'push in' : 'pan left' };
    if (n % 4 === 3) return shotJob(n + 1, { ...common, engine: 'diffusion', pack, boards: [boards.hash(n)] });
    if (n % 4 === 1)
      return shotJob(n + 1, { ...common, engine: 'inbetween', boards: [boards.hash(2), boards.hash(3)] });
    return shotJob(n + 1, { ...common, engine: 'parallax', boards: [boards.hash(n)] });
  });
}

interface Night {
  readonly seconds: number;
  readonly moments: readonly Moment[];
  readonly failed: number;
}

async function night(folder: string, boards: Boards, renderEntry: string): Promise<Night> {
  const packsDir = path.join(folder, 'packs');
  const pack = await installTinyPack(packsDir, 'svd', { frames: 14, sway: true });
  const files = new Map<string, string>();
  for (const bytes of boards.bytes) {
    const file = path.join(folder, sha(bytes));
    await writeFile(file, bytes);
    files.set(sha(bytes), file);
  }
  const shelf: BoardShelf = { pathOf: (board) => Promise.resolve(files.get(board) ?? null) };
  const place = { file: path.join(folder, 'q.db'), backup: path.join(folder, 'q.backup.db') };
  const { store } = await openStore(place, systemClock, silent);
  const parts = { shelf, clock: systemClock, log: silent };
  const queue = new JobQueue({ ...parts, store });
  const folders = { attempts: path.join(folder, 'attempts'), takes: path.join(folder, 'takes') };
  const runner = new Runner(
    { ...parts, queue },
    { ...RUNNER_DEFAULTS, entry: renderEntry, folders, packsDir, provider: 'cpu' },
  );
  const jobs = shots(boards, pack);
  await queue.submit(jobs);
  const began = performance.now();
  const heard: Moment[] = [];
  let over = 0;
  let failed = 0;
  await new Promise<void>((resolve) => {
    queue.subscribe({
      progress: ({ queueSecondsLeft: left }: Progress) => {
        if (left) heard.push({ at: (performance.now() - began) / 1000, ...left });
      },
      event: ({ state, problem }) => {
        if (state !== 'rendered' && state !== 'failed') return;
        over += 1;
        if (problem) failed += 1;
        process.stderr.write(`${over}/${SHOTS} ${state} ${problem?.message ?? ''}\n`);
        if (over === SHOTS) resolve();
      },
    });
    runner.start();
  });
  const seconds = (performance.now() - began) / 1000;
  await runner.stop();
  store.close();
  return { seconds, moments: heard, failed };
}

/** How far off the predicted whole was while this part of the batch ran, in percent of the actual whole: usual and worst. */
function off(
  { seconds, moments: heard }: Night,
  from: number,
  to: number,
): { usual: number; worst: number; inside: number } {
  const mine = heard.filter(({ at }) => at >= from * seconds && at < to * seconds);
  const errors = mine.map(({ at, likely }) => (100 * Math.abs(at + likely - seconds)) / seconds).sort((a, b) => a - b);
  const inside = mine.filter(({ at, low, high }) => at + low <= seconds && seconds <= at + high).length;
  return {
    usual: errors[Math.floor(errors.length / 2)] ?? NaN,
    worst: errors.at(-1) ?? NaN,
    inside: (100 * inside) / Math.max(1, mine.length),
  };
}

export async function estimate(root: string, renderEntry: string): Promise<boolean> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween estimate '));
  try {
    const boards = await readBoards(root);
    const told = await night(folder, boards, renderEntry);
    await drawPlot(told.moments, told.seconds, path.join(root, 'docs', 'images', 'time-left.png'));
    const quarters = ['first', 'second', 'third', 'final'].map((name, n) => ({
      name,
      ...off(told, n / 4, (n + 1) / 4),
    }));
    const first = told.moments[0]?.at ?? NaN;
    const load = os.loadavg()[0] ?? 0;
    const head =
      `${SHOTS} shots (20 parallax, 10 inbetween, 10 diffusion with a tiny pack that is no model), 24–96 frames, 320×180 to 640×360, ` +
      `${os.cpus().length} cores with a load of ${load.toFixed(1)}: ${told.seconds.toFixed(0)} s in all, ${told.failed} failed. ` +
      `Nothing is said for the first ${first.toFixed(0)} s, until every engine has been measured once.`;
    const rows = quarters.map(({ name, usual, worst, inside }) => [
      `${name} quarter`,
      `${usual.toFixed(1)} %`,
      `${worst.toFixed(1)} %`,
      `${inside.toFixed(0)} %`,
    ]);
    const columns = ['', 'predicted end off by (median)', 'at worst', 'actual end inside the range'];
    await writeFigures(root, 'estimate', `${head}\n\n${table(columns, rows)}\n\n![Time left](images/time-left.png)`);
    return (quarters[3]?.worst ?? Infinity) <= 10;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
