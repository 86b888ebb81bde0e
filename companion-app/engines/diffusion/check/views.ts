/** The parts of arrays that reference cases keep: every nth row and column, or the first positions. */

interface Whole {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

/** What a file's name says it holds of the array it is named after. */
export interface View {
  readonly array: string;
  readonly of: (whole: Whole) => number[];
}

/** Numbers at the places where every axis's index passes. */
function selected({ data, dims }: Whole, keep: (axis: number, index: number) => boolean): number[] {
  let places = [0];
  dims.forEach((size, axis) => {
    const kept = Array.from({ length: size }, (_, i) => i).filter((i) => keep(axis, i));
    places = places.flatMap((place) => kept.map((i) => place * size + i));
  });
  return places.map((place) => data[place] ?? NaN);
}

/** The array a file is about, and how it was cut: `_s4` every fourth row and column, `_s3` every third, `_32` (any number) the first 32. */
export function viewOf(file: string): View {
  const cut = /^(.*)_(s3|s4|\d+)$/.exec(file);
  const [array, how] = [cut?.[1] ?? file, cut?.[2]];
  if (how === 's3' || how === 's4') {
    const every = how === 's3' ? 3 : 4;
    return { array, of: (whole) => selected(whole, (axis, i) => (axis !== 2 && axis !== 3) || i % every === 0) };
  }
  if (how !== undefined) return { array, of: (whole) => selected(whole, (axis, i) => axis !== 1 || i < Number(how)) };
  return { array: file, of: ({ data }) => Array.from(data) };
}
