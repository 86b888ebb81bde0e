/** Sharing the pieces of a relief out to a few layers. */
import type { Piece, Relief } from '../relief/relief';

/** Layers before the backdrop, at most. */
export const MOST_SHEETS = 4;
/** Pieces this close in nearness share a layer. */
const SAME = 0.05;

/** A piece whose edge is this close to the stage behind it would only be torn from it, never seen to move. */
const LEAST_STEP = 0.03;
/** A piece of a line drawing that takes more of the board than this is no figure but several things run together. */
const MOST_OF_BOARD = 0.3;

/** Sheet of each piece: index by piece label, 1 (the farthest) … the number of sheets, 0 for what stays in the backdrop. */
export interface Split {
  readonly sheetOf: Uint8Array;
  readonly sheets: number;
  /** Motion regions by the sheet they are cut into. */
  readonly regionOf?: ReadonlyMap<number, string>;
}

interface Group {
  readonly labels: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly region?: string | undefined;
}

/**
 * Groups pieces by nearness, joining the closest groups until they are few enough. Pieces of a sheet are all nearer than those
 * of the one behind. A motion region is a sheet of its own, beside those.
 */
export function splitPieces(relief: Relief): Split {
  const still = joined(standingOut(relief).filter((piece) => piece.region === undefined));
  const moving = relief.pieces
    .filter((piece) => piece.region !== undefined)
    .map(({ label, near, region }): Group => ({ labels: [label], low: near, high: near, region }));
  const groups = [...still, ...moving].sort((a, b) => a.high - b.high);
  const sheetOf = new Uint8Array(relief.pieces.reduce((most, p) => Math.max(most, p.label), 0) + 1);
  const regionOf = new Map<number, string>();
  groups.forEach((group, i) => {
    for (const label of group.labels) sheetOf[label] = i + 1;
    if (group.region !== undefined) regionOf.set(i + 1, group.region);
  });
  return { sheetOf, sheets: groups.length, regionOf };
}

function joined(pieces: readonly Piece[]): Group[] {
  const sorted = [...pieces].sort((a, b) => a.near - b.near || a.label - b.label);
  const groups = sorted.map((piece): Group => ({ labels: [piece.label], low: piece.near, high: piece.near }));
  for (;;) {
    let best = -1;
    let gap = Infinity;
    for (let i = 1; i < groups.length; i++) {
      const spread = groups[i]!.high - groups[i - 1]!.low;
      if (spread < gap) [best, gap] = [i, spread];
    }
    if (best < 0 || (gap > SAME && groups.length <= MOST_SHEETS)) break;
    const [into, from] = [groups[best - 1]!, groups[best]!];
    groups.splice(best - 1, 2, { labels: [...into.labels, ...from.labels], low: into.low, high: from.high });
  }
  return groups;
}

/** Pieces worth a cut. */
function standingOut(relief: Relief): Piece[] {
  const { width, height, labels, stage } = relief;
  const near = new Float64Array(labels.reduce((most, label) => Math.max(most, label), 0) + 1);
  for (const piece of relief.pieces) near[piece.label] = piece.near;
  const [area, edge, step] = [near.map(() => 0), near.map(() => 0), near.map(() => 0)];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const label = labels[at]!;
      if (label === 0) continue;
      area[label]!++;
      const inside =
        (x === 0 || labels[at - 1] === label) &&
        (x === width - 1 || labels[at + 1] === label) &&
        (y === 0 || labels[at - width] === label) &&
        (y === height - 1 || labels[at + width] === label);
      if (inside) continue;
      edge[label]!++;
      step[label]! += Math.abs(near[label]! - stage[at]!);
    }
  }
  return relief.pieces.filter(({ label }) => {
    if (relief.kind === 'line' && area[label]! > MOST_OF_BOARD * labels.length) return false;
    return edge[label]! > 0 && step[label]! >= LEAST_STEP * edge[label]!;
  });
}
