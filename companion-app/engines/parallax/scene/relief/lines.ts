/** Long straight strokes (walls, floorboards, horizons, panel borders) and where they meet. */
import { span, type Study } from './study';

/** A straight stroke from (x0, y0) to (x1, y1), x0 ≤ x1, in study pixels. */
export interface Line {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly length: number;
  /** Length that is drawn. */
  readonly inked: number;
}

export interface StraightStrokes {
  readonly lines: readonly Line[];
  /** 1 on ink that belongs to one of the lines. */
  readonly mask: Uint8Array;
}

const ANGLES = 180;
const MOST_LINES = 48;

/** Hough transform over the ink (1° by 1 px), longest runs first; each run's ink is taken out before the next search. */
export function straightStrokes(s: Study, ink: Uint8Array): StraightStrokes {
  const { width, height } = s;
  const least = span(s, 120, 12);
  const reach = Math.ceil(Math.hypot(width, height));
  const bins = 2 * reach + 1;
  const votes = new Int32Array(ANGLES * bins);
  const cos = new Float64Array(ANGLES);
  const sin = new Float64Array(ANGLES);
  for (let a = 0; a < ANGLES; a++) {
    cos[a] = Math.cos((a * Math.PI) / ANGLES);
    sin[a] = Math.sin((a * Math.PI) / ANGLES);
  }
  const left = ink.slice();
  // Angle by angle: one angle's votes stay in the cache.
  const vote = (pixels: readonly number[], by: number): void => {
    const xs = Int32Array.from(pixels, (at) => at % width);
    const ys = Int32Array.from(pixels, (at) => Math.floor(at / width));
    for (let a = 0; a < ANGLES; a++) tally(votes, a * bins, xs, ys, cos[a]!, sin[a]!, reach, by);
  };
  const inked: number[] = [];
  for (let i = 0; i < left.length; i++) if (left[i]) inked.push(i);
  vote(inked, 1);
  const mask = new Uint8Array(ink.length);
  const lines: Line[] = [];
  for (let tries = 0; tries < 2 * MOST_LINES && lines.length < MOST_LINES; tries++) {
    const best = largest(votes);
    if (votes[best]! < least * 0.7) break;
    const a = Math.floor(best / bins);
    const rho = (best % bins) - reach;
    const run = stretch(left, width, height, cos[a]!, sin[a]!, rho, s);
    if (!run || run.inked < least || run.inked < 0.5 * run.length) {
      votes[best] = 0;
      continue;
    }
    lines.push(run);
    const taken = band(run, width, height, Math.max(1.5, 2 * s.unit)).filter((at) => left[at]);
    for (const at of taken) {
      left[at] = 0;
      mask[at] = 1;
    }
    vote(taken, -1);
  }
  return { lines, mask };
}

/** Votes of the pixels for the lines of one angle, which begin at `first`. */
function tally(
  votes: Int32Array,
  first: number,
  xs: Int32Array,
  ys: Int32Array,
  cos: number,
  sin: number,
  reach: number,
  by: number,
): void {
  for (let i = 0; i < xs.length; i++) votes[first + ((xs[i]! * cos + ys[i]! * sin + reach + 0.5) | 0)]! += by;
}

/** Index of the largest value, the first of several. */
function largest(values: Int32Array): number {
  let best = 0;
  let most = values[0] ?? 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! <= most) continue;
    most = values[i]!;
    best = i;
  }
  return best;
}

/**
 * Ink along the line x·cos + y·sin = rho: stretches that bridge gaps of a few pixels, taken together where a figure
 * standing before the line interrupts it. Undefined when together they are shorter than `least`.
 */
