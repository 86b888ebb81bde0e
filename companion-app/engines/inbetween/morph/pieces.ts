/** Which regions of the first board go where on the second: motions found region by region, made to agree between neighbours. */
import { thinned, type Drawing, type Region } from './drawing';
import { miss, OTHER_TONE, settled, type Piece } from './fit';
import { apart, inverse, matrixAt, motionOf, type Matrix, type Motion } from './geometry';
import { sameAround } from './registration';
import { toneGap } from './tone';

/** What each region does: index into `motions`; 0 is the stage, which moves as the boards lie on each other. */
export interface Pieces {
  readonly of: Int32Array;
  readonly motions: readonly Motion[];
}

/** More regions than this are not looked at one by one: the rest follow their neighbours. */
const MOST_PIECES = 70;
/** Smaller regions (pixels of 640) follow their neighbours too. */
const LEAST_AREA = 50;
const ANGLES = 16;
const CANDIDATES = 6;
/** Weight of moving as the neighbours do, of hanging together with them somewhere, of going far. */
const AGREE = 0.12;
const JOINT = 0.3;
const FAR = 0.25;
/** Of turning half round. */
const TURN = 0.32;
/** Regions whose motions set them this far apart at most (pixels of 640) move as one piece. */
const TOGETHER = 1.6;

interface Proposal {
  readonly motion: Motion;
  readonly matrix: Matrix;
}

/** Weight of going to a region of another size, of a place that another region fits better, of lying still when redrawn. */
const SIZE = 0.07;
const TAKEN = 0.22;
const IDLE = 0.12;

interface Landing {
  /** Region of the second board, 0 for none. */
  readonly on: number;
  readonly missed: number;
}

export interface Neighbour {
  readonly region: number;
  /** Share of the outline. */
  readonly share: number;
  /** Pixels along the common border, from one end to the other as they are read. */
  readonly places: readonly number[];
}

export function findPieces(a: Drawing, b: Drawing, stage: Motion): Pieces {
  const n = a.facts.length;
  const still: Proposal = { motion: stage, matrix: matrixAt(stage, 1) };
  const pieces = a.facts.map((r): Piece => ({
    edges: thinned(r.border, 140),
    inside: thinned(r.inside, 60),
    tone: r.tone,
  }));
  const near = neighbours(a);
  const same = sameAround(a, b, still.matrix);
  const fixed = a.facts.map((r, i) => i === 0 || standsStill(a, r, same));
  const least = LEAST_AREA * a.unit * a.unit;
  const looked = a.facts
    .map((r, i) => ({ area: r.area, i }))
    .filter(({ area, i }) => !fixed[i] && area >= least)
    .sort((p, q) => q.area - p.area || p.i - q.i)
    .slice(0, MOST_PIECES)
    .map(({ i }) => i);
  const sameBack = sameAround(b, a, inverse(still.matrix));
  const standing = b.facts.map((r, i) => i === 0 || standsStill(b, r, sameBack));
  const own: Proposal[][] = Array.from({ length: n }, () => []);
  for (const i of looked) own[i] = proposals(a, b, i, pieces[i]!, stage, standing);
  for (const p of returning(a, b, stage, fixed, standing)) own[p.region]!.push(p.proposal);
  const chosen: Proposal[] = Array.from({ length: n }, () => still);
  const known = new Map<Proposal, Map<number, Landing>>();
  const landingOf = (i: number, p: Proposal): Landing => {
    const of = known.get(p) ?? new Map<number, Landing>();
    known.set(p, of);
    const landed = of.get(i) ?? { on: landing(a, b, a.facts[i]!, p.matrix), missed: miss(a, b, pieces[i]!, p.matrix) };
    of.set(i, landed);
    return landed;
  };
  /** How much of a place is filled by regions that fit it better. */
  const taken = (i: number, on: number, missed: number): number => {
    if (on === 0) return 0;
    let filled = 0;
    for (const j of looked) {
      if (j === i) continue;
      const other = landingOf(j, chosen[j]!);
      if (other.on === on && other.missed < missed) filled += a.facts[j]!.area;
    }
    const room = b.facts[on]!.area;
    return Math.min(1, Math.max(0, (filled + a.facts[i]!.area) / room - 1.3) * 2) * (filled > 0 ? 1 : 0);
  };
  const costs = (i: number, p: Proposal): number => {
    const r = a.facts[i]!;
    const { on, missed } = landingOf(i, p);
    let cost = missed;
    if (on > 0) cost += SIZE * Math.min(2, Math.abs(Math.log(b.facts[on]!.area / r.area)));
    cost += TAKEN * taken(i, on, missed);
    if (apart(p.matrix, still.matrix, r.x, r.y) < 2 * TOGETHER * a.unit) cost += IDLE;
    const way = apart(p.matrix, still.matrix, r.x, r.y) / Math.hypot(a.width, a.height);
    const turn = Math.abs(Math.atan2(p.matrix.b, p.matrix.a)) / Math.PI;
    cost += FAR * way + TURN * turn;
    for (const next of near[i]!) {
      // A figure slides freely before the stage; parts of a figure, even those at rest, hang together at a joint at least.
      const stays = fixed[next.region];
      if (stays && a.facts[next.region]!.rim > 0) continue;
      const other = chosen[next.region]!.matrix;
      let joint = Infinity;
      let all = 0;
      for (const at of next.places) {
        const gap = apart(p.matrix, other, at % a.width, Math.floor(at / a.width));
        joint = Math.min(joint, gap);
        all += Math.min(1, gap / (14 * a.unit)) / next.places.length;
      }
      cost += (stays ? 0.6 : 1) * JOINT * Math.sqrt(next.share) * Math.min(1, joint / (36 * a.unit));
      if (!stays) cost += AGREE * next.share * all;
    }
    return cost;
  };
  for (const i of looked) chosen[i] = cheapest(own[i]!, (p) => miss(a, b, pieces[i]!, p.matrix)) ?? still;
  const free = a.facts
    .flatMap((_, i) => (fixed[i] ? [] : [i]))
    .sort((p, q) => a.facts[q]!.area - a.facts[p]!.area || p - q);
  for (let round = 0; round < 5; round++) {
    for (const i of free) {
      const around = near[i]!.map(({ region }) => chosen[region]!);
      chosen[i] = cheapest([still, ...own[i]!, ...around], (p) => costs(i, p)) ?? still;
    }
  }
  const rests = a.facts.map((r, i) => !fixed[i] && standsOut(a, r, near[i]!, fixed));
  return grouped(a, chosen, still, rests, near);
}

