/**
 * What stands out from the background of a painted or photographed board: boundary connectivity and the optimisation of
 * Zhu, Liang, Wei and Sun, "Saliency Optimization from Robust Background Detection" (equations 1–9). Distances between
 * patches are the colour steps straight across their borders, so that a pool of light stays with the wall it falls on.
 */
import type { Patch, Superpixels } from './superpixels';

const SIGMA_BORDER = 1;
const SIGMA_SPACE = 0.25;

function colourDistance(a: Patch, b: Patch): number {
  return Math.hypot(a.lab[0] - b.lab[0], a.lab[1] - b.lab[1], a.lab[2] - b.lab[2]);
}

/** For each patch 0 (background) … 1 (stands out). `side` is the picture's longer side in pixels. */
export function saliency(sp: Superpixels, side: number): Float32Array {
  const { patches } = sp;
  const n = patches.length;
  const neighbours = graph(sp);
  const steps = sp.edges.map((e) => e.step).sort((a, b) => a - b);
  const sigma = Math.max(4, Math.min(12, steps[Math.floor(steps.length / 2)] ?? 0));
  const background = new Float32Array(n);
  for (let p = 0; p < n; p++) {
    const away = geodesics(p, neighbours, n);
    let area = 0;
    let border = 0;
    for (let q = 0; q < n; q++) {
      const like = Math.exp(-(away[q]! * away[q]!) / (2 * sigma * sigma));
      area += like * patches[q]!.area;
      border += like * patches[q]!.border;
    }
    const connectivity = border / Math.sqrt(Math.max(1, area));
    background[p] = 1 - Math.exp(-(connectivity * connectivity) / (2 * SIGMA_BORDER * SIGMA_BORDER));
  }
  const contrast = new Float32Array(n);
  let most = 1e-6;
  for (let p = 0; p < n; p++) {
    const a = patches[p]!;
    let sum = 0;
    for (let q = 0; q < n; q++) {
      const b = patches[q]!;
      const apart = Math.hypot(a.x - b.x, a.y - b.y) / side;
      const close = Math.exp(-(apart * apart) / (2 * SIGMA_SPACE * SIGMA_SPACE));
      sum += colourDistance(a, b) * close * background[q]! * b.area;
    }
    contrast[p] = sum;
    most = Math.max(most, sum);
  }
  for (let p = 0; p < n; p++) contrast[p]! /= most;
  return optimise(neighbours, background, contrast, sigma);
}

interface Neighbour {
  readonly to: number;
  readonly distance: number;
}

function graph(sp: Superpixels): readonly (readonly Neighbour[])[] {
  const out: Neighbour[][] = sp.patches.map(() => []);
  for (const { a, b, step } of sp.edges) {
    const distance = Math.max(0, step - 3);
    out[a]!.push({ to: b, distance });
    out[b]!.push({ to: a, distance });
  }
  return out;
}

/** Shortest sums of colour steps from one patch to all others (Bellman–Ford with a queue; the graph is small). */
function geodesics(from: number, neighbours: readonly (readonly Neighbour[])[], n: number): Float32Array {
  const away = new Float32Array(n).fill(Infinity);
  away[from] = 0;
  const queued = new Uint8Array(n);
  let queue = [from];
  while (queue.length > 0) {
    const next: number[] = [];
    for (const p of queue) {
      queued[p] = 0;
      for (const { to, distance } of neighbours[p]!) {
        const d = away[p]! + distance;
        if (d >= away[to]! - 1e-3 || d > 60) continue;
        away[to] = d;
        if (queued[to]) continue;
        queued[to] = 1;
        next.push(to);
      }
    }
    queue = next;
  }
  return away;
}

/** Minimises Σ bg·s² + Σ fg·(s−1)² + Σ w·(s−s')² by Gauss–Seidel. */
function optimise(
  neighbours: readonly (readonly Neighbour[])[],
  background: Float32Array,
  foreground: Float32Array,
  sigma: number,
): Float32Array {
  const s = foreground.slice();
  const weights = neighbours.map((list) =>
    list.map(({ distance }) => Math.exp(-(distance * distance) / (2 * sigma * sigma)) + 0.1),
  );
  for (let round = 0; round < 60; round++) {
    for (let p = 0; p < s.length; p++) {
      let top = foreground[p]!;
      let bottom = foreground[p]! + background[p]!;
      neighbours[p]!.forEach(({ to }, i) => {
        top += weights[p]![i]! * s[to]!;
        bottom += weights[p]![i]!;
      });
      s[p] = bottom > 0 ? top / bottom : 0;
    }
  }
  return s;
}
