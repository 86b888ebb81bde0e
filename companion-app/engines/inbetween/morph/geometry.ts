/** Similarity motions of flat pieces, and what they are part of the way. Lengths in pixels of whatever picture they are given for. */

/** Turns and scales about `cx, cy`, then shifts: p → c + d + scale·R(angle)·(p − c). Angles in radians, clockwise on screen. */
export interface Motion {
  readonly cx: number;
  readonly cy: number;
  readonly dx: number;
  readonly dy: number;
  readonly angle: number;
  readonly scale: number;
}

/** x' = a·x − b·y + e, y' = b·x + a·y + f. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly e: number;
  readonly f: number;
}

export const STILL: Motion = { cx: 0, cy: 0, dx: 0, dy: 0, angle: 0, scale: 1 };

/** The motion's first `part` (0 … 1): turned, scaled and shifted in proportion. */
export function matrixAt(m: Motion, part: number): Matrix {
  const s = m.scale ** part;
  const a = s * Math.cos(m.angle * part);
  const b = s * Math.sin(m.angle * part);
  return {
    a,
    b,
    e: m.cx + m.dx * part - a * m.cx + b * m.cy,
    f: m.cy + m.dy * part - b * m.cx - a * m.cy,
  };
}

export function inverse(m: Matrix): Matrix {
  const d = m.a * m.a + m.b * m.b;
  const a = m.a / d;
  const b = -m.b / d;
  return { a, b, e: -(a * m.e - b * m.f), f: -(b * m.e + a * m.f) };
}

/** First `n`, then `m`. */
export function product(m: Matrix, n: Matrix): Matrix {
  return {
    a: m.a * n.a - m.b * n.b,
    b: m.b * n.a + m.a * n.b,
    e: m.a * n.e - m.b * n.f + m.e,
    f: m.b * n.e + m.a * n.f + m.f,
  };
}

/** The motion that a matrix makes of the whole way, turning about `cx, cy`. */
export function motionOf(m: Matrix, cx: number, cy: number): Motion {
  return {
    cx,
    cy,
    dx: m.a * cx - m.b * cy + m.e - cx,
    dy: m.b * cx + m.a * cy + m.f - cy,
    angle: Math.atan2(m.b, m.a),
    scale: Math.hypot(m.a, m.b),
  };
}

/** For pixel centres of a picture `scale` times as large. */
export function enlarged(m: Matrix, scale: number): Matrix {
  // full = (study + ½)·scale − ½
  const h = 0.5 * scale - 0.5;
  return { a: m.a, b: m.b, e: scale * m.e + h - (m.a * h - m.b * h), f: scale * m.f + h - (m.b * h + m.a * h) };
}

/** How far two motions set a point apart. */
export function apart(m: Matrix, n: Matrix, x: number, y: number): number {
  return Math.hypot((m.a - n.a) * x - (m.b - n.b) * y + m.e - n.e, (m.b - n.b) * x + (m.a - n.a) * y + m.f - n.f);
}

/** Widest arm a turn may swing on, in parts of the picture's diagonal. */
const LONGEST_ARM = 0.4;
/** Turns smaller than this (radians) go straight. */
const LEAST_TURN = 0.2;

/**
 * Lets a turning piece swing about the point that stays where it is, as a limb does about its joint: its middle then moves
 * on an arc. Small turns, and pieces whose point lies far away, go straight.
 */
export function swinging(m: Motion, diagonal: number): Motion {
  if (Math.abs(m.angle) < LEAST_TURN || Math.abs(m.angle) > 2.6) return m;
  const { a, b, e, f } = matrixAt(m, 1);
  // (I − M)·p = (e, f)
  const p = 1 - a;
  const d = p * p + b * b;
  const x = (p * e - b * f) / d;
  const y = (b * e + p * f) / d;
  return Math.hypot(x - m.cx, y - m.cy) > LONGEST_ARM * diagonal ? m : { ...m, cx: x, cy: y, dx: 0, dy: 0 };
}
