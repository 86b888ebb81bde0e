/** Cutting an axis into stretches that overlap, and the weights by which what they became is laid together again. */

export interface Tile {
  readonly start: number;
  readonly length: number;
}

/** Stretches of one length that cover `side`, neighbours sharing at least `overlap`; one where it all fits. */
export function tileStarts(side: number, length: number, overlap: number): Tile[] {
  if (length >= side) return [{ start: 0, length: side }];
  const shared = Math.min(overlap, length - 1);
  const count = Math.ceil((side - shared) / (length - shared));
  return Array.from({ length: count }, (_, i) => ({ start: Math.round((i * (side - length)) / (count - 1)), length }));
}

export interface Weighted {
  readonly tile: Tile;
  /** First place it covers on the finer axis. */
  readonly from: number;
  /** One for each place it covers there; those of all tiles add up to 1 at every place. */
  readonly weights: Float32Array;
}

/**
 * Weights on a finer axis. Where two tiles share places the one fades into the other.
 * @param place on the finer axis, of a place on the tiles' own
 * @param margins places at a tile's inner edges that do not count: what was made there lacked its neighbour
 * @param last 1 where the last place of a tile is one place on the finer axis (causal time), 0 where it is as long as all others
 */
export function tileWeights(
  tiles: readonly Tile[],
  place: (at: number) => number,
  last: 0 | 1,
  margins: { readonly start: number; readonly end: number } = { start: 0, end: 0 },
): Weighted[] {
  const spans = tiles.map((tile) => ({
    tile,
    from: place(tile.start),
    to: place(tile.start + tile.length - last) + last,
  }));
  const faded = spans.map(({ tile, from, to }, i) => {
    const weights = new Float32Array(to - from).fill(1);
    const before = spans[i - 1];
    const after = spans[i + 1];
    if (before) fade(weights, from, from + margins.start, before.to - margins.end, (part) => part);
    if (after) fade(weights, from, after.from + margins.start, to - margins.end, (part) => 1 - part);
    return { tile, from, weights };
  });
  // Where more than two share a place their fades do not add up by themselves.
  const sums = new Float32Array(Math.max(...spans.map(({ to }) => to)));
  for (const { from, weights } of faded) weights.forEach((weight, k) => (sums[from + k]! += weight));
  for (const { from, weights } of faded) weights.forEach((weight, k) => (weights[k] = weight / sums[from + k]!));
  return faded;
}

/** Multiplies by what goes from 0 before `start` to 1 from `end` on, at the middles of the places between; `offset` is the first. */
function fade(weights: Float32Array, offset: number, start: number, end: number, of: (part: number) => number): void {
  weights.forEach((weight, k) => {
    const at = offset + k + 0.5;
    weights[k] = weight * of(Math.min(1, Math.max(0, (at - start) / Math.max(1e-9, end - start))));
  });
}