function stretch(
  ink: Uint8Array,
  width: number,
  height: number,
  cos: number,
  sin: number,
  rho: number,
  s: Study,
): Line | undefined {
  const reach = Math.ceil(Math.hypot(width, height));
  const bridge = span(s, 6, 2);
  const runs: { start: number; last: number; hits: number }[] = [];
  let run: { start: number; last: number; hits: number } | undefined;
  for (let t = -reach; t <= reach; t++) {
    const x = rho * cos - t * sin;
    const y = rho * sin + t * cos;
    let on = false;
    for (let k = -1; k <= 1 && !on; k++) {
      const px = Math.round(x + k * cos);
      const py = Math.round(y + k * sin);
      on = px >= 0 && px < width && py >= 0 && py < height && ink[py * width + px] === 1;
    }
    if (!on) continue;
    if (run && t - run.last <= bridge) {
      run.last = t;
      run.hits++;
    } else runs.push((run = { start: t, last: t, hits: 1 }));
  }
  const long = runs.filter((r) => r.last - r.start >= span(s, 30, 6) && r.hits >= 0.75 * (r.last - r.start));
  const whole = joined(long, span(s, 130, 10));
  if (!whole) return undefined;
  const from = { x: rho * cos - whole.start * sin, y: rho * sin + whole.start * cos };
  const to = { x: rho * cos - whole.last * sin, y: rho * sin + whole.last * cos };
  const [p, q] = from.x <= to.x ? [from, to] : [to, from];
  return { x0: p.x, y0: p.y, x1: q.x, y1: q.y, length: whole.last - whole.start, inked: whole.hits };
}

/** The chain of runs, none farther apart than `most`, that has the most ink. */
function joined(
  runs: readonly { start: number; last: number; hits: number }[],
  most: number,
): { start: number; last: number; hits: number } | undefined {
  let best: { start: number; last: number; hits: number } | undefined;
  let chain: { start: number; last: number; hits: number } | undefined;
  for (const run of runs) {
    chain =
      chain && run.start - chain.last <= most
        ? { start: chain.start, last: run.last, hits: chain.hits + run.hits }
        : { ...run };
    if (!best || chain.hits > best.hits) best = chain;
  }
  return best;
}

/** Pixels within `half` of the segment. */
function band(line: Line, width: number, height: number, half: number): number[] {
  const found: number[] = [];
  const dx = (line.x1 - line.x0) / line.length;
  const dy = (line.y1 - line.y0) / line.length;
  const x0 = Math.max(0, Math.floor(Math.min(line.x0, line.x1) - half));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(line.x0, line.x1) + half));
  const y0 = Math.max(0, Math.floor(Math.min(line.y0, line.y1) - half));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(line.y0, line.y1) + half));
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const along = (x - line.x0) * dx + (y - line.y0) * dy;
      const off = Math.abs((x - line.x0) * dy - (y - line.y0) * dx);
      if (off <= half && along >= -half && along <= line.length + half) found.push(y * width + x);
    }
  }
  return found;
}

/** Height of the eye: where receding lines meet; undefined without a clear answer. Study pixels, may lie off the board. */
export function horizonFrom(lines: readonly Line[], s: Study): number | undefined {
  const slanted = lines.filter((l) => {
    const slope = Math.abs(Math.atan2(l.y1 - l.y0, l.x1 - l.x0)) * (180 / Math.PI);
    return slope > 5 && slope < 80;
  });
  if (slanted.length < 2) return undefined;
  const { width, height } = s;
  const bins = new Float64Array(64);
  const low = -0.3 * height;
  const step = (1.6 * height) / bins.length;
  let total = 0;
  slanted.forEach((a, i) => {
    for (const b of slanted.slice(i + 1)) {
      const y = crossing(a, b, width);
      if (y === undefined) continue;
      const at = Math.floor((y - low) / step);
      if (at < 0 || at >= bins.length) continue;
      const weight = Math.min(a.length, b.length);
      bins[at]! += weight;
      total += weight;
    }
  });
  let best = 0;
  const around = (i: number): number => (bins[i - 1] ?? 0) + (bins[i] ?? 0) + (bins[i + 1] ?? 0);
  for (let i = 1; i < bins.length; i++) if (around(i) > around(best)) best = i;
  if (total === 0 || around(best) < 0.4 * total || around(best) < 0.2 * width) return undefined;
  return low + (best + 0.5) * step;
}

/** Height at which two lines, prolonged, meet; undefined when nearly parallel or meeting far off the board. */
function crossing(a: Line, b: Line, width: number): number | undefined {
  const ax = a.x1 - a.x0;
  const ay = a.y1 - a.y0;
  const bx = b.x1 - b.x0;
  const by = b.y1 - b.y0;
  const cross = ax * by - ay * bx;
  if (Math.abs(cross) < 0.08 * a.length * b.length) return undefined;
  const t = ((b.x0 - a.x0) * by - (b.y0 - a.y0) * bx) / cross;
  const x = a.x0 + t * ax;
  return x < -2 * width || x > 3 * width ? undefined : a.y0 + t * ay;
}
