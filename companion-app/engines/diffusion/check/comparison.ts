/** How far numbers computed here may lie from a reference, and how far they do. */

/** One array of a reference case against ours. */
export interface Comparison {
  readonly name: string;
  /** Largest difference; NaN where numbers are missing or not finite. */
  readonly error: number;
  /** Largest difference allowed. */
  readonly limit: number;
  readonly ok: boolean;
}

/** Largest absolute value, at least 1: what limits in parts of the values' size are measured by. */
export function sizeOf(...arrays: readonly ArrayLike<number>[]): number {
  let size = 1;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) size = Math.max(size, Math.abs(values[i] ?? 0));
  }
  return size;
}

/** Compares by largest absolute difference. Arrays of different lengths never agree. */
export function compare(
  name: string,
  ours: ArrayLike<number>,
  reference: ArrayLike<number>,
  limit: number,
): Comparison {
  let error = ours.length === reference.length ? 0 : NaN;
  for (let i = 0; i < reference.length; i++) {
    const difference = Math.abs((ours[i] ?? NaN) - (reference[i] ?? NaN));
    if (!(difference <= error)) error = difference;
  }
  return { name, error, limit, ok: error <= limit };
}

/**
 * Compares where each number may differ in parts of itself, plus a fixed amount. The error is relative too: what goes over
 * the fixed amount's share counts in the same parts.
 */
export function compareRelative(
  name: string,
  ours: ArrayLike<number>,
  reference: ArrayLike<number>,
  relative: number,
  absolute: number,
): Comparison {
  const allowed = (i: number) => relative * Math.abs(reference[i] ?? 0) + absolute;
  const parts = Array.from(reference, (value, i) => (Math.abs((ours[i] ?? NaN) - value) / allowed(i)) * relative);
  return compare(
    name,
    ours.length === reference.length ? parts : [],
    new Array<number>(parts.length).fill(0),
    relative,
  );
}
