import { at } from './scheduler';

/** Solves a small system of linear equations by elimination with row exchange; rows are not changed. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, at(right, i)]);
  const size = rows.length;
  const row = (i: number): number[] => {
    const found = rows[i];
    if (!found) throw new RangeError(`no row ${i}`);
    return found;
  };
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(at(row(i), column)) > Math.abs(at(row(pivot), column))) pivot = i;
    }
    [rows[column], rows[pivot]] = [row(pivot), row(column)];
    for (let i = 0; i < size; i++) {
      if (i === column) continue;
      const factor = at(row(i), column) / at(row(column), column);
      rows[i] = row(i).map((value, k) => value - factor * at(row(column), k));
    }
  }
  return rows.map((values, i) => at(values, size) / at(values, i));
}
