/** From nearness (0 … 1) to relief (inverse distance, 1 at the board's middle distance). */
import type { Scene } from '../scene/scene';

/** Inverse distances of nearness 0 and 1 before they are set in proportion to the middle. */
const FARTHEST = 0.6;
const NEAREST = 1.4;

/** Relief that may be expected of a board not looked at yet. */
export const EXPECTED_RELIEF = { far: 0.62, near: 1.55 } as const;

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
