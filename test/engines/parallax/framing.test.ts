/** What the artist sees first: travelling over long boards, edges that go on by themselves, starting closer where they cannot. */
import type { BoardPicture, Engine, Frame } from '../../../companion-app/engines/engine';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import { plainSides } from '../../../companion-app/engines/parallax/framing/edges';
import { footingFor, MOST_CLOSER } from '../../../companion-app/engines/parallax/framing/stand-for';
import { move, shotOf, SIZE, take } from './measure/take';

let engine: Engine;
beforeAll(async () => {
  engine = await createParallaxEngine({ provider: 'cpu', workers: 2 });
});
afterAll(() => engine.close());

type Paint = (x: number, y: number) => number;

function board(width: number, height: number, paint: Paint): BoardPicture {
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) rgb.fill(paint(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { at: 0, name: 'board', width, height, rgb };
}

/** A wall, a floor with its line, and a mannequin of a round head on a body standing `x` pixels from the left. */
function room(x: number): BoardPicture {
  return board(SIZE.width, SIZE.height, (px, py) => {
    const head = Math.hypot(px - x, py - 110);
    if (head < 20) return head > 17 ? 20 : 120;
    const body = Math.abs(px - x) < 14 && py > 130 && py < 240;
    if (body) return Math.abs(px - x) > 11 || py > 237 ? 20 : 120;
    if (py >= 200 && py < 203) return 30;
    return py < 200 ? 250 : 225;
  });
}

/** Figures before the wall: runs of columns with something dark above the floor line. */
function figures(frame: Pick<Frame, 'width' | 'rgb'>): number {
  const dark = Array.from({ length: frame.width }, (_, x) => {
    for (let y = 80; y < 185; y++) if (frame.rgb[3 * (y * frame.width + x)]! < 160) return true;
    return false;
  });
  return dark.filter((is, x) => is && dark[x - 1] !== true).length;
}

const difference = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length;

describe('edges', () => {
  test('a wall and its floor line can be carried on; a figure, a pole or a window at the edge cannot', () => {
    expect(plainSides(room(240))).toEqual({ left: true, right: true, top: true, bottom: true });
    expect(plainSides(room(460)).right).toBe(false);
    expect(plainSides(room(22)).left).toBe(false);
    const pole = board(480, 270, (x) => (x > 460 && x < 466 ? 60 : 250));
    expect(plainSides(pole)).toMatchObject({ left: true, right: false });
    expect(plainSides(board(1, 1, () => 9))).toMatchObject({ left: true, bottom: true });
  });
});

describe('footing', () => {
  const room = { left: 0, right: 0, top: 0, bottom: 0 };
  /** A frame that goes `travel` frame widths to the right. */
  const going = (travel: number) => (gain: number, stand: { closer: number; x: number }) => {
    const half = 0.5 / stand.closer;
    const flat = half - 0.5;
    return { left: flat - stand.x, right: flat + stand.x + (travel * gain) / stand.closer, top: flat, bottom: flat };
  };

  test('nothing changes where there is room', () => {
    expect(footingFor(going(0.3), { ...room, right: 0.3 }, 0.5625)).toEqual({
      gain: 1,
      stand: { closer: 1, x: 0, y: 0 },
    });
  });

  test('the camera starts closer and the other way, so that the travel just fits', () => {
    const { gain, stand } = footingFor(going(0.2), room, 0.5625);
    expect(gain).toBe(1);
    expect(stand.closer).toBeCloseTo(1.2, 2);
    expect(stand.x).toBeCloseTo(-0.5 + 0.5 / 1.2, 2);
  });

  test('what is left over makes the move smaller', () => {
    const { gain, stand } = footingFor(going(0.7), room, 0.5625);
    expect(stand.closer).toBe(MOST_CLOSER);
    expect(gain).toBeCloseTo(0.5, 2);
  });
});

describe('boards of the frame’s shape', () => {
  test('no twin appears beside a figure at the edge: the camera starts closer instead', async () => {
    const drawn = room(442);
    const { frames } = await take(engine, shotOf(7, { moves: [move('truck-right', 0.12, 0, 7)] }), [drawn]);
    expect(figures({ ...SIZE, rgb: drawn.rgb })).toBe(1);
    for (const frame of frames) expect(figures(frame)).toBeLessThanOrEqual(1);
    expect(figures(frames.at(-1)!)).toBe(1);
    expect(difference(frames[0]!.rgb, drawn.rgb)).toBeGreaterThan(1);
  });

  test('a plain wall is carried on, floor line and all, and the take starts on the whole board', async () => {
    const drawn = room(240);
    const { frames, warnings } = await take(engine, shotOf(7, { moves: [move('pan-right', 8, 0, 7)] }), [drawn]);
    expect(warnings).toEqual([]);
    expect(difference(frames[0]!.rgb, drawn.rgb)).toBeLessThan(0.5);
    const last = frames.at(-1)!;
    expect(figures(last)).toBe(1);
    // The last column: wall above, one line, floor below.
    const column = Array.from({ length: SIZE.height }, (_, y) => last.rgb[3 * (y * SIZE.width + SIZE.width - 3)]!);
    expect(column.filter((v) => v > 240).length).toBeGreaterThan(150);
    expect(column.filter((v) => v < 150).length).toBeLessThan(12);
    expect(column.some((v) => v < 150)).toBe(true);
  });

  test.each([
    ['push-in', 1.3],
    ['zoom-in', 1.3],
    ['hold', 0],
  ] as const)('%s starts on the whole board whatever is at its edges', async (kind, amount) => {
    const drawn = room(460);
    const { frames } = await take(engine, shotOf(3, { moves: [move(kind, amount, 0, 3)] }), [drawn]);
    expect(difference(frames[0]!.rgb, drawn.rgb)).toBeLessThan(0.5);
  });

  test('boards of one shot share one footing, so that nothing jumps at a cut', async () => {
    const [edge, plain] = [room(442), { ...room(240), at: 4 }];
    const shot = shotOf(8, { moves: [move('truck-right', 0.12, 0, 8)] });
    const { frames } = await take(engine, shot, [edge, plain]);
    // The floor line tells how close the camera stands.
    const floor = (frame: Frame) => {
      for (let y = SIZE.height - 1; y > 0; y--) if (frame.rgb[3 * (y * SIZE.width + 30)]! < 120) return y;
      return -1;
    };
    expect(floor(frames[0]!)).toBeGreaterThan(203);
    expect(Math.abs(floor(frames[4]!) - floor(frames[3]!))).toBeLessThanOrEqual(2);
  });
});

describe('boards longer than the frame', () => {
  /** Each tenth of the board, from the top or the left, has a grey of its own. */
  const tall = board(270, 480, (_x, y) => 20 * Math.floor(y / 48) + 20);
  const wide = board(640, 180, (x) => 20 * Math.floor(x / 64) + 20);
  const grey = (frame: Frame, x: number, y: number) =>
    frame.rgb[3 * (Math.floor(y * (frame.height - 1)) * frame.width + Math.floor(x * (frame.width - 1)))]!;

  test.each(['letterbox', 'fill'] as const)(
    'a tilt up a tall board goes from its foot to its top (%s)',
    async (fit) => {
      const shot = shotOf(9, { fit, moves: [move('tilt-up', 10, 0, 9)] });
      const { frames, warnings } = await take(engine, shot, [tall]);
      expect(warnings).toEqual([]);
      expect(grey(frames[0]!, 0.5, 1)).toBeCloseTo(200, -1);
      expect(grey(frames[0]!, 0.02, 0.98)).toBeCloseTo(200, -1);
      expect(grey(frames.at(-1)!, 0.5, 0)).toBeCloseTo(20, -1);
      expect(grey(frames[4]!, 0.5, 0.45)).toBeCloseTo(100, -1);
    },
  );

  test('a whip pan to the left goes over a wide board from right to left', async () => {
    const shot = shotOf(9, { fit: 'letterbox', moves: [move('whip-pan-left', 18, 0, 9, 'snap')] });
    const { frames } = await take(engine, shot, [wide]);
    expect(grey(frames[0]!, 1, 0.5)).toBeCloseTo(200, -1);
    expect(grey(frames.at(-1)!, 0, 0.5)).toBeCloseTo(20, -1);
  });

  test('an amount that was stated limits the travel', async () => {
    const shot = shotOf(9, { moves: [move('crane-up', 0.5, 0, 9)] });
    const { frames } = await take(engine, shot, [tall]);
    expect(grey(frames[0]!, 0.5, 1)).toBeCloseTo(200, -1);
    const height = (SIZE.height / SIZE.width) * 270;
    const bottom = 480 - 0.5 * height;
    expect(Math.abs(grey(frames.at(-1)!, 0.5, 1) - (20 * Math.floor(bottom / 48) + 20))).toBeLessThanOrEqual(20);
  });

  test('other moves leave the board as it is laid in', async () => {
    const shot = shotOf(3, { fit: 'letterbox', moves: [move('push-in', 1.2, 0, 3)] });
    const { frames } = await take(engine, shot, [tall]);
    expect(grey(frames[0]!, 0.5, 0)).toBeCloseTo(20, -1);
    expect(grey(frames[0]!, 0.5, 1)).toBeCloseTo(200, -1);
    expect(grey(frames[0]!, 0.05, 0.5)).toBe(grey(frames[0]!, 0.95, 0.5));
  });
});
