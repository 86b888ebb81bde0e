/** What drawings become between boards: poses that move without ghosts, backgrounds that stay, cuts where nothing answers. */
import type { BoardPicture, Engine } from '../../../companion-app/engines/engine';
import { createInbetweenEngine } from '../../../companion-app/engines/inbetween';
import { InbetweenError } from '../../../shared/problem';
import { shotOf, move, take } from '../parallax/measure/take';
import {
  crossings,
  difference,
  drawn,
  ELSEWHERE,
  firstStroke,
  HEIGHT,
  inkOf,
  part,
  person,
  ROOM,
  WIDTH,
} from './drawn';

// Pixel loops run several times slower inside the test runner's sandbox than outside it.
jest.setTimeout(120_000);

const SIZE = { width: WIDTH, height: HEIGHT };

let engine: Engine;
beforeAll(async () => {
  engine = await createInbetweenEngine({ provider: 'cpu', workers: 2 });
});
afterAll(() => engine.close());

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('an arm raised', () => {
  let boards: BoardPicture[];
  let frames: readonly Uint8Array[];
  let warnings: readonly string[];
  beforeAll(async () => {
    boards = [await drawn(0, ROOM + person(240, 0)), await drawn(20, ROOM + person(240, 110))];
    const made = await take(engine, shotOf(24, { size: SIZE }), boards);
    frames = made.frames.map(({ rgb }) => rgb);
    warnings = made.warnings;
  });

  test('shows each board exactly on its own frame, and holds the first until the move', () => {
    expect(warnings).toEqual([]);
    for (const frame of [0, 4, 8]) expect(same(frames[frame]!, boards[0]!.rgb)).toBe(true);
    for (const frame of [20, 23]) expect(same(frames[frame]!, boards[1]!.rgb)).toBe(true);
  });

  test('leaves what stands still as it is, byte for byte', () => {
    const box = (rgb: Uint8Array) => part(rgb, 15, 160, 120, 245);
    for (const rgb of frames) expect(same(box(rgb), box(boards[0]!.rgb))).toBe(true);
  });

  test('has as much ink between the boards as on them', () => {
    const keys = [inkOf(boards[0]!.rgb), inkOf(boards[1]!.rgb)];
    for (const rgb of frames.slice(9, 20)) {
      expect(inkOf(rgb)).toBeGreaterThan(0.85 * Math.min(...keys));
      expect(inkOf(rgb)).toBeLessThan(1.12 * Math.max(...keys));
    }
  });

  test('passes poses that neither board shows', () => {
    // Half way up the arm reaches out to the right, where neither board has any of it.
    const reach = (rgb: Uint8Array) => inkOf(part(rgb, 300, 95, 350, 135));
    const middle = Math.max(...frames.slice(12, 17).map(reach));
    expect(reach(boards[0]!.rgb)).toBe(0);
    expect(middle).toBeGreaterThan(80);
  });
});

describe('a figure that walks', () => {
  test('crosses the frame once, its outline never doubled', async () => {
    const boards = [await drawn(0, ROOM + person(180, 0)), await drawn(20, ROOM + person(300, 0))];
    const { frames } = await take(engine, shotOf(21, { size: SIZE }), boards);
    const row = 130;
    const wanted = crossings(boards[0]!.rgb, row, 0, 395);
    const places = frames.map(({ rgb }) => firstStroke(rgb, row, 0));
    for (const { rgb } of frames) expect(crossings(rgb, row, 0, 395)).toBe(wanted);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeLessThan(160);
    expect(places[20]).toBeGreaterThan(270);
    expect(new Set(places).size).toBeGreaterThan(8);
  });
});

test('strokes that only one board has are drawn and undrawn, the rest stays', async () => {
  const mouth = '<path d="M200 200H280"/>';
  const boards = [await drawn(0, ROOM + mouth), await drawn(20, ROOM)];
  const { frames, warnings } = await take(engine, shotOf(21, { size: SIZE }), boards);
  const lengths = frames.map(({ rgb }) => inkOf(part(rgb, 190, 190, 290, 210)));
  expect(warnings).toEqual([]);
  expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
  expect(new Set(lengths).size).toBeGreaterThan(3);
  expect(lengths[20]).toBe(0);
});

/** Half as large: what is looked for is as plain there, and quicker found. */
const HALF = { width: WIDTH / 2, height: (HEIGHT + 2) / 2 };
const smaller = (at: number, inside: string): Promise<BoardPicture> => drawn(at, inside, HALF.width, HALF.height);

