/** What a take of the parallax engine keeps to, whatever the move: sizes, counts, seeds, threads, cuts, aborts, memory. */
import type { BoardPicture, Engine } from '../../../companion-app/engines/engine';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import { InbetweenError } from '../../../shared/problem';
import type { Shot } from '../../../shared/shot';
import { dotBoard, findDots } from './measure/dots';
import { flat, move, sheetScene, shotOf, SIZE, take } from './measure/take';

/** `whole` reads its boards itself; `engine` takes them for flat sheets, which is quicker. */
let engine: Engine;
let whole: Engine;
beforeAll(async () => {
  engine = await createParallaxEngine({ provider: 'cpu', workers: 2, buildScene: flat });
  whole = await createParallaxEngine({ provider: 'cpu', workers: 2 });
});
afterAll(() => Promise.all([engine.close(), whole.close()]));

const BOARD = dotBoard(SIZE.width, SIZE.height);

/** A board of one grey. */
function grey(at: number, level: number, width = 64, height = 36): BoardPicture {
  return { at, name: `grey ${level}`, width, height, rgb: new Uint8Array(3 * width * height).fill(level) };
}

/** Root of the mean squared difference of two pictures. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

const RESTLESS = [
  move('push-in', 1.2, 0, 8),
  move('truck-right', 0.1, 0, 8),
  move('pan-left', 4, 0, 8),
  move('handheld', 0.8, 0, 8),
];

test('the first frame is the board, byte for byte, when the move starts from the full frame', async () => {
  const { frames } = await take(whole, shotOf(3, { moves: [move('push-in', 1.3, 0, 3)] }), [BOARD]);
  expect(difference(frames[0]!.rgb, BOARD.rgb)).toBe(0);
  expect(difference(frames[2]!.rgb, BOARD.rgb)).toBeGreaterThan(5);
});

test('the same seed gives the same bytes, on one thread or three; another seed another hand', async () => {
  const shot = shotOf(8, { moves: RESTLESS });
  const once = await take(engine, shot, [BOARD], { seed: 7 });
  const other = await createParallaxEngine({ provider: 'cpu', workers: 1, buildScene: flat });
  const third = await createParallaxEngine({ provider: 'cpu', workers: 3, buildScene: flat });
  try {
    for (const again of [
      await take(other, shot, [BOARD], { seed: 7 }),
      await take(third, shot, [BOARD], { seed: 7 }),
    ]) {
      again.frames.forEach((frame, i) => expect(Buffer.compare(frame.rgb, once.frames[i]!.rgb)).toBe(0));
    }
    const changed = await take(other, shot, [BOARD], { seed: 8 });
    expect(difference(changed.frames[6]!.rgb, once.frames[6]!.rgb)).toBeGreaterThan(1);
  } finally {
    await other.close();
    await third.close();
  }
});

test.each([
  [{ width: 2, height: 2 }, grey(0, 90, 1, 1)],
  [{ width: 66, height: 38 }, grey(0, 90, 301, 7)],
  [{ width: 62, height: 150 }, dotBoard(333, 201)],
  [{ width: 130, height: 54 }, dotBoard(101, 277)],
])('frames of %p come whole from any board', async (size, board) => {
  for (const fit of ['fill', 'letterbox'] as const) {
    const { frames } = await take(whole, shotOf(4, { size, fit, moves: [move('push-in', 1.5, 0, 4)] }), [board]);
    expect(frames.map((frame) => [frame.index, frame.width, frame.height, frame.rgb.length])).toEqual(
      [0, 1, 2, 3].map((i) => [i, size.width, size.height, 3 * size.width * size.height]),
    );
  }
});

test('a grey board stays grey to the last pixel, whatever the camera does', async () => {
  const { frames } = await take(whole, shotOf(8, { moves: RESTLESS, size: { width: 70, height: 38 } }), [grey(0, 137)]);
  for (const frame of frames) expect(frame.rgb.every((value) => Math.abs(value - 137) <= 1)).toBe(true);
});

test('a shot of one frame is its board', async () => {
  const { frames } = await take(engine, shotOf(1, { moves: [move('push-in', 1.5, 0, 1)] }), [BOARD]);
  expect(frames).toHaveLength(1);
  expect(difference(frames[0]!.rgb, BOARD.rgb)).toBe(0);
});

test('a shot of several boards cuts where each begins', async () => {
  const boards = [grey(0, 10), grey(3, 100), grey(5, 200), grey(99, 250)];
  const { frames } = await take(whole, shotOf(7, { size: { width: 64, height: 36 } }), boards);
  expect(frames.map((frame) => frame.rgb[0])).toEqual([10, 10, 10, 100, 100, 200, 200]);
});

test('the camera goes on over a cut', async () => {
  const shot = shotOf(12, { moves: [move('truck-right', 0.2, 0, 12)] });
  const uncut = await take(engine, shot, [BOARD]);
  const cut = await take(engine, shot, [BOARD, { ...BOARD, at: 6 }]);
  // The margins differ, so the same place is not read through the very same bytes.
  expect(difference(cut.frames[9]!.rgb, uncut.frames[9]!.rgb)).toBeLessThan(6);
  expect(difference(cut.frames[9]!.rgb, BOARD.rgb)).toBeGreaterThan(20);
});

test('on twos, every second frame is drawn', async () => {
  const { frames } = await take(engine, shotOf(6, { moves: [move('truck-right', 0.2, 0, 6)], onTwos: true }), [BOARD]);
  const same = frames.slice(1).map((frame, i) => Buffer.compare(frame.rgb, frames[i]!.rgb) === 0);
  expect(same).toEqual([true, false, true, false, true]);
});

test('a move that the board and its margins cannot hold is made smaller, and says so', async () => {
  const small = await createParallaxEngine({ provider: 'cpu', workers: 1, buildScene: sheetScene(() => 0.5, 0.1) });
  try {
    const { frames, warnings } = await take(small, shotOf(9, { moves: [move('truck-right', 0.2, 0, 9)] }), [BOARD]);
    expect(warnings).toEqual([expect.stringMatching(/camera move was made 50 % of its size/)]);
    expect(frames).toHaveLength(9);
  } finally {
    await small.close();
  }
});

describe('handheld and shake', () => {
  const travel = async (kind: 'handheld' | 'shake', strength: number) => {
    const still = await createParallaxEngine({ provider: 'cpu', workers: 1, buildScene: flat });
    try {
      const { frames } = await take(still, shotOf(48, { moves: [move(kind, strength, 0, 48)] }), [BOARD]);
      return frames.map((frame) => difference(frame.rgb, BOARD.rgb));
    } finally {
      await still.close();
    }
  };

  test('a carried camera starts where it was framed and does not come to rest', async () => {
    const away = await travel('handheld', 0.8);
    expect(away[0]).toBe(0);
    expect(Math.min(...away.slice(8))).toBeGreaterThan(1);
  });

  test('an impact decays', async () => {
    const away = await travel('shake', 0.8);
    const mean = (from: number, to: number) => away.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
    expect(away[0]).toBe(0);
    expect(mean(2, 12)).toBeGreaterThan(2 * mean(38, 48));
  });
});

test('racking focus makes the near sharp and the far soft', async () => {
  const sides = await createParallaxEngine({
    provider: 'cpu',
    workers: 2,
    buildScene: sheetScene((x) => (x < 0.5 ? 0 : 1)),
  });
  try {
    const { frames } = await take(sides, shotOf(13, { moves: [move('rack-focus', 1, 0, 13)] }), [BOARD]);
    const contrast = (i: number, side: 'far' | 'near') => {
      const { rgb, width, height } = frames[i]!;
      const from = side === 'far' ? 20 : width / 2 + 20;
      let sum = 0;
      for (let y = 0; y < height; y++) {
        for (let x = from; x < from + width / 2 - 40; x++)
          sum += Math.abs(rgb[3 * (y * width + x)]! - rgb[3 * (y * width + x + 1)]!);
      }
      return sum;
    };
    expect(contrast(0, 'far')).toBeGreaterThan(1.2 * contrast(12, 'far'));
    expect(contrast(12, 'near')).toBeGreaterThan(1.2 * contrast(0, 'near'));
    expect(contrast(0, 'far') / contrast(12, 'near')).toBeCloseTo(1, 1);
  } finally {
    await sides.close();
  }
});

test('a whip pan is blurred on its way, and sharp where it starts and stops', async () => {
  const { frames } = await take(engine, shotOf(13, { moves: [move('whip-pan-right', 14, 2, 10, 'snap')] }), [BOARD]);
  const contrast = ({ rgb, width, height }: (typeof frames)[number]) => {
    let sum = 0;
    for (let y = 0; y < height; y++)
      for (let x = 40; x < 120; x++) sum += Math.abs(rgb[3 * (y * width + x)]! - rgb[3 * (y * width + x + 1)]!);
    return sum;
  };
  expect(difference(frames[0]!.rgb, BOARD.rgb)).toBe(0);
  expect(contrast(frames[6]!)).toBeLessThan(0.6 * contrast(frames[0]!));
  expect(contrast(frames[12]!)).toBeGreaterThan(0.8 * contrast(frames[0]!));
});

test('an abort ends the take at the next frame with the reason given', async () => {
  const abort = new AbortController();
  const reason = new Error('the artist pressed cancel');
  const shot: Shot = shotOf(500, { moves: [move('push-in', 1.2, 0, 500)] });
  const seen: number[] = [];
  const run = async () => {
    const options = { size: SIZE, seed: 1, quality: 'full' as const, progress: () => undefined, warn: () => undefined };
    for await (const frame of engine.animate(shot, [BOARD], { ...options, signal: abort.signal })) {
      seen.push(frame.index);
      if (frame.index === 3) abort.abort(reason);
    }
  };
  await expect(run()).rejects.toBe(reason);
  expect(seen).toEqual([0, 1, 2, 3]);
  await expect(take(engine, shot, [BOARD], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('a caller that stops early leaves the engine fit for the next shot', async () => {
  const options = { size: SIZE, seed: 1, quality: 'full' as const, progress: () => undefined, warn: () => undefined };
  const signal = new AbortController().signal;
  for await (const frame of engine.animate(shotOf(50, { moves: RESTLESS }), [BOARD], { ...options, signal })) {
    if (frame.index === 2) break;
  }
  const { frames } = await take(engine, shotOf(2), [BOARD]);
  expect(difference(frames[1]!.rgb, BOARD.rgb)).toBe(0);
});

test.each([
  ['no frames', shotOf(0), [BOARD], 'shot-empty'],
  ['no board', shotOf(3), [], 'board-missing'],
] as const)('a shot of %s is refused in words', async (_what, shot, boards, code) => {
  const refused = take(engine, shot, boards);
  await expect(refused).rejects.toBeInstanceOf(InbetweenError);
  await expect(refused).rejects.toMatchObject({ problem: { code } });
});

test('memory does not grow with the length of the clip', async () => {
  const shot = shotOf(400, { moves: [move('push-in', 1.2, 0, 400)] });
  const options = { size: SIZE, seed: 1, quality: 'full' as const, progress: () => undefined, warn: () => undefined };
  const marks: number[] = [];
  for await (const frame of engine.animate(shot, [BOARD], { ...options, signal: new AbortController().signal })) {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (frame.index === 100 || frame.index === 399) marks.push(arrayBuffers + heapUsed);
  }
  // Three hundred frames of this size would be 117 MB.
  expect(marks[1]! - marks[0]!).toBeLessThan(40e6);
});

test('a motion region goes its way while the rest stays', async () => {
  const size = { width: 200, height: 100 };
  const near = new Float32Array(50 * 25).fill(0.5);
  const sheet = (name: string, fill: (x: number, y: number) => readonly number[]) => {
    const rgba = new Uint8Array(4 * 20000);
    for (let i = 0; i < 20000; i++) rgba.set(fill(i % 200, Math.floor(i / 200)), 4 * i);
    return { name, width: 200, height: 100, rgba, reliefWidth: 50, reliefHeight: 25, near };
  };
  const car = sheet('car', (x, y) => (Math.hypot(x - 40, y - 50) < 8 ? [0, 0, 0, 255] : [0, 0, 0, 0]));
  const moving = await createParallaxEngine({
    provider: 'cpu',
    workers: 1,
    buildScene: async (_board, { regions }) => ({
      boardWidth: 200,
      boardHeight: 100,
      margin: { x: 0, y: 0 },
      warnings: [],
      layers: [sheet('paper', () => [255, 255, 255, 255]), { ...car, region: regions![0]!.id }],
    }),
  });
  const region = {
    id: 'car',
    name: 'the car',
    outline: [],
    path: [
      { x: 0, y: 0 },
      { x: 0.25, y: 0.2 },
      { x: 0.5, y: 0 },
    ],
    from: 2,
    to: 10,
    ease: 'linear' as const,
  };
  try {
    const { frames } = await take(moving, shotOf(13, { size, regions: [region] }), [grey(0, 255, 200, 100)]);
    const places = frames.map((frame) => findDots(frame.rgb, frame.width, frame.height)[0]!);
    const at = (i: number) => ({ x: (places[i]!.x + 60) / 200, y: places[i]!.y / 100 });
    expect(at(2).x).toBeCloseTo(0, 2);
    expect(at(6).x).toBeCloseTo(0.25, 2);
    expect(at(6).y).toBeCloseTo(0.2, 2);
    expect(at(10).x).toBeCloseTo(0.5, 2);
    expect(at(12)).toEqual(at(10));
  } finally {
    await moving.close();
  }
});
