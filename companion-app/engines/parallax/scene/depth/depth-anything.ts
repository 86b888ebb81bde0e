/**
 * Depth Anything V2 (Yang et al. 2024) as exported by optimum: `pixel_values` [1,3,h,w] → `predicted_depth` [1,h,w], near is
 * high. Sizes as DPTImageProcessor makes them: aspect kept, shorter side 518, both multiples of 14; ImageNet mean and deviation.
 */
import { resample } from '../raster/resample';
import type { DepthModel } from './depth-model';

const SHORT_SIDE = 518;
const PATCH = 14;
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** Runs the graph: pixel values in planes [1,3,height,width], predicted depth [height,width] back. */
export type RunDepth = (
  pixels: Float32Array,
  height: number,
  width: number,
  signal: AbortSignal,
) => Promise<{ readonly height: number; readonly width: number; readonly depth: Float32Array }>;

/** The size a picture is read at. */
export function modelSize(width: number, height: number): { width: number; height: number } {
  const scale = SHORT_SIDE / Math.min(width, height);
  const fit = (v: number): number => Math.max(PATCH, Math.round((v * scale) / PATCH) * PATCH);
  return { width: Math.min(fit(width), 4 * SHORT_SIDE - (4 * SHORT_SIDE) % PATCH), height: Math.min(fit(height), 4 * SHORT_SIDE - (4 * SHORT_SIDE) % PATCH) }; // prettier-ignore
}

/** A Depth Anything graph as a DepthModel. */
export function depthAnything(run: RunDepth): DepthModel {
  return {
    name: 'depth-anything-v2',
    async estimate(rgb, width, height, signal) {
      const size = modelSize(width, height);
      const small = resample(rgb, width, height, size.width, size.height, 3);
      const plane = size.width * size.height;
      const pixels = new Float32Array(3 * plane);
      for (let i = 0; i < plane; i++) {
        for (const c of [0, 1, 2] as const) pixels[c * plane + i] = (small[3 * i + c]! / 255 - MEAN[c]) / DEVIATION[c];
      }
      const out = await run(pixels, size.height, size.width, signal);
      return { width: out.width, height: out.height, near: out.depth };
    },
  };
}
