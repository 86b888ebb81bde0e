/** The camera as it can be measured in the frames: dots on a board are followed from the first frame to the last. */
import type { Engine } from '../../../companion-app/engines/engine';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import { restFocal } from '../../../companion-app/engines/parallax/camera/pose';
import type { BuildScene } from '../../../companion-app/engines/parallax/scene/scene';
import type { CameraMove, MoveKind } from '../../../shared/shot';
import { dotBoard, findDots, similarity, Tracker, type Dot } from './measure/dots';
import { flat, move, sheetScene, shotOf, SIZE, take } from './measure/take';

const FRAMES = 17;
const BOARD = dotBoard(SIZE.width, SIZE.height);
const FOCAL = restFocal(SIZE.width / SIZE.height);
const RADIAN = Math.PI / 180;
const engines = new Map<BuildScene, Promise<Engine>>();

function engineFor(scene: BuildScene): Promise<Engine> {
  const engine = engines.get(scene) ?? createParallaxEngine({ provider: 'cpu', workers: 1, buildScene: scene });
  engines.set(scene, engine);
  return engine;
}

afterAll(async () => {
  for (const engine of engines.values()) await (await engine).close();
});

async function follow(moves: readonly CameraMove[], scene: BuildScene = flat, frames = FRAMES): Promise<Dot[][]> {
  const made = await take(await engineFor(scene), shotOf(frames, { moves }), [BOARD]);
  expect(made.warnings).toEqual([]);
  const tracker = new Tracker(12);
  for (const frame of made.frames) tracker.add(findDots(frame.rgb, frame.width, frame.height));
  return tracker.tracks;
}

const firsts = (tracks: Dot[][]) => tracks.map((track) => track[0]!);
const lasts = (tracks: Dot[][]) => tracks.map((track) => track.at(-1)!);

async function measured(kind: MoveKind, amount: number, scene: BuildScene = flat) {
  const tracks = await follow([move(kind, amount, 0, FRAMES)], scene);
  return similarity(firsts(tracks), lasts(tracks));
}

