/**
 * Smoothing a map and reading it at a grid of positions, as an ONNX graph: a mean over a square, then a bilinear read whose
 * outermost values go on beyond the edges.
 */
import { GraphBuilder, openSession, type Session } from '../../../../inference';

export interface SmoothMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Threads of a session: the maps are small, and the cores are wanted for the warp of another shot. */
const THREADS = 1;

/** One session for each radius asked for, kept warm for the next board; there are two or three. */
const sessions = new Map<number, Promise<Session>>();

/**
 * Mean of the map over squares of side 2·radius+1 (cut at the borders), read bilinearly at every pair of a column and a row.
 * @param columns fractional columns of the map, measured from the first one's centre; `rows` likewise
 * @throws InbetweenError `engine-unavailable` when ONNX Runtime does not work here
 */
export async function smoothRead(
  map: SmoothMap,
  radius: number,
  columns: Float32Array,
  rows: Float32Array,
): Promise<Float32Array> {
  const { width, height, values } = map;
  const session = await sessionFor(radius);
  const grid = new Float32Array(2 * columns.length * rows.length);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      grid[to++] = (2 * column + 1) / width - 1;
      grid[to++] = (2 * row + 1) / height - 1;
    }
  }
  const { read } = await session.run({
    map: { data: values, dims: [1, 1, height, width] },
    grid: { data: grid, dims: [1, rows.length, columns.length, 2] },
  });
  if (!read) throw new RangeError('the graph has no output "read"');
  return read.data;
}

async function sessionFor(radius: number): Promise<Session> {
  const known = sessions.get(radius);
  if (known) return known;
  const opening = openSession(smoothReadGraph(radius), { provider: 'cpu', threads: THREADS });
  sessions.set(radius, opening);
  opening.catch(() => sessions.delete(radius));
  return opening;
}

/** Inputs `map` [1, 1, height, width] and `grid` [1, rows, columns, 2] (−1 … 1); output `read` [1, 1, rows, columns]. */
function smoothReadGraph(radius: number): Uint8Array {
  const g = new GraphBuilder('smooth-read', 16);
  const map = g.input('map', 'float', [1, 1, 'height', 'width']);
  const grid = g.input('grid', 'float', [1, 'rows', 'columns', 2]);
  const side = 2 * radius + 1;
  const smooth =
    radius < 1
      ? map
      : g.op('AveragePool', [map], {
          kernel_shape: [side, side],
          pads: [radius, radius, radius, radius],
          count_include_pad: 0,
        });
  const read = g.op('GridSample', [smooth, grid], { mode: 'bilinear', padding_mode: 'border', align_corners: 0 });
  g.output(read, 'read', 'float', [1, 1, 'rows', 'columns']);
  return g.build();
}
