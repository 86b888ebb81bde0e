/** Takes the motion regions of a shot out of a board's relief: each becomes a piece of its own. */
import type { MotionRegion } from '../../../../../shared/shot';
import type { BoardPicture } from '../../../engine';
import type { Reading } from '../relief';
import type { Line } from '../relief/lines';
import type { Piece, Relief } from '../relief/relief';
import { areaOf } from './outline';
import { grasp } from './grasp';

/** A part cut from a thing lies this much before it. */
const BEFORE = 0.01;
/** A thing of which a greater part than this goes away does not stay a thing. */
const REMAINS = 0.35;
/** Part of a region's height at its lower end that says where it stands. */
const FOOT = 0.04;

export interface Regioned {
  readonly reading: Reading;
  /** Names of regions with nothing in them. */
  readonly empty: readonly string[];
}

/** The reading with a piece for every region; later regions lie over earlier ones. */
export function withRegions(reading: Reading, regions: readonly MotionRegion[], board: BoardPicture): Regioned {
  const { relief } = reading;
  const labels = relief.labels.slice();
  const near = relief.near.slice();
  const moving: Piece[] = [];
  const empty: string[] = [];
  let label = relief.pieces.reduce((most, piece) => Math.max(most, piece.label), 0);
  for (const region of regions) {
    const taken = grasp(reading, areaOf(region, board, reading.study));
    if (!taken.includes(1)) {
      empty.push(region.name);
      continue;
    }
    label++;
    const depth = nearOf(relief, taken);
    leaveBehind(labels, taken, near, relief.stage);
    for (let i = 0; i < taken.length; i++) {
      if (!taken[i]) continue;
      labels[i] = label;
      near[i] = depth;
    }
    moving.push({ label, near: depth, region: region.id });
  }
  const lines = (relief.lines ?? []).filter((line) => !moves(line, reading, labels, relief.labels));
  const left = new Set(labels);
  const pieces = [...relief.pieces, ...moving].filter((piece) => left.has(piece.label));
  return { reading: { ...reading, relief: { ...relief, labels, near, pieces, lines } }, empty };
}

/** True when most of what is drawn of a straight stroke goes away with a region: nothing of it goes on behind. */
function moves(line: Line, { ink, study }: Reading, now: Uint16Array, before: Uint16Array): boolean {
  const steps = Math.ceil(line.length);
  let drawn = 0;
  let gone = 0;
  for (let k = 0; k <= steps; k++) {
    const x = Math.round(line.x0 + ((line.x1 - line.x0) * k) / Math.max(1, steps));
    const y = Math.round(line.y0 + ((line.y1 - line.y0) * k) / Math.max(1, steps));
    const at = y * study.width + x;
    if (x < 0 || x >= study.width || y < 0 || y >= study.height || !ink.mask[at]) continue;
    drawn++;
    if (now[at] !== before[at]) gone++;
  }
  return gone > 0.5 * drawn;
}

/** Of a thing that mostly goes away, what is left was not one thing with it: it stays on the stage. */
function leaveBehind(labels: Uint16Array, taken: Uint8Array, near: Float32Array, stage: Float32Array): void {
  const most = labels.reduce((a, b) => Math.max(a, b), 0);
  const whole = new Int32Array(most + 1);
  const gone = new Int32Array(most + 1);
  for (let i = 0; i < labels.length; i++) {
    whole[labels[i]!]! += 1;
    gone[labels[i]!]! += taken[i]!;
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === 0 || gone[label]! <= REMAINS * whole[label]!) continue;
    labels[i] = 0;
    near[i] = stage[i]!;
  }
}

/** As near as the things it is made of; without any, as near as the stage where it stands. */
function nearOf(relief: Relief, taken: Uint8Array): number {
  const { width, height, labels, near, stage } = relief;
  let things = 0;
  let sum = 0;
  let all = 0;
  let top = height;
  let foot = 0;
  for (let i = 0; i < taken.length; i++) {
    if (!taken[i]) continue;
    all++;
    const y = Math.floor(i / width);
    top = Math.min(top, y);
    foot = y;
    if (!labels[i]) continue;
    things++;
    sum += near[i]!;
  }
  if (3 * things > all) return Math.min(1, sum / things + BEFORE);
  const from = foot - FOOT * (foot - top);
  let stood = 0;
  let n = 0;
  for (let i = Math.floor(from) * width; i < taken.length; i++) {
    if (!taken[i]) continue;
    stood += stage[i]!;
    n++;
  }
  return Math.min(1, stood / Math.max(1, n) + BEFORE);
}