describe('tones that change', () => {
  const level = (rgb: Uint8Array, x: number, y: number): number => rgb[3 * ((y / 2) * HALF.width + x / 2)]!;
  const falls = (levels: readonly number[], from: number, to: number): void => {
    expect([levels[0], levels.at(-1)]).toEqual([from, to]);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    const steps = levels.slice(1).map((value, i) => levels[i]! - value);
    expect(Math.max(...steps)).toBeLessThan(0.4 * (from - to));
  };

  test('a wash that changes its grey passes all greys between, its outline drawn once', async () => {
    const wash = (grey: string) => `${ROOM}<rect x="180" y="40" width="120" height="80" fill="${grey}"/>`;
    const boards = [await smaller(0, wash('#eee')), await smaller(10, wash('#888'))];
    const { frames } = await take(engine, shotOf(11, { size: HALF }), boards);
    for (const { rgb } of frames) expect(crossings(rgb, 40, 75, 165, HALF.width)).toBe(2);
    for (const x of [190, 240, 290])
      falls(
        frames.map(({ rgb }) => level(rgb, x, 80)),
        0xee,
        0x88,
      );
  });

  test('a wall darkens behind a figure that moves, everywhere alike', async () => {
    const dusk = '<rect width="480" height="150" fill="#bbb" stroke="none"/>';
    const boards = [await smaller(0, ROOM + person(230, 0)), await smaller(10, dusk + ROOM + person(260, 40))];
    const { frames } = await take(engine, shotOf(11, { size: HALF }), boards);
    falls(
      frames.map(({ rgb }) => level(rgb, 60, 60)),
      255,
      0xbb,
    );
    // Beside the head, where one of the boards hides the wall and the other does not.
    for (const { rgb } of frames.slice(5, 10))
      expect(Math.abs(level(rgb, 60, 60) - level(rgb, 198, 60))).toBeLessThanOrEqual(3);
  });
});

test('an arm that comes out from behind a desk is whole all the way', async () => {
  const desk = '<rect x="150" y="165" width="200" height="70" fill="#c9b08a"/>';
  const figure = (raised: number) =>
    `<rect x="215" y="90" width="50" height="90" fill="#bbb"/><g transform="rotate(${-raised} 270 98)"><rect x="266" y="94" width="16" height="92" fill="#777"/></g>`;
  const boards = [await drawn(0, ROOM + figure(0) + desk), await drawn(20, ROOM + figure(100) + desk)];
  const { frames } = await take(engine, shotOf(21, { size: SIZE }), boards);
  const skin = (rgb: Uint8Array): number => {
    let count = 0;
    for (let i = 0; i < rgb.length; i += 3) if (rgb[i]! > 0x6f && rgb[i]! < 0x7f && rgb[i + 2]! > 0x6f) count += 1;
    return count;
  };
  const whole = skin(frames[20]!.rgb);
  const [hidden, ...areas] = [8, 13, 15, 17].map((frame) => skin(frames[frame]!.rgb));
  expect(hidden).toBeLessThan(0.82 * whole);
  // From before the middle on, where the first board alone would show the arm cut off, it is as long as it will be.
  for (const area of areas) expect(area).toBeGreaterThan(0.86 * whole);
  const piece = (rgb: Uint8Array) => part(rgb, 160, 205, 340, 230);
  for (const { rgb } of frames) expect(same(piece(rgb), piece(frames[0]!.rgb))).toBe(true); // prettier-ignore
});

