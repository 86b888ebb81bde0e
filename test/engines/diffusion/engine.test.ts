/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiffusionEngine } from '../../../companion-app/engines/diffusion';
import type { AnimateOptions, BoardPicture, Engine } from '../../../companion-app/engines/engine';
import { toProblem } from '../../../shared/problem';
import { RATES, type Shot } from '../../../shared/shot';
import { tinySvd } from '../../../examples/tiny-pack/svd';
import { writePack, type TinyOptions } from '../../../examples/tiny-pack/write';

const SIZE = { width: 128, height: 64 };

/** A board of soft colours that no two blocks share, in its own size. */
function board(at = 0, tint = 0): BoardPicture {
  const [width, height] = [256, 128];
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb[i * 3] = 60 + Math.round(((i % width) / width) * 120);
    rgb[i * 3 + 1] = 60 + Math.round((Math.floor(i / width) / height) * 120);
    rgb[i * 3 + 2] = 90 + tint;
  }
  return { at, name: `board at ${at}`, width, height, rgb };
}

const SHOT: Shot = {
  id: 'a',
  name: 'SH010',
  rate: RATES['24'],
  dropFrame: false,
  startFrame: 0,
  frames: 12,
  size: SIZE,
  fit: 'fill',
  boards: [],
  notes: 'a boat rocks',
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diffusion-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function engineOf(tiny: Partial<TinyOptions> = {}): Promise<Engine> {
  await writePack(join(folder, 'tiny'), tinySvd(tiny));
  return createDiffusionEngine({ provider: 'cpu', packsDir: folder, pack: 'tiny', steps: 3, workers: 1 });
}

interface Run {
  readonly frames: Uint8Array[];
  readonly warnings: string[];
  readonly steps: string[];
}

async function run(
  engine: Engine,
  shot: Partial<Shot> = {},
  boards = [board()],
  options: Partial<AnimateOptions> = {},
): Promise<Run> {
  const warnings: string[] = [];
  const steps: string[] = [];
  const frames: Uint8Array[] = [];
  const all: AnimateOptions = {
    size: SIZE,
    seed: 7,
    quality: 'full',
    signal: new AbortController().signal,
    progress: (done, of, stage) => steps.push(`${done}/${of} ${stage}`),
    warn: (sentence) => warnings.push(sentence),
    ...options,
  };
  for await (const frame of engine.animate({ ...SHOT, ...shot }, boards, all)) {
    expect(frame).toMatchObject({ index: frames.length, ...SIZE });
    expect(frame.rgb).toHaveLength(SIZE.width * SIZE.height * 3);
    frames.push(Uint8Array.from(frame.rgb));
  }
  return { frames, warnings, steps };
}

const digest = (frames: readonly Uint8Array[]): string =>
  createHash('sha256').update(Buffer.concat(frames)).digest('hex');

/** Mean absolute difference. */
function apart(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (!a || !b || a.length !== b.length) return NaN;
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? NaN)), 0) / a.length;
}

async function problemOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('nothing went wrong');
}

