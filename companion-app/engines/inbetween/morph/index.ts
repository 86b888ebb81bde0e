/**
 * In-betweens of two drawings without a model: the pieces of the first board are found on the second, each moves as a
 * cut-out that also bends, first drawn from the one board, then from the other. A pixel never comes from both, so that no
 * line is seen twice.
 *
 * After Sýkora, Dingliana, Collins, "As-Rigid-As-Possible Image Registration for Hand-drawn Cartoon Animations" (push each
 * piece to where it matches, then make neighbours agree), with whole regions (Zhang et al., "Vectorizing Cartoon
 * Animations") for its lattice.
 */
import { dilate, erode } from '../../parallax/scene/raster/morphology';
import { bendAt, findBends, type Bend } from './bend';
import { readDrawing, type Picture } from './drawing';
import { gather, type Place } from './gather';
import { enlarged, inverse, matrixAt, swinging, type Matrix, type Motion } from './geometry';
import { forgiveHidden, frontOrder } from './order';
import { findPieces } from './pieces';
import { plateOf } from './plate';
import { registration } from './registration';
import { kinship } from './related';
import { cutSheet, matteOf, type Sheet } from './sheets';
import { otherSide, ownSide, type Side } from './sides';
import { pairStrays } from './strays';
import { keepOutlines } from './tidy';
import { wipeOrder } from './wipe';

export type { Picture } from './drawing';

export interface Morph {
  /** How much of the two drawings answers to each other, 0 … 1. */
  readonly kinship: number;
  /** Draws the picture at `part` (0 < part < 1) of the way from the first board to the second. */
  draw(part: number, target: Uint8Array): void;
}

/** What answers to what on two boards, before anything is cut out. */
export interface Match {
  readonly a: Side;
  readonly b: Side;
  readonly motions: readonly Motion[];
  readonly bends: readonly (Bend | undefined)[];
  readonly kinship: number;
}

/** Lets timers and messages through between heavy steps; throws when the work is no longer wanted. */
export type Breathe = () => Promise<void>;

export async function matchBoards(first: Picture, second: Picture, breathe: Breathe): Promise<Match> {
  const da = readDrawing(first);
  await breathe();
  const db = readDrawing(second);
  await breathe();
  const stage = registration(da, db);
  await breathe();
  const pieces = findPieces(da, db, stage);
  await breathe();
  const moves = pieces.motions.map((m) => matrixAt(m, 1));
  const a = ownSide(da, db, pieces.of, moves);
  const b = otherSide(db, a, moves);
  await breathe();
  const motions = [...pieces.motions, ...pairStrays(a, b, pieces.motions)];
  const all = motions.map((m) => matrixAt(m, 1));
  const related = kinship(a, b, all, all.map(inverse));
  forgiveHidden(a, b, all);
  forgiveHidden(b, a, all.map(inverse));
  keepOutlines(a);
  keepOutlines(b);
  await breathe();
  const bends = findBends(a, b, all);
  const diagonal = Math.hypot(da.width, da.height);
  return { a, b, motions: motions.map((m, k) => (k === 0 ? m : swinging(m, diagonal))), bends, kinship: related };
}

interface Piece {
  readonly motion: Motion;
  readonly bend: Bend | undefined;
  /** Cut from the board itself, and what the other board shows of it where this one hides it. */
  readonly own: Sheet | undefined;
  readonly hidden: Sheet | undefined;
}

interface Half {
  readonly plate: Picture;
  /** Back to front. */
  readonly pieces: readonly Piece[];
}