describe('moves over a flat board', () => {
  test.each([
    ['push-in', 1.25, 1.25],
    ['push-in', 1.05, 1.05],
    ['pull-out', 1.25, 1 / 1.25],
    ['zoom-in', 1.25, 1.25],
    ['zoom-out', 1.4, 1 / 1.4],
    ['dolly-zoom', 1.25, 1],
  ] as const)('%s by %p changes the framing by %p', async (kind, amount, scale) => {
    const seen = await measured(kind, amount);
    expect(seen.scale).toBeCloseTo(scale, 2.5);
    expect(Math.hypot(seen.x, seen.y)).toBeLessThan(0.3);
    expect(Math.abs(seen.turn)).toBeLessThan(0.05);
  });

  test.each([
    ['truck-right', 0.15, -0.15 * SIZE.width, 0],
    ['truck-left', 0.15, 0.15 * SIZE.width, 0],
    ['crane-up', 0.2, 0, 0.2 * SIZE.height],
    ['crane-down', 0.2, 0, -0.2 * SIZE.height],
  ] as const)('%s by %p shifts the picture against the camera', async (kind, amount, x, y) => {
    const seen = await measured(kind, amount);
    expect(seen.x).toBeCloseTo(x, 0.5);
    expect(seen.y).toBeCloseTo(y, 0.5);
    expect(seen.scale).toBeCloseTo(1, 2.5);
  });

  test.each([
    ['pan-right', 10, -1, 0],
    ['pan-left', 6, 1, 0],
    ['whip-pan-left', 10, 1, 0],
    ['tilt-up', 8, 0, 1],
    ['tilt-down', 8, 0, -1],
  ] as const)('%s by %p degrees turns the camera', async (kind, degrees, x, y) => {
    const tracks = await follow([move(kind, degrees, 0, FRAMES)]);
    // The dot nearest to where the camera looks at last started this far from the middle of the frame.
    const travel = FOCAL * Math.tan(degrees * RADIAN) * SIZE.width;
    const start = { x: -x * travel, y: -y * travel };
    const distance = (dot: Dot) => Math.hypot(dot.x - start.x, dot.y - start.y);
    const track = tracks.reduce((a, b) => (distance(b[0]!) < distance(a[0]!) ? b : a));
    const angle = (value: number) => Math.atan(value / (FOCAL * SIZE.width)) / RADIAN;
    // Every dot turns by the same angle about the axis, wherever it is: nothing but a rotation does that.
    for (const [from, to] of tracks.map((one) => [one[0]!, one.at(-1)!] as const)) {
      const turned = x === 0 ? y * (angle(to.y) - angle(from.y)) : x * (angle(to.x) - angle(from.x));
      expect(turned).toBeCloseTo(degrees, 1);
    }
    const [first, last] = [track[0]!, track.at(-1)!];
    expect(angle(last.x) - angle(first.x)).toBeCloseTo(x * degrees, 0.5);
    expect(angle(last.y) - angle(first.y)).toBeCloseTo(y * degrees, 0.5);
  });

  test.each([
    ['roll-cw', 8, -8],
    ['roll-ccw', 15, 15],
  ] as const)('%s by %p degrees turns the picture by %p', async (kind, amount, turn) => {
    const seen = await measured(kind, amount);
    expect(seen.turn).toBeCloseTo(turn, 1);
    expect(seen.scale).toBeCloseTo(1, 2.5);
  });

  test.each([
    ['orbit-right', 12],
    ['orbit-left', 12],
  ] as const)('%s by %p degrees turns the board about its middle', async (kind, degrees) => {
    const tracks = (await follow([move(kind, degrees, 0, FRAMES)])).filter((track) => Math.abs(track[0]!.x) < 70);
    const spread = (dots: Dot[], axis: 'x' | 'y') =>
      Math.sqrt(dots.reduce((sum, dot) => sum + dot[axis] ** 2, 0) / dots.length);
    const narrower = spread(lasts(tracks), 'x') / spread(firsts(tracks), 'x');
    expect(narrower / Math.cos(degrees * RADIAN)).toBeCloseTo(1, 1.5);
    // The side the camera has gone to is nearer, so larger.
    const side = kind === 'orbit-right' ? 1 : -1;
    const tall = (sign: number) => spread(lasts(tracks.filter((t) => t[0]!.x * sign > 20)), 'y');
    expect(tall(side)).toBeGreaterThan(tall(-side) * 1.02);
  });

  test.each(['static', 'hold'] as const)('%s keeps every frame the same', async (kind) => {
    const { frames } = await take(await engineFor(flat), shotOf(5, { moves: [move(kind, 0, 0, 5)] }), [BOARD]);
    for (const frame of frames) expect(Buffer.compare(frame.rgb, BOARD.rgb)).toBe(0);
  });
});

describe('parallax', () => {
  const floor = sheetScene((_x, y) => 0.1 + 0.8 * y);
  const shifts = async (kind: MoveKind, amount: number) => {
    const tracks = await follow([move(kind, amount, 0, FRAMES)], floor);
    const shift = (keep: (dot: Dot) => boolean) => {
      const kept = tracks.filter((track) => keep(track[0]!));
      return kept.reduce((sum, track) => sum + track.at(-1)!.x - track[0]!.x, 0) / kept.length;
    };
    return { far: shift((dot) => dot.y < -70), near: shift((dot) => dot.y > 70) };
  };

  test('a truck moves what is near more than what is far', async () => {
    const { far, near } = await shifts('truck-left', 0.1);
    expect(near / far).toBeGreaterThan(1.25);
  });

  test('a pan does not', async () => {
    const { far, near } = await shifts('pan-left', 5);
    expect(near / far).toBeCloseTo(1, 1);
  });

  const scales = async (kind: MoveKind, amount: number) => {
    const tracks = await follow([move(kind, amount, 0, FRAMES)], floor);
    const scale = (keep: (dot: Dot) => boolean) => {
      const kept = tracks.filter((track) => keep(track[0]!) && Math.abs(track[0]!.x) > 10);
      return kept.reduce((sum, track) => sum + track.at(-1)!.x / track[0]!.x, 0) / kept.length;
    };
    return { far: scale((dot) => dot.y < -50), near: scale((dot) => dot.y > 50) };
  };

  test('a dolly enlarges what is near more than what is far; a zoom both alike; a dolly zoom holds the middle', async () => {
    const dolly = await scales('push-in', 1.2);
    expect(dolly.near / dolly.far).toBeGreaterThan(1.03);
    const zoom = await scales('zoom-in', 1.2);
    expect(zoom.near / zoom.far).toBeCloseTo(1, 2);
    const both = await scales('dolly-zoom', 1.2);
    expect(both.far).toBeGreaterThan(1.015);
    expect(both.near).toBeLessThan(0.985);
  });
});

