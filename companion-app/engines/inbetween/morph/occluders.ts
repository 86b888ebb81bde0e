/** Parts of the stage behind which something moves: a desk, a wall, the body an arm comes out from. */
import { dilate } from '../../parallax/scene/raster/morphology';
import { inverse, type Matrix } from './geometry';
import type { Side } from './side';

/** So much of a piece (pixels of a 640-pixel picture) must be gone behind a part of the stage, and so much more than is seen before it. */
const EVIDENCE = 40;
const RATHER = 3;
/** Share of a part that must lie on its like on the other board. */
const SAME = 0.6;
/** Strokes this near to a part are its outline (pixels of 640). */
const OUTLINE = 4;
const MOST = 6;

/**
 * Gives every such part a piece of its own that lies where it is, so that it can be drawn before what it hides. Changes
 * owners; returns how many pieces were added after the `moves` that there are, each with the stage's motion.
 */
export function liftOccluders(a: Side, b: Side, moves: readonly Matrix[]): number {
  const back = moves.map(inverse);
  const stage = moves[0]!;
  const onA = hiding(a, b, back, stage);
  const onB = hiding(b, a, moves, back[0]!);
  const pairs = new Map<number, Set<number>>();
  const pair = (i: number, j: number): void => {
    if (i > 0 && j > 0) pairs.set(i, (pairs.get(i) ?? new Set()).add(j));
  };
  for (const i of onA) pair(i, likeOf(a, b, i, stage));
  for (const j of onB) pair(likeOf(b, a, j, back[0]!), j);
  let added = 0;
  for (const [i, js] of [...pairs].slice(0, MOST)) {
    const piece = moves.length + added++;
    give(a, new Set([i]), piece);
    give(b, js, piece);
  }
  return added;
}

/** Regions of this side's stage that hide more of the moving pieces than they are seen behind. */
function hiding(here: Side, there: Side, toHere: readonly Matrix[], stage: Matrix): number[] {
  const { drawing: d, owner } = here;
  const hidden = new Float64Array(d.facts.length);
  const behind = new Float64Array(d.facts.length);
  const stay = toHere[0]!;
  eachMoving(there, (x, y, k) => {
    const moved = placeOf(here, toHere[k]!, x, y);
    if (moved >= 0 && owner[moved] === 0) hidden[d.regions[moved]!]! += 1;
    const still = placeOf(here, stay, x, y);
    if (still >= 0 && owner[still] === 0) behind[d.regions[still]!]! += 1;
  });
  // What a piece leaves free when it goes lay behind it.
  eachMoving(here, (x, y) => {
    const left = placeOf(there, stage, x, y);
    if (left < 0 || there.owner[left] !== 0 || there.drawing.ink[left]) return;
    const on = likeAt(here, there, left, stay);
    if (on > 0) behind[on]! += 1;
  });
  const least = EVIDENCE * d.unit * d.unit;
  return d.facts.flatMap((_, i) => (i > 0 && hidden[i]! > least && hidden[i]! > RATHER * behind[i]! ? [i] : []));
}

/** The nearest stage region of `here` around where a place of the other board lies. */
function likeAt(here: Side, there: Side, at: number, toHere: Matrix): number {
  const { width } = there.drawing;
  const place = placeOf(here, toHere, at % width, Math.floor(at / width));
  return place < 0 ? 0 : here.drawing.cells[place]!;
}

function eachMoving({ drawing, owner, lost }: Side, visit: (x: number, y: number, piece: number) => void): void {
  const { width, ink } = drawing;
  for (let i = 0; i < owner.length; i++) {
    if (owner[i]! > 0 && !ink[i] && !lost[i]) visit(i % width, Math.floor(i / width), owner[i]!);
  }
}

function placeOf({ drawing }: Side, m: Matrix, x0: number, y0: number): number {
  const x = Math.round(m.a * x0 - m.b * y0 + m.e);
  const y = Math.round(m.b * x0 + m.a * y0 + m.f);
  return x < 0 || y < 0 || x >= drawing.width || y >= drawing.height ? -1 : y * drawing.width + x;
}

/** The region of the other board's stage that lies on this one; 0 for none. */
function likeOf(from: Side, to: Side, region: number, m: Matrix): number {
  const hits = new Map<number, number>();
  const { inside } = from.drawing.facts[region]!;
  for (const at of inside) {
    const place = placeOf(to, m, at % from.drawing.width, Math.floor(at / from.drawing.width));
    if (place < 0 || to.owner[place] !== 0) continue;
    const label = to.drawing.regions[place]!;
    if (label > 0) hits.set(label, (hits.get(label) ?? 0) + 1);
  }
  const [best] = [...hits].sort((p, q) => q[1] - p[1] || p[0] - q[0]);
  return best && best[1] >= SAME * inside.length ? best[0] : 0;
}

/** Regions with the strokes around them that nothing else has. */
function give({ drawing: d, owner }: Side, regions: ReadonlySet<number>, piece: number): void {
  const mask = new Uint8Array(owner.length);
  for (let i = 0; i < mask.length; i++) mask[i] = owner[i] === 0 && regions.has(d.regions[i]!) ? 1 : 0;
  const wide = dilate(mask, d.width, d.height, Math.max(1, Math.round(OUTLINE * d.unit)));
  for (let i = 0; i < mask.length; i++) {
    if (owner[i] === 0 && (mask[i] || (wide[i] && d.ink[i]))) owner[i] = piece;
  }
}
