/** One layer of a Photoshop file laid on an empty board. */
import type { Layer, PixelData } from 'ag-psd';
import type { Size } from '../../../shared/shot';
import { rgba8, type Rgba } from './psd-pixels';

/** The layer at its place on a board of `size`; what hangs over the edge is cut, opacity and mask are in the alpha. */
export function fullLayer(layer: Layer & { readonly imageData: PixelData }, opacity: number, size: Size): Rgba {
  const from = rgba8(layer.imageData);
  const data = new Uint8Array(size.width * size.height * 4);
  const [left, top] = [layer.left ?? 0, layer.top ?? 0];
  const [x0, x1] = [Math.max(0, left), Math.min(size.width, left + from.width)];
  const [y0, y1] = [Math.max(0, top), Math.min(size.height, top + from.height)];
  const shown = maskOf(layer);
  for (let y = y0; y < y1; y += 1) {
    const source = ((y - top) * from.width + (x0 - left)) * 4;
    const target = (y * size.width + x0) * 4;
    if (x1 > x0) data.set(from.data.subarray(source, source + (x1 - x0) * 4), target);
    if (opacity === 1 && !shown) continue;
    for (let x = x0, a = target + 3; x < x1; x += 1, a += 4)
      data[a] = Math.round((data[a] ?? 0) * opacity * (shown?.(x, y) ?? 1));
  }
  return { ...size, data };
}

/** How much of the layer its mask lets through at a place on the board, 0–1; null without a mask. */
function maskOf(layer: Layer): ((x: number, y: number) => number) | null {
  const { mask } = layer;
  if (!mask || mask.disabled === true) return null;
  const outside = (mask.defaultColor ?? 0) / 255;
  if (!mask.imageData) return () => outside;
  const { width, height, data } = rgba8(mask.imageData);
  const [left, top] = [mask.left ?? 0, mask.top ?? 0];
  return (x, y) => {
    const [u, v] = [x - left, y - top];
    return u < 0 || v < 0 || u >= width || v >= height ? outside : (data[(v * width + u) * 4] ?? 0) / 255;
  };
}
