/** From nearness (0 … 1) to relief (inverse distance, 1 at the board's middle distance). */
import type { Scene, SceneLayer } from '../scene/scene';

/** Inverse distances of nearness 0 and 1 before they are set in proportion to the middle. */
const FARTHEST = 0.7;
const NEAREST = 1.3;

/** Relief that may be expected of a board not looked at yet. */
export const EXPECTED_RELIEF = { far: 0.7, near: 1.45 } as const;

export function inverseDistance(near: number): number {
  return FARTHEST + (NEAREST - FARTHEST) * near;
}

/** Mean nearness of what is seen of the board: its middle distance. */
export function middleNearness(scene: Scene): number {
  let sum = 0;
  let count = 0;
  const left = scene.margin.x / (scene.boardWidth + 2 * scene.margin.x);
  const top = scene.margin.y / (scene.boardHeight + 2 * scene.margin.y);
  const samples = 48;
  for (let j = 0; j < samples; j++) {
    for (let i = 0; i < samples; i++) {
      const fx = left + ((i + 0.5) / samples) * (1 - 2 * left);
      const fy = top + ((j + 0.5) / samples) * (1 - 2 * top);
      sum += nearnessAt(scene, fx, fy);
      count++;
    }
  }
  return sum / count;
}

/** Nearness of the topmost layer that covers a point, given in parts of the picture. */
function nearnessAt(scene: Scene, fx: number, fy: number): number {
  for (let k = scene.layers.length - 1; k >= 0; k--) {
    const layer = scene.layers[k];
    if (!layer) continue;
    const alpha = layer.rgba[4 * (Math.floor(fy * layer.height) * layer.width + Math.floor(fx * layer.width)) + 3] ?? 0;
    if (alpha < 128 && k > 0) continue;
    return (
      layer.near[Math.floor(fy * layer.reliefHeight) * layer.reliefWidth + Math.floor(fx * layer.reliefWidth)] ?? 0.5
    );
  }
  return 0.5;
}

/** Nearness of the two things focus is racked between. */
export interface FocusRange {
  readonly far: number;
  readonly near: number;
}

/** Share of a sheet's relief that lies beyond either end of its focus range. */
const TAIL = 0.1;

/** What focus goes between: the far parts of the backdrop and the nearest figure, or the near parts where there is none. */
export function focusRange(scene: Scene): FocusRange {
  const [backdrop, ...figures] = scene.layers;
  const sorted = Float32Array.from(backdrop?.near ?? []).sort();
  const part = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0.5;
  const far = part(TAIL);
  return { far, near: figures.length > 0 ? Math.max(far, ...figures.map(meanNearness)) : part(1 - TAIL) };
}

/** Mean nearness of a layer, weighted by how much it covers. */
function meanNearness(layer: SceneLayer): number {
  let sum = 0;
  let weight = 0;
  for (let j = 0; j < layer.reliefHeight; j++) {
    for (let i = 0; i < layer.reliefWidth; i++) {
      const x = Math.floor(((i + 0.5) / layer.reliefWidth) * layer.width);
      const y = Math.floor(((j + 0.5) / layer.reliefHeight) * layer.height);
      const alpha = layer.rgba[4 * (y * layer.width + x) + 3] ?? 0;
      sum += alpha * (layer.near[j * layer.reliefWidth + i] ?? 0);
      weight += alpha;
    }
  }
  return weight > 0 ? sum / weight : 0;
}
