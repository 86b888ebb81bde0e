/** What the scenes are made of: outlines with a distance, in order from far to near. */
export const WIDTH = 960;
export const HEIGHT = 540;

export interface Vec {
  readonly x: number;
  readonly y: number;
}

/** Nearness of a shape: one value, or one that changes evenly between two points. */
export type Near = number | { readonly from: Vec; readonly to: Vec; readonly near: readonly [number, number] };

export interface Shape {
  readonly points: readonly Vec[];
  readonly closed: boolean;
  /** Corners are kept sharp; otherwise the outline is rounded through its points. */
  readonly sharp: boolean;
  readonly near: Near;
  /** Lightness of its surface, 0 black … 1 paper. */
  readonly tone: number;
  /** Not outlined: a floor, a sky, a wash. */
  readonly bare?: boolean;
  /** A limb drawn as a single stroke this many pixels wide in the truth. */
  readonly limb?: number;
  readonly hatch?: boolean;
}

export interface World {
  readonly kind: string;
  /** Row of the eye. */
  readonly horizon: number;
  readonly shapes: readonly Shape[];
}

/** Nearness of the floor at a row: the inverse of its distance. */
export const floorAt = (row: number, horizon: number): number =>
  Math.max(0.02, (0.6 * (row - horizon)) / (HEIGHT - horizon));

export const at = (x: number, y: number): Vec => ({ x, y });

export function oval(cx: number, cy: number, rx: number, ry: number, steps = 20): Vec[] {
  return Array.from({ length: steps }, (_, i) => {
    const a = (2 * Math.PI * i) / steps;
    return at(cx + rx * Math.cos(a), cy + ry * Math.sin(a));
  });
}

export const box = (x0: number, y0: number, x1: number, y1: number): Vec[] => [
  at(x0, y0),
  at(x1, y0),
  at(x1, y1),
  at(x0, y1),
];

/** A floor from the horizon (or the foot of a wall) to the lower edge. */
export function floor(horizon: number, from: number, tone = 1): Shape {
  const near: Near = { from: at(0, from), to: at(0, HEIGHT), near: [floorAt(from, horizon), floorAt(HEIGHT, horizon)] };
  return { points: box(0, from, WIDTH, HEIGHT), closed: true, sharp: true, near, tone, bare: true };
}

export const backdrop = (near: number, to: number, tone = 1): Shape => ({
  points: box(0, 0, WIDTH, to), closed: true, sharp: true, near, tone, bare: true,
}); // prettier-ignore
