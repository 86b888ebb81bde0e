/** Cutting two matched boards up, ready to draw any moment between them. */
import { dilate, erode } from '../../parallax/scene/raster/morphology';
import { drawHalf, type Half } from './draw';
import type { Picture } from './drawing';
import { inverse, matrixAt, product, type Matrix } from './geometry';
import type { Breathe, Match } from './match';
import { frontOrder } from './order';
import { plateOf, type Plate } from './plate';
import type { Tint } from './recolour';
import { cutSheet, matteOf, type Sheet } from './sheets';
import type { Side } from './side';
import { wipeOrder } from './wipe';

export interface Morph {
  /** How much of the two drawings answers to each other, 0 … 1. */
  readonly kinship: number;
  /** Draws the picture at `part` (0 < part < 1) of the way from the first board to the second. */
  draw(part: number, target: Uint8Array): void;
}

/** Before this part of the way everything is drawn from the first board, from it on from the second. */
const SWITCH = 0.5;

/** Cuts both boards up, ready to draw any moment between them. */
export async function cutOut(first: Picture, second: Picture, match: Match, breathe: Breathe): Promise<Morph> {
  const { a, b, motions, tints } = match;
  const scale = first.width / a.drawing.width;
  const moves = motions.map((m) => matrixAt(m, 1));
  const areas = areasOf(a, b, motions.length);
  const order = frontOrder(a, b, moves, moves.map(inverse), areas);
  const rank = new Int32Array(order.length);
  order.forEach((k, at) => (rank[k] = at));
  const cutsA = cuts(first, a, b, moves, rank, tints?.a);
  await breathe();
  const cutsB = cuts(second, b, a, moves.map(inverse), rank, tints?.b);
  await breathe();
  const stage = moves[0]!;
  const halfWay = motions.map((m) => matrixAt(m, SWITCH));
  const plateA = plateOf(
    first,
    a,
    second,
    b,
    stage,
    { areas, back: halfWay.map(inverse) },
    tints && { own: tints.a, other: tints.b },
  );
  await breathe();
  const plateB = plateOf(
    second,
    b,
    first,
    a,
    inverse(stage),
    {
      areas,
      back: halfWay.map((m, k) => product(moves[k]!, inverse(m))),
    },
    tints && { own: tints.b, other: tints.a },
  );
  const half = (plate: Plate, own: Cuts, other: Cuts): Half => ({
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

interface Cuts {
  readonly own: readonly (Sheet | undefined)[];
  readonly hidden: readonly (Sheet | undefined)[];
}

function cuts(
  picture: Picture,
  side: Side,
  other: Side,
  toOther: readonly Matrix[],
  rank: Int32Array,
  tint?: Tint,
): Cuts {
  const d = side.drawing;
  const order = wipeOrder(side.lost, side.owner, d.width, d.height);
  const sheet = (takes: (at: number) => boolean): Sheet | undefined => {
    const matte = matteOf(d, takes);
    return matte && cutSheet(picture, d, matte, order, tint);
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
