/** Which piece lies in front of which. */
import type { Matrix } from './geometry';
import type { Side } from './side';

/** A piece must be seen to cover another by so many study pixels (of a 640-pixel picture) more than the other way round. */
const EVIDENCE = 25;

/**
 * Pieces back to front, the stage first. Where a piece is hidden on one board, what is seen in its place lies before it;
 * where nothing tells, the smaller piece lies in front.
 */
export function frontOrder(
  a: Side,
  b: Side,
  moves: readonly Matrix[],
  back: readonly Matrix[],
  areas: Float64Array,
): number[] {
  const n = areas.length;
  const over = new Float64Array(n * n);
  count(a, b, moves, over, n);
  count(b, a, back, over, n);
  const least = EVIDENCE * a.drawing.unit * a.drawing.unit;
  const before = (p: number, q: number): boolean => over[p * n + q]! - over[q * n + p]! > least;
  const rest = Array.from({ length: n - 1 }, (_, k) => k + 1).sort((p, q) => areas[q]! - areas[p]! || p - q);
  const order = [0];
  while (rest.length > 0) {
    const next = rest.findIndex((p) => rest.every((q) => q === p || !before(p, q)));
    order.push(...rest.splice(Math.max(0, next), 1));
  }
  return order;
}

/** Counts, for each pair of moving pieces, pixels of the second that the first is seen in place of. */
function count(from: Side, to: Side, moves: readonly Matrix[], over: Float64Array, n: number): void {
  const { width } = from.drawing;
  const { width: w, height: h } = to.drawing;
  for (let at = 0; at < from.owner.length; at++) {
    const k = from.owner[at]!;
    if (k === 0 || from.drawing.ink[at]) continue;
    const m = moves[k]!;
    const x0 = at % width;
    const y0 = (at - x0) / width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= w || y >= h) continue;
    const seen = to.owner[y * w + x]!;
    if (seen !== k && seen > 0) over[seen * n + k]! += 1;
  }
}

/** Pixels of a side that something moving covers on the other board are not lost, only hidden there. */
export function forgiveHidden(from: Side, to: Side, moves: readonly Matrix[]): void {
  const { width } = from.drawing;
  const { width: w, height: h } = to.drawing;
  for (let at = 0; at < from.owner.length; at++) {
    if (!from.lost[at]) continue;
    const k = from.owner[at]!;
    const m = moves[k]!;
    const x0 = at % width;
    const y0 = (at - x0) / width;
    const x = Math.round(m.a * x0 - m.b * y0 + m.e);
    const y = Math.round(m.b * x0 + m.a * y0 + m.f);
    if (x < 0 || y < 0 || x >= w || y >= h) continue;
    const seen = to.owner[y * w + x]!;
    if (seen !== k && seen > 0) from.lost[at] = 0;
  }
}