describe('parts that move by themselves, and focus', () => {
  const ball = `<circle cx="60" cy="60" r="22" fill="#555"/>`;
  const region = {
    ...{ id: 'ball', name: 'ball', from: 0, to: 5, ease: 'linear' as const },
    outline: [{ x: 0.06, y: 0.1 }, { x: 0.19, y: 0.1 }, { x: 0.19, y: 0.35 }, { x: 0.06, y: 0.35 }],
    path: [{ x: 0, y: 0 }, { x: 0.25, y: 0 }],
  }; // prettier-ignore

  test('go their way while their board is held, the paper healed behind them; the next board is itself', async () => {
    const boards = [await smaller(0, ROOM + ball), await smaller(10, ROOM + person(300, 0))];
    const shot = shotOf(12, { size: HALF, regions: [region] });
    const { frames, warnings } = await take(engine, shot, boards);
    expect(warnings).toEqual([]);
    expect(same(frames[0]!.rgb, boards[0]!.rgb)).toBe(true);
    const places = frames.slice(0, 5).map(({ rgb }) => firstStroke(rgb, 30, 0, HALF.width));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[4]! - places[0]!).toBeGreaterThan(30);
    expect(inkOf(part(frames[4]!.rgb, 18, 18, 42, 42, HALF.width))).toBe(0);
    for (const frame of [10, 11]) expect(same(frames[frame]!.rgb, boards[1]!.rgb)).toBe(true);
  });

  const busy = (at: number, x: number) =>
    smaller(at, `${ROOM}<path d="M0 20H480M0 30H480M0 40H480M0 50H480"/>${person(x, 0)}`);
  const contrast = (rgb: Uint8Array, x0: number, y0: number, x1: number, y1: number): number =>
    part(rgb, x0, y0, x1, y1, HALF.width).reduce(
      (sum, v, i, all) => sum + Math.abs(v - (all[i + 3 * (x1 - x0)] ?? v)),
      0,
    );

  test('focus is racked from far to near while drawings move', async () => {
    const boards = [await busy(0, 220), await busy(8, 250)];
    const shot = shotOf(12, { size: HALF, moves: [move('rack-focus', 1, 0, 12)] });
    const { frames, warnings } = await take(engine, shot, boards);
    expect(warnings).toEqual([]);
    const far = (i: number) => contrast(frames[i]!.rgb, 20, 7, 90, 28);
    const near = (i: number) => contrast(frames[i]!.rgb, 100, 85, 140, 133);
    expect(far(11)).toBeLessThan(0.7 * far(0));
    expect(near(0) / near(11)).toBeLessThan(far(0) / far(11));
  });

  test('where the camera travels too focus stays, and it is said', async () => {
    const boards = [await busy(0, 220), await busy(8, 250)];
    const moves = [move('rack-focus', 1, 0, 10), move('truck-right', 0.1, 0, 10)];
    const { warnings } = await take(engine, shotOf(10, { size: HALF, moves }), boards);
    expect(warnings).toEqual([expect.stringContaining('Racking focus is left out')]);
  });
});

test('a board framed a little aside is laid over the other, and the whole drawing moves as one', async () => {
  const all = ROOM + person(240, 0);
  const boards = [await drawn(0, all), await drawn(20, `<g transform="translate(18 -9)">${all}</g>`)];
  const { frames, warnings } = await take(engine, shotOf(21, { size: SIZE }), boards);
  expect(warnings).toEqual([]);
  const places = frames.map(({ rgb }) => firstStroke(rgb, 200, 10));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[20]! - places[0]!).toBe(18);
  expect(new Set(places).size).toBeGreaterThan(6);
  for (const { rgb } of frames) expect(crossings(rgb, 120, 150, 330)).toBe(crossings(boards[0]!.rgb, 120, 150, 330));
});

