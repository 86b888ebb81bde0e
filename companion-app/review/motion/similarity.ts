/** A picture's motion as a whole: shift, turn and growth, in the frame's own measures. */

/**
 * Where a point of one picture lies in another: q = [a −b; b a]·p + (x, y), in frame widths from the frame's centre, y down.
 * a = growth·cos(turn), b = growth·sin(turn); a turn is clockwise as seen.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
}

export const STILL: Similarity = { a: 1, b: 0, x: 0, y: 0 };

/** First `one`, then `two`. */
export function then(one: Similarity, two: Similarity): Similarity {
  return {
    a: two.a * one.a - two.b * one.b,
    b: two.b * one.a + two.a * one.b,
    x: two.a * one.x - two.b * one.y + two.x,
    y: two.b * one.x + two.a * one.y + two.y,
  };
}

/** The way back. */
export function inverse({ a, b, x, y }: Similarity): Similarity {
  const n = a * a + b * b;
  const [ia, ib] = [a / n, -b / n];
  return { a: ia, b: ib, x: -(ia * x - ib * y), y: -(ib * x + ia * y) };
}

/** The same as four numbers that add up: log of growth, turn in radians, shift in widths right and down. */
export interface Motion {
  readonly growth: number;
  readonly turn: number;
  readonly x: number;
  readonly y: number;
}

export function motionOf({ a, b, x, y }: Similarity): Motion {
  return { growth: Math.log(Math.hypot(a, b)), turn: Math.atan2(b, a), x, y };
}

/** How far a point moves on average, in widths, when a picture grows or turns by one unit: about a quarter of its width. */
export const REACH = 0.25;

/** A motion as one vector in widths, so that its parts can be compared. */
export function vectorOf({ growth, turn, x, y }: Motion): readonly [number, number, number, number] {
  return [growth * REACH, turn * REACH, x, y];
}