/** Cuts both boards up, ready to draw any moment between them. */
export async function cutOut(first: Picture, second: Picture, match: Match, breathe: Breathe): Promise<Morph> {
  const { a, b, motions } = match;
  const scale = first.width / a.drawing.width;
  const moves = motions.map((m) => matrixAt(m, 1));
  const areas = areasOf(a, b, motions.length);
  const order = frontOrder(a, b, moves, moves.map(inverse), areas);
  const rank = new Int32Array(order.length);
  order.forEach((k, at) => (rank[k] = at));
  const cutsA = cuts(first, a, b, moves, rank);
  await breathe();
  const cutsB = cuts(second, b, a, moves.map(inverse), rank);
  await breathe();
  const stage = moves[0]!;
  const halfWay = motions.map((m) => matrixAt(m, SWITCH));
  const plateA = plateOf(first, a, second, b, stage, { areas, back: halfWay.map(inverse) });
  await breathe();
  const plateB = plateOf(second, b, first, a, inverse(stage), {
    areas,
    back: halfWay.map((m, k) => product(moves[k]!, inverse(m))),
  });
  const half = (plate: Picture, own: Cuts, other: Cuts): Half => ({
    plate,
    pieces: order.map((k) => ({ motion: motions[k]!, bend: match.bends[k], own: own.own[k], hidden: other.hidden[k] })),
  });
  const early = half(plateA, cutsA, cutsB);
  const late = half(plateB, cutsB, cutsA);
  return {
    kinship: match.kinship,
    draw: (part, target) => {
      const frame = { width: first.width, height: first.height, rgb: target };
      if (part < SWITCH) drawHalf(early, 'first', part, scale, frame);
      else drawHalf(late, 'second', part, scale, frame);
    },
  };
}

/** Before this part of the way everything is drawn from the first board, from it on from the second. */
const SWITCH = 0.5;

interface Cuts {
  readonly own: readonly (Sheet | undefined)[];
  readonly hidden: readonly (Sheet | undefined)[];
}

function cuts(picture: Picture, side: Side, other: Side, toOther: readonly Matrix[], rank: Int32Array): Cuts {
  const d = side.drawing;
  const order = wipeOrder(side.lost, side.owner, d.width, d.height);
  const sheet = (takes: (at: number) => boolean): Sheet | undefined => {
    const matte = matteOf(d, takes);
    return matte && cutSheet(picture, d, matte, order);
  };
  const own = toOther.map((_, k) => sheet((at) => side.owner[at] === k && (k > 0 || side.lost[at] === 1)));
  const covered = hiddenThere(side, other, toOther, rank);
  const hidden = toOther.map((_, k) =>
    k === 0 ? undefined : sheet((at) => covered[at] === 1 && side.owner[at] === k),
  );
  return { own, hidden };
}

/** Parts thinner than this (pixels of 640) that another piece hides are the strokes' own inaccuracy. */
const SLIVER = 2;

/** 1 on pixels of moving pieces that a piece in front of them hides on the other board. */
function hiddenThere(side: Side, other: Side, toOther: readonly Matrix[], rank: Int32Array): Uint8Array {
  const { width, height, unit } = side.drawing;
  const mask = new Uint8Array(side.owner.length);
  for (let at = 0; at < mask.length; at++) {
    const k = side.owner[at]!;
    if (k === 0 || side.lost[at]) continue;
    const m = toOther[k]!;
    const x0 = at % width;
    const y0 = (at - x0) / width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= other.drawing.width || y >= other.drawing.height) continue;
    const there = other.owner[y * other.drawing.width + x]!;
    mask[at] = there > 0 && there !== k && rank[there]! > rank[k]! ? 1 : 0;
  }
  const radius = Math.max(1, Math.round(SLIVER * unit));
  const opened = dilate(erode(mask, width, height, radius), width, height, radius + 1);
  for (let at = 0; at < mask.length; at++) if (!opened[at]) mask[at] = 0;
  return mask;
}

/** Surface of every piece on both boards together; 0 for what is only strokes. */
function areasOf(a: Side, b: Side, count: number): Float64Array {
  const area = new Float64Array(count);
  for (const side of [a, b])
    for (let i = 0; i < side.owner.length; i++) if (!side.drawing.ink[i]) area[side.owner[i]!]! += 1;
  return area;
}

/** Lost strokes go between these parts of the way (and come between the mirrored ones). */
const WIPE_FROM = 0.08;
const WIPE_TO = 0.46;

function drawHalf(half: Half, board: 'first' | 'second', part: number, scale: number, frame: Picture): void {
  const fromHere = board === 'first' ? part : 1 - part;
  const wiped = Math.min(1, Math.max(0, (fromHere - WIPE_FROM) / (WIPE_TO - WIPE_FROM)));
  drawPlate(half, board, part, scale, frame);
  for (const piece of half.pieces) {
    const other = board === 'first' ? 'second' : 'first';
    if (piece.hidden) drawSheet(piece.hidden, piece, other, part, scale, frame, 0);
    if (piece.own) drawSheet(piece.own, piece, board, part, scale, frame, wiped);
  }
}

