/** Every pixel of both boards given to the piece it moves with; what nothing on the other board answers to is told apart. */
import { components } from '../../parallax/scene/raster/components';
import { faceOf, thinned, type Drawing } from './drawing';
import { edgeMiss, toneMiss } from './fit';
import { inverse, type Matrix } from './geometry';
import { neighbours } from './pieces';
import type { Side } from './side';
import { joinSplinters } from './tidy';

/** A region is lost when so much of it lands on something else. */
const LOST_TONE = 0.55;
/** … or when its outline misses by so much. */
const LOST_EDGE = 0.75;
/** Strokes farther than this from any stroke of the other board are lost (pixels of 640). */
export const LOST_STROKE = 3.2;
/** Half the length of stroke that is judged together. */
const AROUND = 9;

/** The first board's pixels, by its regions' pieces. */
export function ownSide(a: Drawing, b: Drawing, pieceOf: Int32Array, moves: readonly Matrix[]): Side {
  const lostRegion = a.facts.map((r, i) => {
    if (i === 0 || r.rim > 0.1 * (a.width + a.height)) return false;
    const piece = { edges: [], inside: thinned(r.inside, 60), tone: r.tone };
    return toneMiss(a, b, piece, moves[pieceOf[i]!]!) > LOST_TONE;
  });
  return sideOf(a, b, pieceOf, lostRegion, moves);
}

/** The second board's pixels: each region goes back with the piece of the first board that lands on it. */
export function otherSide(b: Drawing, a: Side, moves: readonly Matrix[]): Side {
  const back = moves.map(inverse);
  const votes = b.facts.map(() => new Float64Array(moves.length));
  const from = a.drawing;
  b.facts.forEach((r, i) => {
    for (const at of thinned(r.inside, 120)) {
      back.forEach((m, k) => {
        const x0 = at % b.width;
        const y0 = (at - x0) / b.width;
        const x = Math.round(m.a * x0 - m.b * y0 + m.e);
        const y = Math.round(m.b * x0 + m.a * y0 + m.f);
        if (x < 0 || y < 0 || x >= from.width || y >= from.height) return;
        const q = y * from.width + x;
        if (a.owner[q] === k && !from.ink[q]) votes[i]![k]! += 1;
      });
    }
  });
  const pieceOf = new Int32Array(b.facts.length);
  const lostRegion = b.facts.map((r, i) => {
    if (i === 0) return false;
    const inside = thinned(r.inside, 120);
    const piece = { edges: [], inside, tone: r.tone };
    let least = Infinity;
    let missed = 1;
    let loose = 1;
    const border = thinned(r.border, 140);
    back.forEach((m, k) => {
      const share = votes[i]![k]! / Math.max(1, inside.length);
      if (share < 0.04 && k !== 0) return;
      const tone = toneMiss(b, from, piece, m);
      const edge = edgeMiss(b, from, border, m);
      const cost = 0.4 * edge + 0.25 * tone + 0.35 * (1 - share);
      if (cost >= least) return;
      loose = edge;
      least = cost;
      missed = tone;
      pieceOf[i] = k;
    });
    return r.rim <= 0.1 * (b.width + b.height) && (missed > LOST_TONE || loose > LOST_EDGE);
  });
  followNeighbours(b, pieceOf, lostRegion);
  return sideOf(b, from, pieceOf, lostRegion, back);
}

/** What is new goes with the piece it hangs on: a hand comes with its arm. */
function followNeighbours(b: Drawing, pieceOf: Int32Array, lostRegion: readonly boolean[]): void {
  const near = neighbours(b);
  lostRegion.forEach((lost, i) => {
    if (!lost) return;
    const shares = new Map<number, number>();
    for (const { region, share } of near[i]!) {
      const piece = pieceOf[region]!;
      if (!lostRegion[region] && piece > 0) shares.set(piece, (shares.get(piece) ?? 0) + share);
    }
    const [first] = [...shares].sort((p, q) => q[1] - p[1] || p[0] - q[0]);
    if (first && first[1] > 0.12) pieceOf[i] = first[0];
  });
}

function sideOf(
  from: Drawing,
  to: Drawing,
  pieceOf: Int32Array,
  lostRegion: readonly boolean[],
  moves: readonly Matrix[],
): Side {
  const owner = new Int32Array(from.ink.length);
  const lost = new Uint8Array(from.ink.length);
  for (let i = 0; i < owner.length; i++) {
    const region = from.regions[i]!;
    owner[i] = pieceOf[region]!;
    if (region > 0 && lostRegion[region]) lost[i] = 1;
  }
  shareStrokes(from, to, pieceOf, moves, owner);
  markLost(from, to, moves, owner, lost);
  return { drawing: from, owner, lost };
}

/** How far strokes reach for pieces to go with, and over how much of a stroke that is decided (pixels of 640). */
const REACH = 5;
const STRETCH = 4;
/** What the stage, and a piece as large as the picture, must be better by: a stroke belongs to what lies in front. */
const STAGE_BEHIND = 0.22;
const LARGE_BEHIND = 0.5;

