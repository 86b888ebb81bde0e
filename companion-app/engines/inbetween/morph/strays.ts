/** Strokes left over on both boards that are each other's: an eye that turned farther than its head, a mouth, a hand. */
import { components } from '../../parallax/scene/raster/components';
import { distanceTo } from '../../parallax/scene/raster/distance';
import { thinned, type Drawing } from './drawing';
import { edgeMiss, settled } from './fit';
import { inverse, matrixAt, motionOf, type Matrix, type Motion } from './geometry';
import type { Side } from './side';

interface Crumb {
  readonly pixels: readonly number[];
  readonly edges: readonly number[];
  readonly x: number;
  readonly y: number;
  readonly owner: number;
}

/** How far a stray stroke may go, in parts of the diagonal, and how well it must lie. */
const REACH = 0.045;
const LIES = 0.3;
const MOST_CRUMBS = 60;

/** Gives pairs of leftovers motions of their own; changes owners and what is lost, returns the motions found. */
export function pairStrays(a: Side, b: Side, motions: readonly Motion[]): Motion[] {
  const moves = motions.map((m) => matrixAt(m, 1));
  const ours = crumbs(a);
  const theirs = crumbs(b);
  const reach = REACH * Math.hypot(a.drawing.width, a.drawing.height);
  const pairs: { i: number; j: number; motion: Motion; cost: number }[] = [];
  const drifts = driftsOf(a.drawing, b.drawing, ours, theirs, moves);
  ours.forEach((p, i) => {
    const m = drifts.get(p.owner) ?? moves[p.owner]!;
    const x = m.a * p.x - m.b * p.y + m.e;
    const y = m.b * p.x + m.a * p.y + m.f;
    theirs.forEach((q, j) => {
      // What is drawn on one thing stays on it; what lies loose on the stage may have been drawn on anything.
      if (p.owner !== q.owner && p.owner !== 0 && q.owner !== 0) return;
      const way = Math.hypot(q.x - x, q.y - y);
      if (way > reach || Math.abs(Math.log(p.pixels.length / q.pixels.length)) > Math.log(2)) return;
      const shifted = { ...m, e: m.e + q.x - x, f: m.f + q.y - y };
      const cost = (matrix: Matrix): number =>
        (edgeMiss(a.drawing, b.drawing, thinned(p.edges, 80), matrix) +
          edgeMiss(b.drawing, a.drawing, thinned(q.edges, 80), inverse(matrix))) / 2; // prettier-ignore
      const [motion, least] = settled(
        motionOf(shifted, p.x, p.y),
        cost,
        { shift: 2, turn: 0.08, scale: 0 },
        a.drawing.unit,
      );
      const total = least + way / reach;
      if (least < LIES) pairs.push({ i, j, motion, cost: total });
    });
  });
  pairs.sort((p, q) => p.cost - q.cost || p.i - q.i || p.j - q.j);
  const takenA = new Set<number>();
  const takenB = new Set<number>();
  const found: Motion[] = [];
  for (const { i, j, motion } of pairs) {
    if (takenA.has(i) || takenB.has(j)) continue;
    takenA.add(i);
    takenB.add(j);
    const piece = motions.length + found.length;
    found.push(motion);
    give(a, ours[i]!, piece);
    give(b, theirs[j]!, piece);
  }
  return found;
}

/** How the leftovers of each piece go as a whole beyond the piece itself: eyes, nose and mouth turn together. */
function driftsOf(
  a: Drawing,
  b: Drawing,
  ours: readonly Crumb[],
  theirs: readonly Crumb[],
  moves: readonly Matrix[],
): Map<number, Matrix> {
  const rest = new Uint8Array(b.ink.length);
  for (const { edges } of theirs) for (const e of edges) rest[b.edges[e]!] = 1;
  const away = distanceTo(rest, b.width, b.height);
  const far = 4 * a.unit;
  const drifts = new Map<number, Matrix>();
  for (const owner of new Set(ours.map((crumb) => crumb.owner))) {
    const edges = thinned(ours.filter((crumb) => crumb.owner === owner).flatMap((crumb) => crumb.edges), 160); // prettier-ignore
    const m = moves[owner]!;
    const reach = Math.round(0.05 * a.width);
    let least = Infinity;
    let drift = m;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        let cost = (0.15 * Math.hypot(dx, dy)) / reach;
        for (const e of edges) {
          const at = a.edges[e]!;
          const x0 = at % a.width;
          const y0 = (at - x0) / a.width;
          const x = Math.round(m.a * x0 - m.b * y0 + m.e + dx);
          const y = Math.round(m.b * x0 + m.a * y0 + m.f + dy);
          const inside = x >= 0 && y >= 0 && x < b.width && y < b.height;
          cost += (inside ? Math.min(1, away[y * b.width + x]! / far) : 1) / edges.length;
        }
        if (cost < least) [least, drift] = [cost, { ...m, e: m.e + dx, f: m.f + dy }];
      }
    }
    drifts.set(owner, drift);
  }
  return drifts;
}

function give(side: Side, crumb: Crumb, piece: number): void {
  for (const at of crumb.pixels) {
    side.owner[at] = piece;
    side.lost[at] = 0;
  }
}

function crumbs({ drawing, lost, owner }: Side): Crumb[] {
  const { width, height, ink, unit } = drawing;
  const mask = new Uint8Array(ink.length);
  for (let i = 0; i < mask.length; i++) mask[i] = ink[i] && lost[i] ? 1 : 0;
  const parts = components(mask, width, height, true);
  const pixels: number[][] = Array.from({ length: parts.count + 1 }, () => []);
  for (let i = 0; i < mask.length; i++) if (mask[i]) pixels[parts.labels[i]!]!.push(i);
  const edges = edgesBy(drawing, parts.labels, mask, parts.count);
  return pixels
    .map((list, k) => ({
      pixels: list,
      edges: edges[k]!,
      x: list.reduce((sum, at) => sum + (at % width), 0) / list.length,
      y: list.reduce((sum, at) => sum + Math.floor(at / width), 0) / list.length,
      owner: commonest(list, owner),
    }))
    .filter(({ pixels: list, edges: rim }) => list.length >= 10 * unit && rim.length >= 6)
    .sort((p, q) => q.pixels.length - p.pixels.length)
    .slice(0, MOST_CRUMBS);
}

function edgesBy(drawing: Drawing, labels: Int32Array, mask: Uint8Array, count: number): number[][] {
  const out: number[][] = Array.from({ length: count + 1 }, () => []);
  drawing.edges.forEach((at, e) => {
    if (mask[at]) out[labels[at]!]!.push(e);
  });
  return out;
}

function commonest(list: readonly number[], owner: Int32Array): number {
  const counts = new Map<number, number>();
  let best = 0;
  for (const at of list) {
    const n = (counts.get(owner[at]!) ?? 0) + 1;
    counts.set(owner[at]!, n);
    if (n > (counts.get(best) ?? 0)) best = owner[at]!;
  }
  return best;
}
