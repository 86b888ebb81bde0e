/** Motion regions through the real engine: cut out, moved, the background healed behind them. */
import type { BoardPicture, Engine, Frame } from '../../../companion-app/engines/engine';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import type { MotionRegion, Point } from '../../../shared/shot';
import { shotOf, take } from './measure/take';
import { board, figure } from './scene/drawings';

const SIZE = { width: 640, height: 360 };

let engine: Engine;
beforeAll(async () => {
  engine = await createParallaxEngine({ provider: 'cpu', workers: 2 });
});
afterAll(() => engine.close());

const loop = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  { x: x0, y: y0 },
  { x: x1, y: y0 },
  { x: x1, y: y1 },
  { x: x0, y: y1 },
];

function region(outline: readonly Point[], path: readonly Point[], parts: Partial<MotionRegion> = {}): MotionRegion {
  return { id: 'a', name: 'Anna', outline, path, from: 0, to: 4, ease: 'linear', ...parts };
}

async function lastFrame(drawn: BoardPicture, ...regions: MotionRegion[]): Promise<Frame> {
  const { frames } = await take(engine, shotOf(5, { size: SIZE, regions, moves: [] }), [drawn]);
  return frames[4]!;
}

/** Mean difference of two pictures in a rectangle, in grey levels. */
function apart(a: Uint8Array, b: Uint8Array, x0: number, y0: number, x1: number, y1: number): number {
  let sum = 0;
  for (let y = y0; y < y1; y++) {
    for (let i = 3 * (y * SIZE.width + x0); i < 3 * (y * SIZE.width + x1); i++) sum += Math.abs(a[i]! - b[i]!);
  }
  return sum / (3 * (x1 - x0) * (y1 - y0));
}

const ROOM =
  '<path d="M0 230H640" stroke="#222" stroke-width="3"/><rect x="500" y="60" width="90" height="170" fill="#ddd" stroke="#222" stroke-width="3"/>';
const ANNA = loop(0.12, 0.2, 0.38, 0.98);
/** A quarter of the frame to the right. */
const ACROSS: Point[] = [
  { x: 0, y: 0 },
  { x: 0.25, y: 0 },
];

describe('a figure in a loop', () => {
  test('is at its new place, with clean background at the old one and nothing else changed', async () => {
    const frame = await lastFrame(await board(ROOM + figure(160, 330, 220)), region(ANNA, ACROSS));
    const wanted = await board(ROOM + figure(320, 330, 220));
    expect(apart(frame.rgb, wanted.rgb, 0, 0, 640, 360)).toBeLessThan(0.8);
    expect(apart(frame.rgb, wanted.rgb, 100, 80, 230, 345)).toBeLessThan(0.8);
    expect(apart(frame.rgb, wanted.rgb, 400, 0, 640, 360)).toBe(0);
  });

  test('moves whole when the loop misses its feet, and takes no paper with it', async () => {
    const drawn = await board(ROOM + figure(160, 330, 220));
    const frame = await lastFrame(drawn, region(loop(0.12, 0.2, 0.38, 0.86), [ACROSS[0]!, { x: 0.5, y: 0 }]));
    const wanted = await board(ROOM + figure(480, 330, 220));
    expect(apart(frame.rgb, wanted.rgb, 0, 0, 640, 360)).toBeLessThan(0.8);
  });

  test('leaves no mark when it goes out of frame', async () => {
    const frame = await lastFrame(
      await board(ROOM + figure(160, 330, 220)),
      region(ANNA, [
        { x: 0, y: 0 },
        { x: -0.6, y: 0.1 },
      ]),
    );
    expect(apart(frame.rgb, (await board(ROOM)).rgb, 0, 0, 640, 360)).toBeLessThan(0.3);
  });

  test('moves by its own board where that is cropped by the frame', async () => {
    const drawn = await board(figure(160, 500, 220), 640, 720);
    const way: Point[] = [
      { x: 0, y: 0 },
      { x: 0.25, y: -0.1 },
    ];
    const frame = await lastFrame(drawn, region(loop(0.12, 0.35, 0.38, 0.75), way));
    const wanted = await board(figure(320, 428, 220), 640, 720);
    expect(apart(frame.rgb, wanted.rgb.subarray(3 * 640 * 180, 3 * 640 * 540), 0, 0, 640, 360)).toBeLessThan(0.8);
  });
});

test('a mask that came with the board wins over the outline', async () => {
  const drawn = await board(ROOM + figure(160, 330, 220));
  const grey = Uint8Array.from({ length: 64 * 36 }, (_, i) => (i % 64 >= 8 && i % 64 < 24 ? 255 : 0));
  const masks = new Map([['f'.repeat(64), { width: 64, height: 36, grey }]]);
  const frame = await lastFrame(
    { ...drawn, masks },
    region(loop(0.8, 0.1, 0.9, 0.2), ACROSS, { mask: 'f'.repeat(64) }),
  );
  expect(apart(frame.rgb, (await board(ROOM + figure(320, 330, 220))).rgb, 0, 0, 640, 360)).toBeLessThan(0.8);
});

test('a part of a figure leaves the body whole behind it', async () => {
  const body = '<rect x="220" y="60" width="200" height="290" fill="#e8c8a0" stroke="#111" stroke-width="4"/>';
  const badge = '<circle cx="320" cy="180" r="22" fill="#406080" stroke="#111" stroke-width="4"/>';
  const away: Point[] = [
    { x: 0, y: 0 },
    { x: 0.3, y: 0 },
  ];
  const frame = await lastFrame(await board(ROOM + body + badge), region(loop(0.45, 0.4, 0.55, 0.6), away));
  expect(apart(frame.rgb, (await board(ROOM + body)).rgb, 285, 145, 355, 215)).toBeLessThan(2);
  const there = 3 * (180 * 640 + 512);
  expect(Math.abs(frame.rgb[there]! - 0x40)).toBeLessThan(6);
});

test('six regions move at once, and one with nothing in it is named', async () => {
  const marks = Array.from(
    { length: 6 },
    (_, i) => `<circle cx="${70 + 100 * i}" cy="90" r="24" fill="#fff" stroke="#111" stroke-width="4"/>`,
  );
  const lower = Array.from(
    { length: 6 },
    (_, i) => `<circle cx="${70 + 100 * i}" cy="234" r="24" fill="#fff" stroke="#111" stroke-width="4"/>`,
  );
  const down: Point[] = [
    { x: 0, y: 0 },
    { x: 0, y: 0.4 },
  ];
  const around = marks.map((_, i) =>
    region(loop((30 + 100 * i) / 640, 0.1, (110 + 100 * i) / 640, 0.4), down, { id: `r${i}` }),
  );
  const frame = await lastFrame(await board(marks.join('')), ...around);
  expect(apart(frame.rgb, (await board(lower.join(''))).rgb, 0, 0, 640, 360)).toBeLessThan(0.8);
  const { warnings } = await take(
    engine,
    shotOf(2, { size: SIZE, regions: [region(loop(2, 2, 3, 3), down, { name: 'the bird' })], moves: [] }),
    [await board(marks.join(''))],
  );
  expect(warnings.join()).toContain('the bird');
});
