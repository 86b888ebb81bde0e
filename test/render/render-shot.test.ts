import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createParallaxEngine } from '../../companion-app/engines/parallax';
import { probeClip, readMaking } from '../../companion-app/media';
import { engineShelf } from '../../companion-app/render/engines';
import { renderProblem } from '../../companion-app/render/render-problem';
import { renderShot, type RenderTools } from '../../companion-app/render/render-shot';
import type { RenderOrder } from '../../companion-app/render/messages';
import { zTake, type Take } from '../../shared/protocol';
import type { Problem } from '../../shared/problem';
import { resolveMoves, RATES } from '../../shared/shot';
import { pngClaiming } from '../media/board-files';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor, sha256Of, type Wish } from './orders';
import { testEngine } from './test-engine';

const folder = temporaryFolder('render');
const engines = engineShelf({ parallax: ({ provider }) => createParallaxEngine({ provider }), inbetween: testEngine });
const tools: RenderTools = { engines, movesOf: resolveMoves, now: () => performance.now() };
let board = '';
let small = '';
let count = 0;

beforeAll(async () => {
  board = await drawBoard(path.join(folder(), 'SH010 "A" 🎬.png'));
  small = await drawBoard(path.join(folder(), 'small.png'), 160, 90);
});
afterAll(() => engines.close());

function freshDir(): string {
  count += 1;
  return path.join(folder(), `attempt ${count} 'é'`);
}

function order(wish: Partial<Wish> = {}): RenderOrder {
  return orderFor({ dir: freshDir(), boards: [board], ...wish });
}

const render = async (wanted: RenderOrder, more: Partial<RenderTools> = {}): Promise<Take> =>
  zTake.parse(
    await renderShot(
      wanted,
      { ...tools, ...more },
      { signal: new AbortController().signal, progress: () => undefined },
    ),
  );

/** The problem a shot fails with; also that it leaves nothing behind. */
async function failure(wanted: RenderOrder): Promise<Problem> {
  const error: unknown = await render(wanted).then(
    () => new Error('it was rendered'),
    (thrown: unknown) => thrown,
  );
  expect(existsSync(wanted.attemptDir) ? readdirSync(wanted.attemptDir) : []).toEqual([]);
  return renderProblem(error);
}

