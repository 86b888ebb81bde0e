/**
 * How a drawing goes on beyond its edge: strokes that cross the edge run on in their own direction, and what lies between
 * two of them goes on between them.
 */
import type { Ink } from '../relief/ink';
import type { Relief } from '../relief/relief';

/** A stroke that leaves the board: where it crosses the edge and how far it drifts along the edge for a pixel outward. Study pixels. */
export interface Crossing {
  readonly at: number;
  readonly drift: number;
}

/** One edge of the board. */
export interface Edge {
  /** Rows (or columns) of the study from the edge in that a drawn frame line takes. */
  readonly inset: number;
  /** In order along the edge. */
  readonly crossings: readonly Crossing[];
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

const STEEPEST = 1.2;
const LOOK = 10;

/** Reads one edge of a line drawing. */
export function readEdge(relief: Relief, ink: Ink, side: Side): Edge {
  const { width, height } = relief;
  const along = side === 'top' || side === 'bottom' ? width : height;
  const deep = side === 'top' || side === 'bottom' ? height : width;
  const index = (u: number, d: number): number => {
    switch (side) {
      case 'top':
        return d * width + u;
      case 'bottom':
        return (height - 1 - d) * width + u;
      case 'left':
        return u * width + d;
      case 'right':
        return u * width + (width - 1 - d);
    }
  };
  const inset = frameLine(ink.mask, along, Math.min(deep, Math.max(3, Math.round(0.02 * deep))), index);
  const look = Math.min(LOOK, deep - inset - 1);
  const crossings: Crossing[] = [];
  for (let u = 0; u < along; u++) {
    if (!ink.mask[index(u, inset)]) continue;
    let last = u;
    while (last + 1 < along && ink.mask[index(last + 1, inset)]) last++;
    const at = (u + last) / 2;
    const inner = follow(ink.mask, at, look, (v, d) => (v < 0 || v >= along ? -1 : index(v, inset + d)));
    const drift = look > 0 ? (at - inner) / look : 0;
    if (last - u < 0.05 * along) crossings.push({ at, drift: Math.min(STEEPEST, Math.max(-STEEPEST, drift)) });
    u = last;
  }
  return { inset, crossings };
}

/** Depth of a line drawn along the edge, 0 without one. */
function frameLine(mask: Uint8Array, along: number, most: number, index: (u: number, d: number) => number): number {
  let inset = 0;
  for (let d = 0; d < most; d++) {
    let inked = 0;
    for (let u = 0; u < along; u++) inked += mask[index(u, d)]!;
    if (inked > 0.45 * along) inset = d + 2;
  }
  return inset;
}

/** Follows a stroke inward row by row and gives where it is after `rows` of them. */
function follow(mask: Uint8Array, from: number, rows: number, index: (u: number, d: number) => number): number {
  let at = from;
  for (let d = 1; d <= rows; d++) {
    let sum = 0;
    let n = 0;
    for (let v = Math.round(at) - 3; v <= Math.round(at) + 3; v++) {
      const i = index(v, d);
      if (i < 0 || !mask[i]) continue;
      sum += v;
      n++;
    }
    if (n === 0) return at + (d > 1 ? ((at - from) / (d - 1)) * (rows - d + 1) : 0);
    at = sum / n;
  }
  return at;
}

/**
 * For a row `outward` study pixels beyond the edge, the position on the edge that each position along it continues. Between
 * strokes positions are shared out evenly; strokes that would cross stop each other.
 */
export function continued(edge: Edge, outward: number, along: number): Float32Array {
  const out = new Float32Array(along);
  const knots: { x: number; u: number }[] = [{ x: -1, u: -1 }];
  for (const { at, drift } of edge.crossings) {
    const x = at + drift * outward;
    if (x > (knots.at(-1)?.x ?? -1) + 0.5 && x < along) knots.push({ x, u: at });
  }
  knots.push({ x: along, u: along });
  let k = 0;
  for (let x = 0; x < along; x++) {
    while (k + 2 < knots.length && knots[k + 1]!.x <= x) k++;
    const [a, b] = [knots[k]!, knots[k + 1]!];
    // Close to a stroke it keeps its own width; the space between takes up the difference.
    const fromLeft = x - a.x;
    const fromRight = b.x - x;
    const near = 3;
    if (fromLeft <= near && fromLeft <= fromRight) out[x] = a.u + fromLeft;
    else if (fromRight <= near) out[x] = b.u - fromRight;
    else {
      const t = (fromLeft - near) / Math.max(1e-6, b.x - a.x - 2 * near);
      out[x] = a.u + near + t * (b.u - a.u - 2 * near);
    }
  }
  return out;
}
