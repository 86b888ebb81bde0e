/** A washed floor cut up by its own boards, tiles and edges: all of its parts are floor, none is a thing. */
import { erode } from '../raster/morphology';
import type { Stage } from './ground';
import type { RegionFacts } from './regions';
import { span, type Study } from './study';

/** Grey levels by which a washed floor differs from the wall, and within which it is one floor. */
const [WASHED, ONE_FLOOR] = [8, 5];
/** A stroke that has less than this part of the depth of the board's strongest is drawn on the floor, not around a thing. */
const PALE = 0.6;
/** Part of a floor part's outline that is pale or not drawn at all. */
const OPEN = 0.25;

interface Partition {
  /** Regions grown over the strokes, and without them. */
  readonly cells: Int32Array;
  readonly labels: Int32Array;
}

/** What was judged to be things, less what is floor: it lies below the wall, has the floor's tone, and pale strokes cut it off. */
export function offTheFloor(
  s: Study,
  ink: Uint8Array,
  judged: readonly boolean[],
  facts: readonly RegionFacts[],
  { cells, labels }: Partition,
  stage: Stage,
): readonly boolean[] {
  const sums = new Float64Array(facts.length);
  const above = new Int32Array(facts.length);
  for (let at = 0; at < labels.length; at++) {
    const x = at % s.width;
    sums[labels[at]!]! += s.luma[at]!;
    if ((at - x) / s.width < stage.base[x]! - 0.01 * s.height) above[labels[at]!]!++;
  }
  const area = (i: number): number => Math.max(1, facts[i]!.area);
  const tone = (i: number): number => sums[i]! / area(i);
  const staged = facts.flatMap((f, i) => (i > 0 && !judged[i] && f.area > 0 ? [i] : []));
  const floor = middle(
    staged.filter((i) => facts[i]!.bottom > 0 && above[i]! < 0.1 * area(i)),
    tone,
    area,
  );
  const wall = middle(
    staged.filter((i) => above[i]! > 0.9 * area(i)),
    tone,
    area,
  );
  if (floor === undefined || wall === undefined || Math.abs(floor - wall) < WASHED) return judged;
  const pale = paleOutlines(s, ink, cells, facts.length, floor);
  return judged.map((is, i) => {
    const lies = is && above[i]! < 0.05 * area(i) && Math.abs(tone(i) - floor) <= ONE_FLOOR;
    return is && !(lies && pale[i]! > OPEN * facts[i]!.outline);
  });
}

/** The tone that half of the regions' area does not reach. */
function middle(
  regions: readonly number[],
  tone: (region: number) => number,
  area: (region: number) => number,
): number | undefined {
  const half = regions.reduce((sum, i) => sum + area(i), 0) / 2;
  let seen = 0;
  for (const i of [...regions].sort((a, b) => tone(a) - tone(b))) {
    seen += area(i);
    if (seen >= half) return tone(i);
  }
  return undefined;
}

/** For each region the length of its outline that is drawn with pale strokes, or not at all. */
function paleOutlines(s: Study, ink: Uint8Array, cells: Int32Array, count: number, floor: number): Float64Array {
  const { width, height } = s;
  const depths = new Int32Array(256);
  let inked = 0;
  for (let at = 0; at < ink.length; at++) {
    if (!ink[at]) continue;
    depths[s.dark[at]!]!++;
    inked++;
  }
  let strongest = 0;
  for (let seen = depths[0]!; seen < 0.1 * inked && strongest < 255;) seen += depths[++strongest]!;
  const limit = floor - PALE * (floor - strongest);
  const around = erode(s.dark, width, height, span(s, 2));
  const out = new Float64Array(count);
  for (let at = 0; at < cells.length; at++) {
    if (around[at]! < limit) continue;
    for (const next of [(at + 1) % width > 0 ? at + 1 : at, at + width < cells.length ? at + width : at]) {
      if (cells[next] === cells[at]) continue;
      out[cells[at]!]!++;
      out[cells[next]!]!++;
    }
  }
  return out;
}
