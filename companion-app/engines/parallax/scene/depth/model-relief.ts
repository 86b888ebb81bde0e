/** Relief from a model's map: what it shows as sharply nearer than its surroundings is cut out, the rest is the stage. */
import { dilate } from '../raster/morphology';
import { pullPush } from '../raster/pull-push';
import { resizeMap } from '../raster/resample';
import { components } from '../raster/components';
import { cellsOf, PAINTED, trappedBall } from '../relief/regions';
import type { Piece, Relief } from '../relief/relief';
import { span, type Study } from '../relief/study';
import type { DepthMap } from './depth-model';

/** A step this high over two pixels (of a range of 1) is an edge of depth, not a slope. */
const STEP = 0.045;
/** A region this much nearer than what surrounds it stands before it. */
const STANDS_OUT = 0.05;

/** Scales a map to 0.04 … 0.96 by its 1st and 99th percentile; a map without any range becomes flat. */
function normalised(near: Float32Array): Float32Array {
  const sorted = Float32Array.from(near, (v) => (Number.isFinite(v) ? v : 0)).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))]!;
  const high = sorted[Math.floor(0.99 * (sorted.length - 1))]!;
  const range = high - low;
  if (!(range > 1e-6)) return new Float32Array(near.length).fill(0.3);
  return Float32Array.from(near, (v) => {
    const t = Number.isFinite(v) ? (v - low) / range : 0;
    return 0.04 + 0.92 * Math.min(1, Math.max(0, t));
  });
}

export function modelRelief(s: Study, map: DepthMap): Relief {
  const { width, height } = s;
  const near = resizeMap(normalised(map.near), map.width, map.height, width, height);
  const edges = new Uint8Array(near.length);
  for (let at = 0; at < near.length; at++) {
    const x = at % width;
    const dx = Math.abs(near[x + 1 < width ? at + 1 : at]! - near[x > 0 ? at - 1 : at]!);
    const dy = Math.abs(near[at + width < near.length ? at + width : at]! - near[at >= width ? at - width : at]!);
    edges[at] = Math.max(dx, dy) > STEP ? 1 : 0;
  }
  const regions = trappedBall(s, edges, PAINTED);
  const cells = cellsOf(s, regions);
  const standing = standingRegions(s, cells, regions.count, near);
  const mask = Uint8Array.from(cells, (c) => standing[c]!);
  const parts = components(mask, width, height, true);
  const labels = Uint16Array.from(parts.labels);
  return { kind: 'tone', width, height, labels, pieces: piecesOf(labels, parts.count, near), stage: without(s, near, mask), near }; // prettier-ignore
}

/** 1 for the regions that are nearer than their neighbours along most of their outline. */
function standingRegions(s: Study, cells: Int32Array, count: number, near: Float32Array): Uint8Array {
  const { width, height } = s;
  const area = new Float64Array(count + 1);
  const outline = new Float64Array(count + 1);
  const before = new Float64Array(count + 1);
  const reach = span(s, 4, 2);
  for (let at = 0; at < cells.length; at++) area[cells[at]!]! += 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      for (const [dx, dy] of [[1, 0], [0, 1]] as const) {
        if (x + dx >= width || y + dy >= height) continue;
        const next = at + dx + dy * width;
        if (cells[next] === cells[at]) continue;
        const inner = near[Math.max(0, y - dy * reach) * width + Math.max(0, x - dx * reach)]!;
        const outer = near[Math.min(height - 1, y + dy * reach) * width + Math.min(width - 1, x + dx * reach)]!;
        for (const [cell, difference] of [[cells[at]!, inner - outer], [cells[next]!, outer - inner]] as const) {
          outline[cell]! += 1;
          if (difference > STANDS_OUT) before[cell]! += 1;
        }
      } // prettier-ignore
    }
  }
  return Uint8Array.from(area, (a, cell) =>
    cell > 0 && a > 0.0015 * width * height && a < 0.6 * width * height && before[cell]! > 0.55 * outline[cell]!
      ? 1
      : 0,
  );
}

function piecesOf(labels: Uint16Array, count: number, near: Float32Array): Piece[] {
  const sum = new Float64Array(count + 1);
  const n = new Float64Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    sum[labels[i]!]! += near[i]!;
    n[labels[i]!]! += 1;
  }
  return Array.from({ length: count }, (_, i) => ({ label: i + 1, near: sum[i + 1]! / Math.max(1, n[i + 1]!) }));
}

/** The map behind the pieces: their place filled from around them. */
function without(s: Study, near: Float32Array, mask: Uint8Array): Float32Array {
  const stage = near.slice();
  const hidden = dilate(mask, s.width, s.height, span(s, 3));
  const weights = Float32Array.from(hidden, (h) => (h ? 0 : 1));
  pullPush(stage, weights, s.width, s.height, 1);
  return stage;
}