describe('a shot', () => {
  it('becomes a checked clip with thumbnails that says how it was made', async () => {
    const wanted = order({ boards: [small], shot: { frames: 24 }, spec: { engine: 'auto' } });
    const take = await render(wanted);
    expect(take).toMatchObject({
      frames: 24,
      size: { width: 320, height: 180 },
      rate: RATES['23.976'],
      codec: 'prores-proxy',
      engine: 'parallax',
      seed: 7,
      warnings: [],
    });
    expect(take.path).toBe(path.join(wanted.attemptDir, 'SH010_t01.mov'));
    expect([take.bytes, take.sha256]).toEqual([readFileSync(take.path).length, sha256Of(take.path)]);
    expect(take.thumbnails).toHaveLength(3);
    expect(
      take.thumbnails.every((file) =>
        readFileSync(file)
          .subarray(0, 2)
          .equals(Buffer.from([0xff, 0xd8])),
      ),
    ).toBe(true);
    expect(take.checks.filter((check) => !check.ok)).toEqual([]);
    expect(take.checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['frames', 'rate', 'first frame', 'frozen', 'black']),
    );
    expect(await probeClip(take.path)).toMatchObject({
      frames: 24,
      rate: RATES['23.976'],
      codec: 'prores',
      title: 'SH010',
    });
    expect(await readMaking(take.path)).toMatchObject({
      tool: 'inbetween',
      engine: 'parallax',
      seed: 7,
      boards: [sha256Of(small)],
    });
    expect(readdirSync(wanted.attemptDir).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it.each([
    ['dnxhr-lb', 'SH010_t01.mov'],
    ['h264', 'SH010_t01.mp4'],
  ] as const)('can be %s', async (codec, fileName) => {
    const take = await render(order({ fileName, spec: { codec } }));
    expect(take.checks.find((check) => check.name === 'codec')).toMatchObject({ ok: true });
  });

  it('renders to the same bytes again', async () => {
    const [a, b] = [await render(order()), await render(order())];
    expect(a.sha256).toBe(b.sha256);
  });

  it('of one frame is a clip of one frame', async () => {
    const take = await render(order({ shot: { frames: 1 } }));
    expect(take).toMatchObject({ frames: 1 });
    expect(take.thumbnails).toHaveLength(1);
    expect(await probeClip(take.path)).toMatchObject({ frames: 1, rate: RATES['23.976'] });
  });

  it('as a preview is smaller, of the same shape', async () => {
    const take = await render(
      order({ shot: { size: { width: 1920, height: 1080 }, frames: 2 }, spec: { quality: 'preview' } }),
    );
    expect(take).toMatchObject({ size: { width: 960, height: 540 }, warnings: [] });
  });

  it('as a preview is checked like any take, and plays in a browser', async () => {
    const wish = (quality: 'preview' | 'full') => order({ shot: { frames: 6 }, spec: { quality } });
    const [preview, full] = [await render(wish('preview')), await render(wish('full'))];
    expect(preview.checks.map(({ name }) => name)).toEqual(full.checks.map(({ name }) => name));
    expect(preview.thumbnails).toHaveLength(3);
    expect(await probeClip(preview.proxy ?? '')).toMatchObject({
      ...{ codec: 'h264', pixelFormat: 'yuv420p', frames: 6, rate: RATES['23.976'], size: preview.size },
      color: { matrix: 'bt709', range: 'tv' },
    });
  });

  it('of odd size loses a pixel and says so', async () => {
    const take = await render(order({ shot: { size: { width: 321, height: 181 } } }));
    expect(take.size).toEqual({ width: 320, height: 180 });
    expect(take.warnings.join()).toMatch(/even sides/);
  });

  it('upright, from two boards of other shapes', async () => {
    const tall = await drawBoard(path.join(folder(), 'tall.png'), 360, 640);
    const take = await render(order({ boards: [tall, board], shot: { size: { width: 180, height: 320 }, frames: 8 } }));
    expect(take.size).toEqual({ width: 180, height: 320 });
  });

  it('takes its moves from the notes when the artist gave none', async () => {
    const wanted = order({ shot: { notes: 'hold', frames: 6 } });
    const { moves: _, ...shot } = wanted.spec.shot;
    const checksOf = async (notes: string): Promise<string[]> => {
      const take = await render({ ...wanted, spec: { ...wanted.spec, shot: { ...shot, notes } } });
      return take.checks.map((check) => check.name);
    };
    expect(await checksOf('hold')).not.toContain('frozen');
    expect(await checksOf('push in')).toContain('frozen');
  });

  it('passes on what the engine warns of, once', async () => {
    const take = await render(order({ shot: { notes: 'warn' } }));
    expect(take.warnings).toEqual(['move scaled down to 80 %']);
  });

  it('is flagged, not hidden, when it does not move or is black', async () => {
    const failed = async (notes: string): Promise<string[]> =>
      (await render(order({ shot: { notes } }))).checks.filter((check) => !check.ok).map((check) => check.name);
    expect(await failed('still')).toEqual(expect.arrayContaining(['frozen', 'first frame']));
    expect(await failed('black')).toEqual(expect.arrayContaining(['black', 'colour']));
  });
});

describe('a shot that cannot be made fails with a word on why, and leaves nothing', () => {
  const at = (name: string, content: string | Buffer): string => {
    const file = path.join(folder(), name);
    writeFileSync(file, content);
    return file;
  };

  it.each([
    ['board-missing', async () => path.join(folder(), 'gone.png')],
    ['board-unreadable', async () => at('zero.png', '')],
    ['board-unreadable', async () => at('text.png', 'hello')],
    ['board-unreadable', async () => at('list.png', '#EXTM3U\n/etc/passwd\n')],
    ['board-unreadable', async () => at('cut.png', readFileSync(board).subarray(0, 600))],
    ['board-too-large', async () => at('huge.png', await pngClaiming(30_000, 30_000))],
  ])('%s', async (code, make) => {
    const problem = await failure(order({ boards: [await make()] }));
    expect(problem.code).toBe(code);
    expect(problem.action).not.toBe('');
  });

  it('a board that was never sent', async () => {
    expect((await failure({ ...order(), boards: [] })).code).toBe('board-missing');
  });

  it('no frames, or more than ten minutes of them', async () => {
    expect((await failure(order({ shot: { frames: 0 } }))).code).toBe('shot-empty');
    expect((await failure(order({ shot: { frames: 36_001 } }))).code).toBe('shot-too-long');
  });

  it('a picture too small or too large for its codec', async () => {
    expect(
      (await failure(order({ shot: { size: { width: 128, height: 72 } }, spec: { codec: 'dnxhr-lb' } }))).code,
    ).toBe('shot-invalid');
    expect((await failure(order({ shot: { size: { width: 16_384, height: 16_384 } } }))).code).toBe('shot-invalid');
    expect((await failure(order({ shot: { size: { width: 2, height: 2 } } }))).code).toBe('shot-invalid');
  });

  it('an engine that is not there', async () => {
    expect((await failure(order({ spec: { engine: 'diffusion' } }))).code).toBe('engine-unavailable');
  });

  it.each([
    ['throw', 'render-failed'],
    ['throw-late', 'render-failed'],
    ['few', 'render-failed'],
    ['many', 'render-failed'],
    ['wrong-size', 'render-failed'],
    ['no-memory', 'out-of-memory'],
  ])('an engine that does "%s"', async (notes, code) => {
    expect((await failure(order({ shot: { notes } }))).code).toBe(code);
  });

  it.each(['../up.mov', 'a/b.mov', 'a\\b.mov', '..', '.', '\0.mov'])('the file name %j', async (fileName) => {
    const wanted = { ...order(), fileName };
    expect((await failure(wanted)).code).toBe('internal');
    expect(existsSync(path.join(folder(), 'up.mov'))).toBe(false);
  });

  it('no ffmpeg', async () => {
    const before = process.env.FFMPEG_PATH;
    process.env.FFMPEG_PATH = path.join(folder(), 'no-such-ffmpeg');
    try {
      const problem = await failure(order());
      expect(problem).toMatchObject({ code: 'ffmpeg-missing', retry: true });
      expect(problem.message).toMatch(/no-such-ffmpeg/);
    } finally {
      if (before === undefined) delete process.env.FFMPEG_PATH;
      else process.env.FFMPEG_PATH = before;
    }
  });

  it('a folder that is a file', async () => {
    const dir = at('not-a-folder', '');
    const error = await render(order({ dir })).catch((thrown: unknown) => thrown);
    expect(renderProblem(error).action).not.toBe('');
  });
});

it('a shot given up in its middle ends with the reason and leaves nothing', async () => {
  const wanted = order({ shot: { frames: 500, notes: 'slow' } });
  mkdirSync(wanted.attemptDir, { recursive: true });
  const stop = new AbortController();
  const reason = new Error('changed my mind');
  const work = renderShot(wanted, tools, { signal: stop.signal, progress: (done) => done > 25 && stop.abort(reason) });
  await expect(work).rejects.toBe(reason);
  expect(readdirSync(wanted.attemptDir)).toEqual([]);
});

it('progress runs from nothing to the whole and never back', async () => {
  const told: [number, number, string][] = [];
  const counts: string[] = [];
  await renderShot(order({ shot: { frames: 24 } }), tools, {
    signal: new AbortController().signal,
    progress: (done, of, stage, step) => {
      told.push([done, of, stage]);
      if (step) counts.push(`${step.n} of ${step.of}`);
    },
  });
  // The frames are counted as such beside the thousandths of the whole.
  expect(counts).toEqual(expect.arrayContaining(['12 of 24', '24 of 24']));
  const done = told.map(([value]) => value);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect([told[0]?.[0], told.at(-1)]).toEqual([0, [1000, 1000, 'Finishing']]);
  expect(new Set(told.map(([, , stage]) => stage)).size).toBeGreaterThan(3);
});
