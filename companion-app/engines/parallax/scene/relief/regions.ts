/**
 * Trapped-ball segmentation (Zhang et al., "Vectorizing Cartoon Animations", section 4): a ball that cannot leave a drawn
 * outline marks its inside, although the outline has gaps smaller than the ball.
 */
import { growLabels } from '../raster/components';
import { distanceTo } from '../raster/distance';
import { span, type Study } from './study';

export interface Regions {
  /** Region of each free pixel, 1…count; 0 on barriers. */
  readonly labels: Int32Array;
  readonly count: number;
}

/** How an outline's gaps are closed. */
export interface Ball {
  /** Radii to try, widest first, in pixels of a 640-pixel picture. */
  readonly radii: readonly number[];
  /** Whether the frame's edge bounds the ball too, so that a figure cut by the frame is closed by it. */
  readonly closedFrame: boolean;
}

/** For pencil and ink: outlines stop short of each other and of the frame. */
export const SKETCHED: Ball = { radii: [10, 7, 5, 3, 2, 1], closedFrame: true };
/** For painted and rendered pictures: outlines are whole, a wide gap is a way through. */
export const PAINTED: Ball = { radii: [5, 3, 2, 1], closedFrame: false };

/**
 * Splits what is not barrier into regions, the widest balls first. Every free pixel ends in
 * a region.
 */
export function trappedBall(s: Study, barrier: Uint8Array, ball: Ball): Regions {
  const { width, height } = s;
  const room = distanceTo(barrier, width, height, ball.closedFrame);
  const free = new Uint8Array(barrier.length);
  for (let i = 0; i < free.length; i++) free[i] = barrier[i] ? 0 : 1;
  const labels = new Int32Array(barrier.length);
  const queue = new Int32Array(barrier.length);
  let count = 0;
  const radii = [...new Set(ball.radii.map((r) => Math.max(1, Math.round(r * s.unit * 2) / 2)))];
  for (const radius of radii) {
    count = seed(labels, queue, width, count, (at) => room[at]! > radius);
    growLabels(labels, free, width, height, Math.ceil(radius));
  }
  growLabels(labels, free, width, height, width + height);
  count = seed(labels, queue, width, count, (at) => free[at] === 1);
  return { labels, count };
}

/** Gives each unlabelled component inside `open` the label it touches most, or a new one; returns the number of labels. */
function seed(
  labels: Int32Array,
  queue: Int32Array,
  width: number,
  count: number,
  open: (at: number) => boolean,
): number {
  let last = count;
  const visited = -1;
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !open(start)) continue;
    const touched = new Map<number, number>();
    labels[start] = visited;
    queue[0] = start;
    let head = 0;
    let tail = 1;
    const look = (next: number): void => {
      const label = labels[next]!;
      if (label > 0) touched.set(label, (touched.get(label) ?? 0) + 1);
      else if (label === 0 && open(next)) {
        labels[next] = visited;
        queue[tail++] = next;
      }
    };
    while (head < tail) {
      const at = queue[head++]!;
      const x = at % width;
      if (x > 0) look(at - 1);
      if (x < width - 1) look(at + 1);
      if (at >= width) look(at - width);
      if (at + width < labels.length) look(at + width);
    }
    let label = 0;
    let most = 0;
    for (const [candidate, contact] of touched) if (contact > most) [label, most] = [candidate, contact];
    if (label === 0) label = ++last;
    for (let k = 0; k < tail; k++) labels[queue[k]!] = label;
  }
  return last;
}

/** What is known of a region. Lengths in pixels. */
export interface RegionFacts {
  area: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** Pixels on the frame's edges. */
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** Boundary to other regions, and how much of it runs along a long straight stroke. */
  outline: number;
  /** Part of `outline` where nothing is drawn and the other side reaches the frame's sides or top: a gap only the ball closed. */
  open: number;
  straight: number;
  /** Upright part of `straight` whose other side reaches the frame's upper edge: a body against open paper, not a wall. */
  straightToOpen: number;
}

/** Gathers the facts of every region; `cells` is the partition grown over the strokes, `straight` the straight strokes. */
export function regionFacts(
  s: Study,
  regions: Regions,
  cells: Int32Array,
  straight: Uint8Array,
): readonly RegionFacts[] {
  const { width, height } = s;
  const facts = Array.from({ length: regions.count + 1 }, (): RegionFacts => ({
    area: 0, x0: width, y0: height, x1: -1, y1: -1, top: 0, bottom: 0, left: 0, right: 0, outline: 0, open: 0, straight: 0, straightToOpen: 0,
  })); // prettier-ignore
  for (let x = 0; x < width; x++) facts[cells[x]!]!.top++;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const cell = cells[at]!;
      const f = facts[cell]!;
      if (regions.labels[at] === cell) f.area++;
      if (x < f.x0) f.x0 = x;
      if (x > f.x1) f.x1 = x;
      if (y < f.y0) f.y0 = y;
      f.y1 = y;
      if (y === height - 1) f.bottom++;
      if (x === 0) f.left++;
      if (x === width - 1) f.right++;
      for (const next of [x + 1 < width ? at + 1 : at, y + 1 < height ? at + width : at]) {
        const other = cells[next]!;
        if (other === cell) continue;
        const g = facts[other]!;
        f.outline++;
        g.outline++;
        if (straight[at] || straight[next]) {
          f.straight++;
          g.straight++;
          if (next === at + 1 && g.top > 0) f.straightToOpen++;
          if (next === at + 1 && f.top > 0) g.straightToOpen++;
        }
      }
    }
  }
  const reaches = facts.map((f) => f.top + f.left + f.right > 0);
  for (let at = 0; at < cells.length; at++) {
    const a = regions.labels[at]!;
    if (a === 0) continue;
    for (const next of [(at + 1) % width > 0 ? at + 1 : at, at + width < cells.length ? at + width : at]) {
      const b = regions.labels[next]!;
      if (b === 0 || a === b) continue;
      if (reaches[b]) facts[a]!.open++;
      if (reaches[a]) facts[b]!.open++;
    }
  }
  return facts;
}

/** The partition with strokes shared out to the nearest region. */
export function cellsOf(s: Study, regions: Regions): Int32Array {
  const cells = regions.labels.slice();
  growLabels(cells, undefined, s.width, s.height, span(s, s.width + s.height));
  return cells;
}