function drawPlate(
  { plate, pieces }: Half,
  board: 'first' | 'second',
  part: number,
  scale: number,
  frame: Picture,
): void {
  const stage = pieces.find(({ motion }, i) => i === 0 && motion)?.motion;
  const whole = stage && matrixAt(stage, 1);
  if (!stage || !whole || (whole.a === 1 && whole.b === 0 && whole.e === 0 && whole.f === 0)) {
    frame.rgb.set(plate.rgb);
    return;
  }
  const back = enlarged(inverse(matrixAt(stage, part)), scale);
  const toSecond = enlarged(whole, scale);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      let px = back.a * x - back.b * y + back.e;
      let py = back.b * x + back.a * y + back.f;
      if (board === 'second') {
        const qx = toSecond.a * px - toSecond.b * py + toSecond.e;
        py = toSecond.b * px + toSecond.a * py + toSecond.f;
        px = qx;
      }
      sample(plate, px, py, frame.rgb, 3 * (y * frame.width + x));
    }
  }
}

function sample(p: Picture, x: number, y: number, out: Uint8Array, to: number): void {
  const cx = Math.min(p.width - 1, Math.max(0, x));
  const cy = Math.min(p.height - 1, Math.max(0, y));
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const x1 = Math.min(p.width - 1, x0 + 1);
  const y1 = Math.min(p.height - 1, y0 + 1);
  const fx = cx - x0;
  const fy = cy - y0;
  for (let c = 0; c < 3; c++) {
    const top = p.rgb[3 * (y0 * p.width + x0) + c]! * (1 - fx) + p.rgb[3 * (y0 * p.width + x1) + c]! * fx;
    const low = p.rgb[3 * (y1 * p.width + x0) + c]! * (1 - fx) + p.rgb[3 * (y1 * p.width + x1) + c]! * fx;
    out[to + c] = top + (low - top) * fy + 0.5;
  }
}

function drawSheet(
  sheet: Sheet,
  { motion, bend }: Piece,
  board: 'first' | 'second',
  part: number,
  scale: number,
  frame: Picture,
  wiped: number,
): void {
  const back = inverse(matrixAt(motion, part));
  const whole = matrixAt(motion, 1);
  const towards = board === 'first' ? -part : 1 - part;
  const place: Place = (fx, fy, out) => {
    const u = (fx + 0.5) / scale - 0.5;
    const v = (fy + 0.5) / scale - 0.5;
    let x = back.a * u - back.b * v + back.e;
    let y = back.b * u + back.a * v + back.f;
    if (bend) {
      const [dx, dy] = bendAt(bend, x, y);
      x += towards * dx;
      y += towards * dy;
    }
    if (board === 'second') {
      const q = whole.a * x - whole.b * y + whole.e;
      y = whole.b * x + whole.a * y + whole.f;
      x = q;
    }
    out[0] = (x + 0.5) * scale - 0.5;
    out[1] = (y + 0.5) * scale - 0.5;
  };
  const forward = board === 'first' ? inverse(back) : product(inverse(back), inverse(whole));
  gather(sheet, frame, { place, box: reached(sheet, enlarged(forward, scale), 10 * scale, frame), wiped });
}

function product(m: Matrix, n: Matrix): Matrix {
  return {
    a: m.a * n.a - m.b * n.b,
    b: m.b * n.a + m.a * n.b,
    e: m.a * n.e - m.b * n.f + m.e,
    f: m.b * n.e + m.a * n.f + m.f,
  };
}

function reached(
  sheet: Sheet,
  m: Matrix,
  spare: number,
  frame: Picture,
): { x0: number; y0: number; x1: number; y1: number } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const x of [sheet.x, sheet.x + sheet.width]) {
    for (const y of [sheet.y, sheet.y + sheet.height]) {
      xs.push(m.a * x - m.b * y + m.e);
      ys.push(m.b * x + m.a * y + m.f);
    }
  }
  return {
    x0: Math.max(0, Math.floor(Math.min(...xs) - spare)),
    y0: Math.max(0, Math.floor(Math.min(...ys) - spare)),
    x1: Math.min(frame.width, Math.ceil(Math.max(...xs) + spare)),
    y1: Math.min(frame.height, Math.ceil(Math.max(...ys) + spare)),
  };
}
