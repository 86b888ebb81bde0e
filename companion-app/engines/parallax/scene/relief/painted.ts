/**
 * Relief of a painted, photographed or rendered board: what stands out becomes pieces that stand on the floor where they
 * touch it; the rest is a stage that recedes to the horizon.
 */
import { gradient } from '../raster/morphology';
import { floorNear, openStage } from './ground';
import { compose, type Piece, type Relief } from './relief';
import { figureNear } from './figures';
import { outlinedThings } from './outlined';
import { saliency } from './saliency';
import { superpixels, toLab, type Superpixels } from './superpixels';
import type { Study } from './study';

const PATCHES = 700;
/** Pixels a patch has at least, on small boards. */
const LEAST_PATCH = 60;
const SEED = 0.55;
const GROW = 0.33;

export function paintedRelief(s: Study): Relief {
  const { width, height } = s;
  const horizon = findHorizon(s);
  const stage = new Float32Array(width * height);
  for (let y = 0; y < height; y++) stage.fill(floorNear(y, horizon, height), y * width, (y + 1) * width);
  const { labels, pieces } = outlinedPieces(s, horizon) ?? salientPieces(s, horizon);
  return { kind: 'tone', width, height, labels, pieces, stage, near: compose(labels, pieces, stage) };
}

interface Pieces {
  readonly labels: Uint16Array;
  readonly pieces: readonly Piece[];
}

/** Things with a sharp outline all round; undefined when there are none. */
function outlinedPieces(s: Study, horizon: number): Pieces | undefined {
  const found = outlinedThings(s);
  if (!found || found.figures.length === 0) return undefined;
  const stage = openStage(s, horizon);
  return {
    labels: found.labels,
    pieces: found.figures.map((f) => ({ label: f.label, near: figureNear(f, stage, s) })),
  };
}

/** Things that stand out by colour and light. */
function salientPieces(s: Study, horizon: number): Pieces {
  const sp = superpixels(s, toLab(s.rgb), Math.min(PATCHES, (s.width * s.height) / LEAST_PATCH));
  return standingPieces(s, sp, saliency(sp, Math.max(s.width, s.height)), horizon);
}

/** Row of the strongest level edge across the board, if one stands out in its middle part; a usual eye height otherwise. */
export function findHorizon(s: Study): number {
  const { width, height, luma } = s;
  const profile = new Float64Array(height);
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    let edge = 0;
    for (let x = 0; x < width; x++) {
      edge += Math.min(24, Math.abs(luma[(y + 1) * width + x]! - luma[(y - 1) * width + x]!));
    }
    profile[y] = edge / width;
    sum += profile[y]!;
  }
  let best = -1;
  let most = 0;
  for (let y = Math.round(0.2 * height); y < 0.72 * height; y++) {
    const here = (profile[y]! + (profile[y - 1] ?? 0) + (profile[y + 1] ?? 0)) / 3;
    const weight = here * (1 - Math.abs(y / height - 0.45));
    if (weight > most) [best, most] = [y, weight];
  }
  return best > 0 && (profile[best]! > 4 * (sum / height) || profile[best]! > 10) ? best : 0.42 * height;
}

interface Group {
  readonly members: number[];
  area: number;
  strongest: number;
}

/** Joins the patches that stand out into pieces. */
function standingPieces(s: Study, sp: Superpixels, standing: Float32Array, horizon: number): Pieces {
  const { width, height } = s;
  const most = standing.reduce((a, b) => Math.max(a, b), 0);
  const group = new Int32Array(sp.patches.length).fill(-1);
  const groups: Group[] = [];
  const near: number[][] = sp.patches.map(() => []);
  for (const { a, b } of sp.edges) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const on = (p: number): boolean => standing[p]! > GROW * most && standing[p]! > 0.15;
  sp.patches.forEach((_, start) => {
    if (group[start] !== -1 || !on(start)) return;
    const found: Group = { members: [start], area: 0, strongest: 0 };
    group[start] = groups.length;
    for (let i = 0; i < found.members.length; i++) {
      const p = found.members[i]!;
      found.area += sp.patches[p]!.area;
      found.strongest = Math.max(found.strongest, standing[p]!);
      for (const q of near[p]!) {
        if (group[q] !== -1 || !on(q)) continue;
        group[q] = groups.length;
        found.members.push(q);
      }
    }
    groups.push(found);
  });
  const frame = width * height;
  const kept = groups.map((g) => g.strongest > SEED * most && g.area > 0.002 * frame && g.area < 0.55 * frame);
  return place(s, sp, group, kept, horizon);
}

function place(s: Study, sp: Superpixels, group: Int32Array, kept: readonly boolean[], horizon: number): Pieces {
  const { width, height } = s;
  const slope = gradient(s.luma, width, height);
  const labels = new Uint16Array(width * height);
  const facts = kept.map(() => ({ foot: 0, x0: width, x1: -1, bottom: 0, edge: 0, outline: 0 }));
  for (let at = 0; at < labels.length; at++) {
    const g = group[sp.labels[at]!]!;
    if (g < 0 || !kept[g]) continue;
    labels[at] = g + 1;
    const f = facts[g]!;
    const x = at % width;
    f.foot = Math.floor(at / width);
    f.x0 = Math.min(f.x0, x);
    f.x1 = Math.max(f.x1, x);
    if (f.foot === height - 1) f.bottom++;
    if ((x + 1 < width && group[sp.labels[at + 1]!] !== g) || (at >= width && group[sp.labels[at - width]!] !== g)) {
      f.outline++;
      f.edge += slope[at]!;
    }
  }
  const pieces: Piece[] = [];
  const renamed = new Uint16Array(kept.length + 1);
  facts.forEach((f, g) => {
    if (!kept[g] || f.edge < 2.5 * f.outline) return;
    const label = pieces.length + 1;
    renamed[g + 1] = label;
    const share = Math.min(1, (f.x1 - f.x0 + 1) / width);
    const cut = f.bottom > 0.01 * width;
    const standingOn = floorNear(cut ? height : Math.max(f.foot, horizon), horizon, height);
    pieces.push({ label, near: cut ? Math.min(1, standingOn + 0.08 + 0.2 * share) : standingOn });
  });
  return { labels: labels.map((l) => renamed[l]!), pieces };
}
