/** What the camera did, read from the frames: dots on a board are followed from the first frame to the last. */
import type { Engine } from '../../companion-app/engines/engine';
import { restFocal } from '../../companion-app/engines/parallax/camera/pose';
import type { MoveKind } from '../../shared/shot';
import { dotBoard, findDots, similarity, Tracker, type Dot } from '../../test/engines/parallax/measure/dots';
import { move, shotOf, SIZE, take } from '../../test/engines/parallax/measure/take';

export interface Row {
  readonly kind: MoveKind;
  readonly asked: string;
  readonly seen: string;
  /** How the two differ, in the unit asked for; absent where there is no number to compare. */
  readonly error?: number;
  readonly how: string;
}

const FRAMES = 25;
const BOARD = dotBoard(SIZE.width, SIZE.height);
const FOCAL = restFocal(SIZE.width / SIZE.height) * SIZE.width;
const DEGREES = 180 / Math.PI;

interface Track {
  readonly first: Dot;
  readonly last: Dot;
}

async function dotsOf(engine: Engine, kind: MoveKind, amount: number): Promise<Dot[][]> {
  const { frames } = await take(engine, shotOf(FRAMES, { moves: [move(kind, amount, 0, FRAMES)] }), [BOARD]);
  return frames.map((frame) => [...findDots(frame.rgb, frame.width, frame.height)]);
}

async function follow(engine: Engine, kind: MoveKind, amount: number): Promise<{ tracks: Track[] }> {
  const tracker = new Tracker(14);
  for (const dots of await dotsOf(engine, kind, amount)) tracker.add(dots);
  const tracks = tracker.tracks.flatMap((track) => {
    const [first, last] = [track[0], track.at(-1)];
    return first && last ? [{ first, last }] : [];
  });
  return { tracks };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Dots of an unrestful camera stay nearer to their own place than to any other's (pixels). */
const NEAR_HOME = 20;

/** Root of the mean squared distance of dots from where they started, in pixels, over all frames. */
function unrest(frames: readonly (readonly Dot[])[]): number {
  const squares = (frames[0] ?? []).flatMap((home) =>
    frames.flatMap((dots) => {
      const far = dots.map((dot) => Math.hypot(dot.x - home.x, dot.y - home.y));
      const least = Math.min(...far);
      return least < NEAR_HOME ? [least ** 2] : [];
    }),
  );
  return Math.sqrt(mean(squares));
}

type Measure = (tracks: readonly Track[]) => number;

const between = (tracks: readonly Track[]) =>
  similarity(
    tracks.map(({ first }) => first),
    tracks.map(({ last }) => last),
  );
const scale: Measure = (tracks) => between(tracks).scale;
const turned =
  (axis: 'x' | 'y', sign: 1 | -1): Measure =>
  (tracks) => {
    const angle = (dot: Dot) => Math.atan(dot[axis] / FOCAL) * DEGREES;
    return sign * mean(tracks.map(({ first, last }) => angle(last) - angle(first)));
  };
const shifted =
  (axis: 'x' | 'y', sign: 1 | -1): Measure =>
  (tracks) =>
    (sign * between(tracks)[axis]) / (axis === 'x' ? SIZE.width : SIZE.height);
/**
 * A flat board seen from the side: x of the frame becomes x', and x / x' = 1 / cos a + x · tan a / focal. The slope of that line
 * over all dots is the angle.
 */
const round =
  (sign: 1 | -1): Measure =>
  (tracks) => {
    const far = tracks.filter(({ first }) => Math.abs(first.x) > 40);
    const xs = far.map(({ first }) => first.x);
    const ratios = far.map(({ first, last }) => first.x / last.x);
    const [x, ratio] = [mean(xs), mean(ratios)];
    const slope =
      mean(xs.map((value, i) => (value - x) * ((ratios[i] ?? 0) - ratio))) / mean(xs.map((value) => (value - x) ** 2));
    return sign * Math.atan(slope * FOCAL) * DEGREES;
  };

const MOVES: readonly (readonly [MoveKind, number, string, Measure, string])[] = [
  ['push-in', 1.25, '×', scale, 'growth of the picture'],
  ['pull-out', 1.25, '×', (tracks) => 1 / scale(tracks), 'growth of the picture, the other way'],
  ['zoom-in', 1.25, '×', scale, 'growth of the picture'],
  ['zoom-out', 1.25, '×', (tracks) => 1 / scale(tracks), 'growth of the picture, the other way'],
  ['pan-left', 8, '°', turned('x', 1), 'angle by which dots go right'],
  ['pan-right', 8, '°', turned('x', -1), 'angle by which dots go left'],
  ['whip-pan-left', 10, '°', turned('x', 1), 'angle by which dots go right'],
  ['whip-pan-right', 10, '°', turned('x', -1), 'angle by which dots go left'],
  ['tilt-up', 6, '°', turned('y', 1), 'angle by which dots go down'],
  ['tilt-down', 6, '°', turned('y', -1), 'angle by which dots go up'],
  ['truck-left', 0.15, ' widths', shifted('x', 1), 'shift of the picture to the right'],
  ['truck-right', 0.15, ' widths', shifted('x', -1), 'shift of the picture to the left'],
  ['crane-up', 0.15, ' heights', shifted('y', 1), 'shift of the picture down'],
  ['crane-down', 0.15, ' heights', shifted('y', -1), 'shift of the picture up'],
  ['orbit-left', 12, '°', round(1), 'slant of the board'],
  ['orbit-right', 12, '°', round(-1), 'slant of the board'],
  ['roll-cw', 8, '°', (tracks) => -between(tracks).turn, 'turn of the picture, the other way'],
  ['roll-ccw', 8, '°', (tracks) => between(tracks).turn, 'turn of the picture'],
];

/** A row for every kind of move, over a flat board so that one number says it all. */
export async function measured(engine: Engine): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, amount, unit, measure, how] of MOVES) {
    const { tracks } = await follow(engine, kind, amount);
    const seen = measure(tracks);
    const digits = unit === '°' ? 2 : 3;
    rows.push({
      ...{ kind, asked: `${amount}${unit}`, seen: `${seen.toFixed(digits)}${unit}` },
      ...{ error: Math.abs(seen - amount), how: `${how}, ${tracks.length} dots` },
    });
  }
  const held = await follow(engine, 'dolly-zoom', 1.25);
  const kept = scale(held.tracks);
  const asked = 'framing of the middle kept: 1×';
  const how = `growth of the picture, ${held.tracks.length} dots; what is nearer and farther changes`;
  rows.push({ kind: 'dolly-zoom', asked, seen: `${kept.toFixed(3)}×`, error: Math.abs(kept - 1), how });
  for (const kind of ['static', 'hold'] as const) {
    const error = unrest(await dotsOf(engine, kind, 0));
    rows.push({ kind, asked: 'no motion', seen: `${error.toFixed(3)} px`, error, how: 'RMS of the dots’ way' });
  }
  for (const kind of ['handheld', 'shake'] as const) {
    const [half, whole] = [await dotsOf(engine, kind, 0.4), await dotsOf(engine, kind, 0.8)];
    const [a, b] = [unrest(half), unrest(whole)];
    const seen = `${(b / a).toFixed(2)} (${((100 * b) / SIZE.width).toFixed(2)} % of the width)`;
    rows.push({ kind, asked: 'strength 0.8 : 0.4 = 2', seen, error: Math.abs(b / a - 2), how: 'RMS of the dots’ way' });
  }
  return rows;
}