describe('a shot through a pack', () => {
  test.each([1, 2, 13, 60])('%i frames are asked for and made, the first of them the board', async (frames) => {
    const engine = await engineOf();
    const made = await run(engine, { frames, notes: 'static' });
    await engine.close();
    expect(made.frames).toHaveLength(frames);
    const red = Array.from({ length: SIZE.width }, (_, x) => made.frames[0]?.[x * 3] ?? 0);
    expect(red[0]).toBeLessThan(64);
    expect(red[127]).toBeGreaterThan(176);
    for (const frame of made.frames) expect(apart(frame, made.frames[0])).toBeLessThan(4);
  });

  test('the same seed gives the same bytes; progress counts steps', async () => {
    const engine = await engineOf();
    const [one, two] = [await run(engine), await run(engine)];
    await engine.close();
    expect(digest(one.frames)).toBe(digest(two.frames));
    expect(one.steps).toContain('3/3 drawing the motion');
  });

  test('colours that drift are brought back to the board, and it is said', async () => {
    const engine = await engineOf({ drift: 0.2 });
    const made = await run(engine);
    await engine.close();
    expect(apart(made.frames[11], made.frames[0])).toBeLessThan(4);
    expect(made.warnings.join()).toMatch(/drifted by up to \d+ %/);
  });

  test('the camera of the shot goes over the motion', async () => {
    const engine = await engineOf();
    const move = { from: 0, to: 12, ease: 'linear', confidence: 1, text: '' } as const;
    const still = await run(engine, { moves: [] });
    const moved = await run(engine, { moves: [{ ...move, kind: 'push-in', amount: 1.5 }] });
    await engine.close();
    expect(apart(still.frames[11], still.frames[0])).toBeLessThan(4);
    expect(apart(moved.frames[11], moved.frames[0])).toBeGreaterThan(6);
  });

  test('what moves in the model moves in the shot', async () => {
    const engine = await engineOf({ sway: true });
    const made = await run(engine, { moves: [] });
    await engine.close();
    const still = await engineOf();
    const held = await run(still, { moves: [] });
    await still.close();
    expect(apart(made.frames[11], held.frames[11])).toBeGreaterThan(0.3);
    expect(digest(made.frames.slice(0, 1))).toBe(digest(held.frames.slice(0, 1)));
  });

  test('each board has its stretch', async () => {
    const engine = await engineOf();
    const made = await run(engine, { moves: [] }, [board(), board(6, 100)]);
    await engine.close();
    expect(made.frames).toHaveLength(12);
    expect(apart(made.frames[5], made.frames[6])).toBeGreaterThan(25);
    expect(apart(made.frames[6], made.frames[11])).toBeLessThan(4);
  });

  test('a cancel ends it between two steps', async () => {
    const engine = await engineOf();
    const stop = new AbortController();
    const reason = new Error('enough');
    const progress = (): void => stop.abort(reason);
    await expect(run(engine, {}, [board()], { signal: stop.signal, progress })).rejects.toBe(reason);
    expect((await run(engine)).frames).toHaveLength(12);
    await engine.close();
  });

  test('what will not fit is made smaller from the start, and it is said', async () => {
    await writePack(join(folder, 'tiny'), tinySvd());
    const options = { provider: 'cpu', packsDir: folder, steps: 2, workers: 1 };
    const engine = await createDiffusionEngine({ ...options, freeBytes: () => 1000 });
    const made = await run(engine);
    await engine.close();
    expect(made.frames).toHaveLength(12);
    expect(made.warnings.join()).toMatch(/needs about [\d.]+ GB .* 0\.0 GB are free: it is drawn in runs/);
  });

  test('longer shots are estimated to cost more', async () => {
    const engine = await engineOf();
    const units = (frames: number) => engine.estimate({ ...SHOT, frames }, SIZE).units;
    expect(units(240)).toBeGreaterThan(units(24));
    await engine.close();
  });
});

describe('packs that are not what they should be', () => {
  test.each([
    ['nan', 'render-failed', /NaN/],
    ['shape', 'render-failed', /vae_decoder gave \[.*\] where/],
  ] as const)('%s fails that shot with a reason', async (flaw, code, words) => {
    const engine = await engineOf({ flaw });
    const problem = await problemOf(run(engine));
    await engine.close();
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(words);
  });

  test('an input nobody knows is refused when the pack is opened', async () => {
    const problem = await problemOf(engineOf({ flaw: 'stranger' }));
    expect(problem.code).toBe('pack-invalid');
    expect(problem.message).toMatch(/added_time_ids.*Found inputs: .*wishes/);
  });

  test('no pack, a pack of another kind, a name that leaves the folder', async () => {
    const open = (pack?: string) => problemOf(createDiffusionEngine({ provider: 'cpu', packsDir: folder, pack }));
    expect((await open()).code).toBe('engine-unavailable');
    expect((await open('gone')).code).toBe('pack-invalid');
    expect((await open('../gone')).code).toBe('pack-invalid');
  });
});
