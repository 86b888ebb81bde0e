/** Fitting a few weights that cannot be negative to measured numbers: small, robust against a run that went wrong. Pure. */

/** One measurement: what it depends on, what was measured, how much it counts. */
export interface Sample {
  readonly x: readonly number[];
  readonly y: number;
  readonly weight: number;
}

/** Keeps features apart that the samples cannot tell apart, in parts of their own size. */
const RIDGE = 1e-9;

/** Solves A·w = b by Gauss with pivots; null where A is singular. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] | null {
  const rows = a.map((row, index) => [...row, b[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const order = rows.slice(column).sort((p, q) => Math.abs(q[column] ?? 0) - Math.abs(p[column] ?? 0));
    rows.splice(column, order.length, ...order);
    const pivot = rows[column];
    const head = pivot?.[column] ?? 0;
    if (!pivot || Math.abs(head) < 1e-12) return null;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / head;
      for (let at = column; at <= size; at += 1) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

/** Least squares with the features in `use` alone; the others weigh nothing. */
function leastSquares(samples: readonly Sample[], use: readonly number[], features: number): number[] | null {
  const a = use.map((i) =>
    use.map((j) => samples.reduce((sum, s) => sum + s.weight * (s.x[i] ?? 0) * (s.x[j] ?? 0), 0)),
  );
  const b = use.map((i) => samples.reduce((sum, s) => sum + s.weight * (s.x[i] ?? 0) * s.y, 0));
  const damped = a.map((row, i) => row.map((value, j) => (i === j ? value * (1 + RIDGE) + 1e-12 : value)));
  const solved = solve(damped, b);
  if (!solved) return null;
  const weights = new Array<number>(features).fill(0);
  use.forEach((feature, index) => (weights[feature] = solved[index] ?? 0));
  return weights;
}

/** Least squares without negative weights: features that would get one are left out, the worst first. */
function nonNegative(samples: readonly Sample[], features: number): number[] {
  let use = Array.from({ length: features }, (_, index) => index);
  while (use.length > 0) {
    const weights = leastSquares(samples, use, features);
    if (!weights) {
      use = use.slice(0, -1);
      continue;
    }
    const worst = use.reduce((a, b) => ((weights[b] ?? 0) < (weights[a] ?? 0) ? b : a));
    if ((weights[worst] ?? 0) >= 0) return weights;
    use = use.filter((feature) => feature !== worst);
  }
  return new Array<number>(features).fill(0);
}

/** The weighted sum of features. */
export function valueAt(weights: readonly number[], x: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (x[index] ?? 0), 0);
}

/**
 * Weights that make `valueAt(weights, x)` come close to y in proportion: a run of ten hours counts no more than one of ten seconds, and
 * runs far off the others less and less.
 */
export function fitWeights(samples: readonly Sample[], features: number): number[] {
  const relative = samples.map((sample) => ({ ...sample, weight: sample.weight / Math.max(sample.y, 1e-3) ** 2 }));
  let weights = nonNegative(relative, features);
  for (let round = 0; round < 3 && samples.length > 3; round += 1) {
    const off = relative.map((sample) => Math.abs(valueAt(weights, sample.x) / Math.max(sample.y, 1e-3) - 1));
    const usual = [...off].sort((a, b) => a - b)[Math.floor(off.length / 2)] ?? 0;
    const limit = Math.max(0.02, 2 * usual);
    const tamed = relative.map((sample, index) => ({
      ...sample,
      weight: sample.weight * Math.min(1, limit / Math.max(off[index] ?? 0, 1e-9)),
    }));
    weights = nonNegative(tamed, features);
  }
  return weights;
}