/** A stroke between pieces goes with the one under whose motion it lies on a stroke of the other board. */
function shareStrokes(
  from: Drawing,
  to: Drawing,
  pieceOf: Int32Array,
  moves: readonly Matrix[],
  owner: Int32Array,
): void {
  const { width, height, ink, regions } = from;
  const size = new Float64Array(moves.length);
  for (let i = 0; i < owner.length; i++) if (!ink[i]) size[owner[i]!]! += 1;
  const behind = moves.map((_, k) => (k === 0 ? STAGE_BEHIND : Math.min(0.15, (LARGE_BEHIND * size[k]!) / ink.length)));
  const missOf = edgeMisses(from, to, moves);
  const reach = Math.max(3, Math.round(REACH * from.unit));
  const stretch = Math.max(2, Math.round(STRETCH * from.unit));
  const found = new Uint8Array(moves.length);
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    found.fill(0);
    for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
      for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
        const region = regions[ny * width + nx]!;
        if (region > 0) found[pieceOf[region]!] = 1;
      }
    }
    let piece = pieceOf[from.cells[i]!]!;
    let least = Infinity;
    for (let k = 0; k < moves.length; k++) {
      if (!found[k]) continue;
      const cost = behind[k]! + around(from, missOf, k, x, y, stretch);
      if (cost < least) [piece, least] = [k, cost];
    }
    owner[i] = piece;
  }
  joinSplinters(from, moves.length, owner);
}

/** Looks up how far a pixel's edge misses under a motion, 0 … 1; −1 where there is no edge. Worked out when first asked for. */
function edgeMisses(from: Drawing, to: Drawing, moves: readonly Matrix[]): (at: number, piece: number) => number {
  const edgeAt = new Int32Array(from.ink.length).fill(-1);
  from.edges.forEach((at, e) => (edgeAt[at] = e));
  const known = moves.map(() => new Float32Array(from.edges.length).fill(-1));
  return (at, piece) => {
    const e = edgeAt[at]!;
    if (e < 0) return -1;
    const misses = known[piece]!;
    if (misses[e]! < 0) misses[e] = edgeMiss(from, to, [e], moves[piece]!);
    return misses[e]!;
  };
}

/** Mean miss of the edges around a pixel; 1 where there are none. */
function around(
  d: Drawing,
  missOf: (at: number, piece: number) => number,
  piece: number,
  x: number,
  y: number,
  reach: number,
): number {
  let sum = 0;
  let count = 0;
  for (let ny = Math.max(0, y - reach); ny <= Math.min(d.height - 1, y + reach); ny++) {
    for (let nx = Math.max(0, x - reach); nx <= Math.min(d.width - 1, x + reach); nx++) {
      const miss = missOf(ny * d.width + nx, piece);
      if (miss < 0) continue;
      sum += miss;
      count++;
    }
  }
  return count === 0 ? 1 : sum / count;
}

/** Stretches of stroke that land on no stroke. */
function markLost(from: Drawing, to: Drawing, moves: readonly Matrix[], owner: Int32Array, lost: Uint8Array): void {
  const { width, height, ink } = from;
  const most = LOST_STROKE * from.unit;
  const misses = new Uint8Array(ink.length);
  from.edges.forEach((at, e) => {
    const m = moves[owner[at]!]!;
    const x0 = at % width;
    const y0 = (at - x0) / width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= to.width || y >= to.height) return;
    const q = y * to.width + x;
    const face = faceOf(from.facing[e]! + Math.atan2(m.b, m.a));
    if (to.near[face]![q]! > most && to.toInk[q]! > most / 2) misses[at] = 1;
  });
  // A stroke is lost where most of its edges around are: single stray pixels go with the rest.
  const reach = Math.round(AROUND * from.unit);
  const edge = new Uint8Array(ink.length);
  for (const at of from.edges) edge[at] = 1;
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    let all = 0;
    let gone = 0;
    for (let dy = -reach; dy <= reach; dy++) {
      if (y + dy < 0 || y + dy >= height) continue;
      for (let dx = -reach; dx <= reach; dx++) {
        if (x + dx < 0 || x + dx >= width) continue;
        const q = i + dy * width + dx;
        if (!edge[q] || owner[q] !== owner[i]) continue;
        all++;
        gone += misses[q]!;
      }
    }
    if (all > 0 && gone > 0.5 * all) lost[i] = 1;
  }
  judgeMarks(from, lost, edge, misses);
}

/** Free-standing marks (pixels of a 640-pixel picture) are found or lost as a whole: an eye, a mouth, a button. */
const MARK = 700;

function judgeMarks(d: Drawing, lost: Uint8Array, edge: Uint8Array, misses: Uint8Array): void {
  const parts = components(d.ink, d.width, d.height, true);
  const all = new Int32Array(parts.count + 1);
  const gone = new Int32Array(parts.count + 1);
  for (let i = 0; i < edge.length; i++) {
    if (!edge[i]) continue;
    all[parts.labels[i]!]! += 1;
    gone[parts.labels[i]!]! += misses[i]!;
  }
  for (let i = 0; i < lost.length; i++) {
    const mark = parts.labels[i]!;
    if (mark === 0 || parts.area[mark]! > MARK * d.unit * d.unit) continue;
    lost[i] = gone[mark]! > 0.3 * all[mark]! ? 1 : 0;
  }
}