describe('how moves join', () => {
  const steps = (track: Dot[], axis: 'x' | 'y') => track.slice(1).map((dot, i) => dot[axis] - track[i]![axis]);

  test('a slow push advances evenly, without a staircase', async () => {
    const tracks = await follow([move('push-in', 1.04, 0, 48)], flat, 48);
    const outer = tracks.filter((track) => Math.abs(track[0]!.x) > 150);
    expect(outer.length).toBeGreaterThan(5);
    for (const track of outer) {
      const way = steps(track, 'x');
      const mean = way.reduce((a, b) => a + b, 0) / way.length;
      for (const step of way) expect(Math.abs(step - mean)).toBeLessThan(0.05);
    }
  });

  test.each([
    ['linear', 'linear'],
    ['ease-out', 'linear'],
    ['linear', 'ease-in-out'],
    ['ease-in', 'snap'],
  ] as const)('speed has no jump where %s passes into %s', async (first, second) => {
    const tracks = await follow(
      [move('truck-right', 0.1, 0, 24, first), move('truck-right', 0.2, 24, 48, second)],
      flat,
      49,
    );
    const way = steps(tracks[0]!, 'x');
    const fastest = Math.max(...way.map(Math.abs));
    for (let i = 1; i < way.length; i++) expect(Math.abs(way[i]! - way[i - 1]!)).toBeLessThan(fastest * 0.45);
    expect(tracks[0]!.at(-1)!.x - tracks[0]![0]!.x).toBeCloseTo(-0.3 * SIZE.width, 0);
  });

  test('moves at the same time add up', async () => {
    const tracks = await follow([
      move('zoom-in', 1.2, 0, FRAMES),
      move('roll-cw', 6, 0, FRAMES),
      move('truck-left', 0.05, 0, FRAMES),
    ]);
    const seen = similarity(firsts(tracks), lasts(tracks));
    expect(seen.scale).toBeCloseTo(1.2, 1.5);
    expect(seen.turn).toBeCloseTo(-6, 0.5);
  });

  test('a hold after a move stays where the move ended', async () => {
    const tracks = await follow([move('truck-left', 0.1, 0, 12), move('hold', 0, 12, 24)], flat, 24);
    const way = steps(tracks[0]!, 'x');
    expect(Math.max(...way.slice(12).map(Math.abs))).toBeLessThan(0.02);
    expect(tracks[0]!.at(-1)!.x - tracks[0]![0]!.x).toBeCloseTo(0.1 * SIZE.width, 0.5);
  });
});

describe('drawn camera frames', () => {
  test('the frame shows the box that was drawn, at both ends, and goes straight between', async () => {
    const key = (frame: number, x: number, y: number, scale: number) => ({
      frame,
      center: { x, y },
      scale,
      roll: 0,
      ease: 'linear' as const,
    });
    const engine = await engineFor(flat);
    const shot = shotOf(FRAMES, {
      framing: [key(0, 0.5, 0.5, 1), key(FRAMES - 1, 0.35, 0.4, 0.7)],
      moves: [move('pan-left', 40, 0, FRAMES)],
    });
    const { frames } = await take(engine, shot, [BOARD]);
    const tracker = new Tracker(12);
    for (const frame of frames) tracker.add(findDots(frame.rgb, frame.width, frame.height));
    const seen = similarity(firsts(tracker.tracks), lasts(tracker.tracks));
    expect(seen.scale).toBeCloseTo(1 / 0.7, 2);
    expect(seen.x).toBeCloseTo((0.15 * SIZE.width) / 0.7, 0.5);
    expect(seen.y).toBeCloseTo((0.1 * SIZE.height) / 0.7, 0.5);
  });
});
