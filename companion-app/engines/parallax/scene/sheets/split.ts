/** Sharing the pieces of a relief out to a few layers. */
import type { Relief } from '../relief/relief';

/** Layers before the backdrop, at most. */
export const MOST_SHEETS = 4;
/** Pieces this close in nearness share a layer. */
const SAME = 0.05;

/** Sheet of each piece: index by piece label, 0 (unused label) … the number of sheets; 1 is the farthest sheet. */
export interface Split {
  readonly sheetOf: Uint8Array;
  readonly sheets: number;
}

/** Groups pieces by nearness, joining the closest groups until they are few enough. Pieces of a sheet are all nearer than those of the one behind. */
export function splitPieces(relief: Relief): Split {
  const sorted = [...relief.pieces].sort((a, b) => a.near - b.near || a.label - b.label);
  const groups = sorted.map((piece) => ({ labels: [piece.label], low: piece.near, high: piece.near }));
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
  const sheetOf = new Uint8Array(relief.pieces.reduce((most, p) => Math.max(most, p.label), 0) + 1);
  groups.forEach((group, i) => {
    for (const label of group.labels) sheetOf[label] = i + 1;
  });
  return { sheetOf, sheets: groups.length };
}