function cheapest(list: readonly Proposal[], cost: (p: Proposal) => number): Proposal | undefined {
  let best: Proposal | undefined;
  let least = Infinity;
  const known = new Set<Proposal>();
  for (const p of list) {
    if (known.has(p)) continue;
    known.add(p);
    const c = cost(p);
    if (c < least) [best, least] = [p, c];
  }
  return best;
}

/** A region of the stage: large or cut by the frame, and part of its outline the same on both boards; or all of it the same. */
function standsStill(a: Drawing, r: Region, same: Uint8Array): boolean {
  const inside = r.inside.filter((at) => same[at]).length / Math.max(1, r.inside.length);
  const kept = r.border.filter((e) => same[a.edges[e]!]).length / Math.max(1, r.border.length);
  if (r.border.length === 0) return true;
  if (kept >= 0.6 && inside > 0.3) return true;
  const large = r.area > 0.06 * a.width * a.height;
  const cut = r.rim > 0.08 * (a.width + a.height);
  return (large || cut) && (kept >= 0.2 || (cut && r.area > 0.12 * a.width * a.height));
}

function proposals(
  a: Drawing,
  b: Drawing,
  i: number,
  piece: Piece,
  stage: Motion,
  standing: readonly boolean[],
): Proposal[] {
  const r = a.facts[i]!;
  const diagonal = Math.hypot(a.width, a.height);
  const rivals = b.facts
    .map((q, j) => ({ q, j, gap: toneGap(r.tone, q.tone), size: Math.abs(Math.log(q.area / r.area)) }))
    .filter(({ q, j, gap, size }) => j > 0 && !standing[j] && gap < OTHER_TONE && size < Math.log(2.6) && q.area > 8)
    .map((c) => ({ ...c, rank: c.gap / 40 + c.size + (2 * Math.hypot(c.q.x - r.x, c.q.y - r.y)) / diagonal }))
    .sort((p, q) => p.rank - q.rank || p.j - q.j)
    .slice(0, CANDIDATES);
  const few: Piece = { ...piece, edges: thinned(piece.edges, 48), inside: thinned(piece.inside, 24) };
  const starts: { motion: Motion; cost: number }[] = [];
  const base = { cx: r.x, cy: r.y };
  const here = matrixAt(stage, 1);
  const at = motionOf(here, r.x, r.y);
  starts.push({ motion: at, cost: miss(a, b, few, here) });
  for (const { q, size } of rivals) {
    for (let k = 0; k < ANGLES; k++) {
      const angle = ((k > ANGLES / 2 ? k - ANGLES : k) * 2 * Math.PI) / ANGLES;
      const motion = { ...base, dx: q.x - r.x, dy: q.y - r.y, angle, scale: 1 };
      const cost = miss(a, b, few, matrixAt(motion, 1)) + 0.15 * size + TURN * (Math.abs(angle) / Math.PI);
      starts.push({ motion, cost });
    }
  }
  starts.sort((p, q) => p.cost - q.cost);
  const kept: Proposal[] = [];
  for (const { motion } of starts.slice(0, 6)) {
    const cost = (m: Matrix): number => miss(a, b, piece, m) + 0.3 * Math.abs(Math.log(Math.hypot(m.a, m.b)));
    const [fit] = settled(motion, cost, { shift: 5, turn: 0.15, scale: 0.04 }, a.unit);
    const matrix = matrixAt(fit, 1);
    if (kept.every((p) => apart(p.matrix, matrix, r.x, r.y) + apart(p.matrix, matrix, r.x + 20, r.y) > 3 * a.unit))
      kept.push({ motion: fit, matrix });
  }
  return kept;
}