test('boards with nothing in common are cut, and it is said', async () => {
  const boards = [await drawn(0, ROOM + person(240, 0)), await drawn(12, ELSEWHERE)];
  const { frames, warnings } = await take(engine, shotOf(14, { size: SIZE }), boards);
  expect(warnings).toEqual([
    expect.stringMatching(/board at 0 and board at 12 have too little in common \(\d+ %.*cut/),
  ]);
  frames.forEach(({ rgb }, i) => expect(same(rgb, boards[i < 12 ? 0 : 1]!.rgb)).toBe(true));
});

test('three boards are three poses, each on its frame', async () => {
  const boards = [
    await drawn(0, ROOM + person(240, 0)),
    await drawn(10, ROOM + person(240, 60)),
    await drawn(20, ROOM + person(200, 60)),
  ];
  const { frames } = await take(engine, shotOf(24, { size: SIZE }), [boards[2]!, boards[0]!, boards[1]!]);
  expect(frames.map(({ index }) => index)).toEqual([...Array(24).keys()]);
  for (const [i, board] of [0, 10, 20].entries()) expect(same(frames[board]!.rgb, boards[i]!.rgb)).toBe(true);
  const moving = frames.filter(({ rgb }) => boards.every((board) => !same(rgb, board.rgb)));
  expect(moving.length).toBeGreaterThan(7);
});

test('on twos every picture is held for two frames', async () => {
  const boards = [await drawn(0, ROOM + person(200, 0)), await drawn(20, ROOM + person(260, 0))];
  const { frames } = await take(engine, shotOf(24, { size: SIZE, onTwos: true }), boards);
  for (let i = 0; i < 24; i += 2) expect(same(frames[i]!.rgb, frames[i + 1]!.rgb)).toBe(true);
  expect(same(frames[14]!.rgb, frames[16]!.rgb)).toBe(false);
});

test('the camera goes on over the boards while the drawing moves', async () => {
  const boards = [await drawn(0, ROOM + person(220, 0)), await drawn(16, ROOM + person(260, 0))];
  const shot = shotOf(24, { size: SIZE, moves: [move('push-in', 1.5, 0, 24)] });
  const { frames } = await take(engine, shot, boards);
  const still = await take(engine, shotOf(24, { size: SIZE }), boards);
  expect(same(frames[0]!.rgb, boards[0]!.rgb)).toBe(true);
  // Closer by half: a stroke of the room has left its place, and the figure is larger.
  expect(inkOf(frames[23]!.rgb)).toBeGreaterThan(1.1 * inkOf(still.frames[23]!.rgb));
  const steps = frames.slice(1).map(({ rgb }, i) => difference(rgb, frames[i]!.rgb));
  const atBoard = steps[15]!;
  expect(atBoard).toBeLessThan(1.6 * Math.max(...steps.slice(0, 14)));
  expect(Math.min(...steps)).toBeGreaterThan(0);
});

test('the same boards give the same bytes', async () => {
  const boards = [await drawn(0, ROOM + person(200, 0)), await drawn(10, ROOM + person(230, 40))];
  const shot = shotOf(10, { size: SIZE, moves: [move('truck-right', 0.05, 0, 10)] });
  const once = await take(engine, shot, boards);
  const other = await createInbetweenEngine({ provider: 'cpu', workers: 1 });
  try {
    const again = await take(other, shot, boards);
    again.frames.forEach(({ rgb }, i) => expect(same(rgb, once.frames[i]!.rgb)).toBe(true));
  } finally {
    await other.close();
  }
});

const blank = (at: number, width: number, height: number, grey = 255): BoardPicture => ({
  at, name: `blank ${at}`, width, height, rgb: new Uint8Array(3 * width * height).fill(grey),
}); // prettier-ignore

test.each([
  [
    'boards of odd sizes',
    { width: 202, height: 114 },
    () => Promise.all([drawn(0, ROOM + person(200, 0), 301, 169), drawn(8, ROOM + person(230, 0), 333, 201)]),
  ],
  [
    'upright frames',
    { width: 90, height: 160 },
    () => Promise.all([drawn(0, person(200, 0)), drawn(8, person(230, 0))]),
  ],
  ['blank boards', { width: 64, height: 36 }, () => Promise.resolve([blank(0, 64, 36), blank(8, 64, 36, 90)])],
  ['boards of one pixel', { width: 2, height: 2 }, () => Promise.resolve([blank(0, 1, 1), blank(8, 1, 1, 0)])],
] as const)('%s give whole frames', async (_what, size, make) => {
  const boards = await make();
  for (const fit of ['fill', 'letterbox'] as const) {
    const { frames } = await take(engine, shotOf(12, { size, fit, moves: [move('push-in', 1.2, 0, 12)] }), boards);
    expect(frames.map(({ rgb }) => rgb.length)).toEqual(Array(12).fill(3 * size.width * size.height));
  }
});

test('an abort ends the take with the reason given, while boards are matched and between frames', async () => {
  const boards = [await drawn(0, ROOM + person(200, 0)), await drawn(20, ROOM + person(260, 0))];
  const reason = new Error('the artist pressed cancel');
  for (const stage of ['matching the boards', 'drawing in-betweens']) {
    const abort = new AbortController();
    const stopAt = (_done: number, _of: number, what: string) => {
      if (what === stage) abort.abort(reason);
    };
    const taken = take(engine, shotOf(24, { size: SIZE }), boards, { signal: abort.signal, progress: stopAt });
    await expect(taken).rejects.toBe(reason);
  }
});

test.each([
  ['no frames', 0, true, 'shot-empty'],
  ['no board', 5, false, 'board-missing'],
] as const)('a shot of %s is refused in words', async (_what, frames, withBoard, code) => {
  const refused = take(engine, shotOf(frames, { size: SIZE }), withBoard ? [blank(0, 64, 36)] : []);
  await expect(refused).rejects.toBeInstanceOf(InbetweenError);
  await expect(refused).rejects.toMatchObject({ problem: { code } });
});

test('more boards and frames cost more', () => {
  const boards = [0, 10, 20].map((at) => ({ board: '0'.repeat(64), at, name: `${at}` }));
  const units = (frames: number, count: number) =>
    engine.estimate(shotOf(frames, { boards: boards.slice(0, count) }), SIZE).units;
  expect(units(48, 1)).toBeGreaterThan(units(24, 1));
  expect(units(24, 3)).toBeGreaterThan(units(24, 2));
});
