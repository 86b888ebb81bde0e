/** Regions of a drawing: what its strokes enclose, with small gaps in them closed. */
import { SKETCHED, trappedBall, type Regions } from '../../parallax/scene/relief/regions';
import type { Study } from '../../parallax/scene/relief/study';
import { toneGap } from './tone';

/** A way between two regions at least this wide (pixels of 640), or this much of the smaller one's outline, makes them one. */
const WIDE = 5.5;
const MOSTLY = 0.22;
const SAME_TONE = 14;

/** The ball splits at every narrow place; regions of one colour with a wide way between them are one region all the same. */
export function regionsOf(s: Study, barrier: Uint8Array): Regions {
  const parts = trappedBall(s, barrier, { ...SKETCHED, radii: [3, 2, 1] });
  const n = parts.count + 1;
  const { labels } = parts;
  const { width, height, rgb } = s;
  const open = new Map<number, number>();
  const outline = new Float64Array(n);
  const sums = new Float64Array(4 * n);
  for (let i = 0; i < labels.length; i++) {
    const p = labels[i]!;
    if (p === 0) continue;
    const x = i % width;
    for (let c = 0; c < 3; c++) sums[4 * p + c]! += rgb[3 * i + c]!;
    sums[4 * p + 3]! += 1;
    for (const next of [x + 1 < width ? i + 1 : i, i + width < width * height ? i + width : i]) {
      const q = labels[next]!;
      if (q === p) continue;
      outline[p]! += 1;
      if (q === 0) continue;
      outline[q]! += 1;
      const key = p < q ? p * n + q : q * n + p;
      open.set(key, (open.get(key) ?? 0) + 1);
    }
  }
  const tone = (p: number): number[] => [0, 1, 2].map((c) => sums[4 * p + c]! / Math.max(1, sums[4 * p + 3]!));
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const find = (p: number): number => (root[p] === p ? p : (root[p] = find(root[p]!)));
  for (const [key, length] of open) {
    const p = Math.floor(key / n);
    const q = key % n;
    const less = Math.min(outline[p]!, outline[q]!);
    if (length < WIDE * s.unit && length < MOSTLY * less) continue;
    if (toneGap(tone(p), tone(q)) > SAME_TONE) continue;
    root[Math.max(find(p), find(q))] = Math.min(find(p), find(q));
  }
  const names = new Int32Array(n);
  let count = 0;
  for (let p = 1; p < n; p++) if (find(p) === p) names[p] = ++count;
  return { labels: labels.map((p) => (p === 0 ? 0 : names[find(p)]!)), count };
}
