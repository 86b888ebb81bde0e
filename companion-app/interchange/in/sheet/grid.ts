/** The rows and columns in which panels of one size lie. */
import { high, wide, type Rect } from './page';

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The usual distance from each place to the next. */
export const stepOf = (places: readonly number[]): number =>
  middle(places.slice(1).map((place, i) => place - (places[i] ?? 0)));

/** Values that lie close to each other, each group by its middle. */
function groups(values: readonly number[], near: number): number[] {
  const out: number[][] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && value - (last.at(-1) ?? 0) <= near) last.push(value);
    else out.push([value]);
  }
  return out.map(middle);
}

export interface Grid {
  /** The usual size of a panel, pixels. */
  readonly width: number;
  readonly height: number;
  /** Where columns begin, from the left, and rows, from the top. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

export function gridOf(panels: readonly Rect[]): Grid {
  const [width, height] = [middle(panels.map(wide)), middle(panels.map(high))];
  const columns = groups(
    panels.map((r) => r.x0),
    width / 3,
  );
  const rows = groups(
    panels.map((r) => r.y0),
    height / 3,
  );
  return { width, height, columns, rows };
}