/** What the second board's regions propose, looking for themselves on the first: to the region each comes from. */
function returning(
  a: Drawing,
  b: Drawing,
  stage: Motion,
  fixed: readonly boolean[],
  standing: readonly boolean[],
): { region: number; proposal: Proposal }[] {
  const back = inverse(matrixAt(stage, 1));
  const least = LEAST_AREA * b.unit * b.unit;
  const looked = b.facts
    .map((r, i) => ({ area: r.area, i }))
    .filter(({ area, i }) => !standing[i] && area >= least)
    .sort((p, q) => q.area - p.area || p.i - q.i)
    .slice(0, MOST_PIECES);
  return looked.flatMap(({ i }) => {
    const r = b.facts[i]!;
    const piece = { edges: thinned(r.border, 140), inside: thinned(r.inside, 60), tone: r.tone };
    return proposals(b, a, i, piece, motionOf(back, 0, 0), fixed).flatMap(({ matrix }) => {
      const region = landing(b, a, r, matrix);
      if (region === 0 || fixed[region]) return [];
      const toB = inverse(matrix);
      const { x, y } = a.facts[region]!;
      const motion = motionOf(toB, x, y);
      return [{ region, proposal: { motion, matrix: matrixAt(motion, 1) } }];
    });
  });
}

/** The region that most of a moved region lands on. */
function landing(from: Drawing, to: Drawing, r: Region, m: Matrix): number {
  const hits = new Map<number, number>();
  let best = 0;
  for (const at of r.inside) {
    const x0 = at % from.width;
    const y0 = (at - x0) / from.width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= to.width || y >= to.height) continue;
    const label = to.regions[y * to.width + x]!;
    const n = (hits.get(label) ?? 0) + 1;
    hits.set(label, n);
    if (label > 0 && n > (hits.get(best) ?? 0)) best = label;
  }
  return best;
}

/** Regions whose strokes or insides touch. */
export function neighbours(a: Drawing): readonly (readonly Neighbour[])[] {
  const all = a.facts.map(() => new Map<number, number[]>());
  const outline = new Float64Array(a.facts.length);
  const meet = (p: number, q: number, at: number): void => {
    const known = all[p]!.get(q);
    if (known) known.push(at);
    else all[p]!.set(q, [at]);
    outline[p]! += 1;
  };
  for (let i = 0; i < a.cells.length; i++) {
    const x = i % a.width;
    for (const next of [x + 1 < a.width ? i + 1 : i, i + a.width < a.cells.length ? i + a.width : i]) {
      const [p, q] = [a.cells[i]!, a.cells[next]!];
      if (p === q || p === 0 || q === 0) continue;
      meet(p, q, i);
      meet(q, p, i);
    }
  }
  return all.map((map, p) =>
    [...map].map(([region, at]) => ({ region, share: at.length / outline[p]!, places: thinned(at, 12) })),
  );
}

/** True for a region of another colour than every part of the stage it borders on: no gap through which the stage is seen. */
function standsOut(a: Drawing, r: Region, near: readonly Neighbour[], fixed: readonly boolean[]): boolean {
  const stage = a.facts.filter((q, i) => i > 0 && fixed[i] && q.area > r.area);
  return near.length > 0 && stage.every((q) => toneGap(q.tone, r.tone) > OTHER_TONE);
}

/** Neighbouring regions that move alike become one piece with the motion of the largest. */
function grouped(
  a: Drawing,
  chosen: readonly Proposal[],
  still: Proposal,
  rests: readonly boolean[],
  near: readonly (readonly Neighbour[])[],
): Pieces {
  const of = new Int32Array(chosen.length).fill(-1);
  const motions: Motion[] = [still.motion];
  const close = (p: Proposal, q: Proposal, r: Region): boolean => {
    const reach = Math.sqrt(r.area) / 2;
    const most = TOGETHER * a.unit;
    return apart(p.matrix, q.matrix, r.x - reach, r.y) < most && apart(p.matrix, q.matrix, r.x + reach, r.y) < most;
  };
  const order = a.facts.map((_, i) => i).sort((p, q) => a.facts[q]!.area - a.facts[p]!.area || p - q);
  of[0] = 0;
  // What is redrawn where it was is a piece at rest: it may lie before or behind what moves.
  let resting = 0;
  for (const i of order) {
    if (chosen[i] !== still && !close(chosen[i]!, still, a.facts[i]!)) continue;
    if (rests[i]) resting ||= motions.push(still.motion) - 1;
    of[i] = rests[i] ? resting : 0;
  }
  for (const first of order) {
    if (of[first] !== -1) continue;
    const piece = motions.push(chosen[first]!.motion) - 1;
    of[first] = piece;
    const queue = [first];
    for (let k = 0; k < queue.length; k++) {
      for (const { region } of near[queue[k]!]!) {
        if (of[region] !== -1 || !close(chosen[region]!, chosen[first]!, a.facts[region]!)) continue;
        of[region] = piece;
        queue.push(region);
      }
    }
  }
  return { of, motions };
}
