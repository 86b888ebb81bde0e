/** Measures the parallax engine against its rivals and writes docs/benchmarks.md. Takes a few minutes on an idle machine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BoardPicture, Engine } from '../../companion-app/engines/engine';
import { createParallaxEngine } from '../../companion-app/engines/parallax';
import { decodeBoard, locateFfmpeg } from '../../companion-app/media';
import { RATES, type CameraMove, type MoveKind, type Shot, type Size } from '../../shared/shot';
import { page, type Results } from './page';
import { Renderer } from './renderer';
import { timeEncoding, timeZoompan, zoompanFrames } from './rivals';
import { Evenness } from './smoothness';

const RUNS = 5;
const FULL_HD: Size = { width: 1920, height: 1080 };
const FRAMES = 96;

const root = process.argv[2] ?? process.cwd();
const boardFile = path.join(root, 'examples/boards/SH010.png');

function move(kind: MoveKind, amount: number, frames: number): CameraMove {
  return { kind, amount, from: 0, to: frames, ease: 'linear', confidence: 1, text: '' };
}

function shotOf(frames: number, size: Size, moves: readonly CameraMove[]): Shot {
  return {
    ...{ id: 'shot', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 0, frames, size, fit: 'fill' },
    ...{ boards: [], notes: '', moves },
  };
}

function animate(engine: Engine, board: BoardPicture, shot: Shot) {
  return engine.animate(shot, [board], {
    ...{ size: shot.size, seed: 1, quality: 'full', signal: new AbortController().signal },
    ...{ progress: () => undefined, warn: () => undefined },
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

async function* again(frames: readonly Uint8Array[], size: Size) {
  for (const rgb of frames) yield await Promise.resolve({ ...size, rgb });
}

/** The race: the engine and its encoder, ffmpeg's way, and encoding alone, run in turn. */
async function race(engine: Engine, board: BoardPicture, ffmpeg: string, folder: string): Promise<Results['race']> {
  const shot = shotOf(FRAMES, FULL_HD, [move('push-in', 1.25, FRAMES)]);
  // One frame in eight is kept, and each encoded eight times: all of them would not fit into memory beside the rest.
  const kept: Uint8Array[] = [];
  for await (const frame of animate(engine, board, shot))
    if (frame.index % 8 === 0) kept.push(Uint8Array.from(frame.rgb));
  const ready = Array.from({ length: FRAMES }, (_, i) => kept[Math.floor(i / 8)] ?? new Uint8Array(0));
  const [ours, rival, floor]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < RUNS; run++) {
    const to = (name: string) => path.join(folder, `${name}-${run}.mov`);
    ours.push(await timeEncoding(animate(engine, board, shot), FRAMES, FULL_HD, to('ours')));
    floor.push(await timeEncoding(again(ready, FULL_HD), FRAMES, FULL_HD, to('floor')));
    rival.push(await timeZoompan(ffmpeg, boardFile, FRAMES, FULL_HD, to('zoompan')));
  }
  return { ours: median(ours), rival: median(rival), floor: median(floor) };
}

/** Whole jobs in a fresh render process: seconds and the largest resident size. */
async function job(folder: string, frames: number, size: Size): Promise<{ seconds: number; peakMb: number }> {
  const renderer = await Renderer.start(
    path.join(__dirname, 'render.cjs'),
    path.join(folder, `${frames}-${size.width}`),
  );
  try {
    const seconds = await renderer.render({ board: boardFile, frames, size, moves: [move('push-in', 1.25, frames)] });
    return { seconds, peakMb: await renderer.peakMb() };
  } finally {
    await renderer.stop();
  }
}

async function preview(folder: string): Promise<number> {
  const size = { width: 854, height: 480 };
  const renderer = await Renderer.start(path.join(__dirname, 'render.cjs'), path.join(folder, 'preview'));
  const order = { board: boardFile, frames: 24, size, quality: 'preview', moves: [move('push-in', 1.25, 24)] } as const;
  try {
    await renderer.render(order);
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run++) seconds.push(await renderer.render(order));
    return median(seconds);
  } finally {
    await renderer.stop();
  }
}

async function smoothness(engine: Engine, board: BoardPicture, ffmpeg: string): Promise<Results['smoothness']> {
  const [amount, frames] = [1.02, 48];
  const window = () => new Evenness(FULL_HD.width, 1400, 300);
  const ours = window();
  for await (const frame of animate(engine, board, shotOf(frames, FULL_HD, [move('zoom-in', amount, frames)])))
    ours.add(Uint8Array.from({ length: frame.rgb.length / 3 }, (_, i) => frame.rgb[3 * i + 1] ?? 0));
  const results = [{ name: 'Inbetween', ...ours.result() }];
  for (const wide of [8000, undefined]) {
    const rival = window();
    await zoompanFrames(ffmpeg, { board: boardFile, amount, frames, size: FULL_HD, wide }, (grey) => rival.add(grey));
    results.push({ name: wide === undefined ? 'zoompan' : `scale=${wide}:-1,zoompan`, ...rival.result() });
  }
  return results;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-bench-'));
  const engine = await createParallaxEngine({ provider: 'cpu' });
  const say = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const { ffmpeg, version } = await locateFfmpeg();
    const board: BoardPicture = { ...(await decodeBoard(boardFile, { name: 'SH010.png' })), at: 0, name: 'SH010.png' };
    say('the race');
    const raced = await race(engine, board, ffmpeg, folder);
    say('smoothness');
    const smooth = await smoothness(engine, board, ffmpeg);
    say('whole jobs');
    const jobs: Results['jobs'][number][] = [];
    for (const [width, height, seconds] of [
      [1280, 720, 4],
      [1920, 1080, 4],
      [3840, 2160, 4],
      [1280, 720, 2],
      [1280, 720, 10],
      [1280, 720, 60],
    ] as const)
      jobs.push({ size: { width, height }, length: seconds, ...(await job(folder, seconds * 24, { width, height })) });
    say('previews');
    const results: Results = { race: raced, smoothness: smooth, jobs, preview: await preview(folder) };
    const machine = {
      cpu: os.cpus()[0]?.model ?? 'unknown',
      cores: os.availableParallelism(),
      system: `${os.type()} ${os.release().split('.').slice(0, 2).join('.')}`,
      node: process.version,
      ffmpeg: version,
      date: new Date().toISOString().slice(0, 10),
    };
    await writeFile(path.join(root, 'docs/benchmarks.md'), page(results, machine));
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
