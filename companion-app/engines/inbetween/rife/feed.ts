/** What a RIFE model is given for one tile. */
import type { Picture } from '../morph';
import type { Channels } from './pack';
import type { Tile, Tiling } from './tiles';

/**
 * Planes [channels, height, width]: RGB of both pictures in 0 … 1 (their edges repeated beyond them), the timestep, and what the
 * variant adds: a scale of 1; or the grid of −1 … 1 across and down and the size of its steps.
 */
export function feedOf(
  first: Picture,
  second: Picture,
  part: number,
  tile: Tile,
  tiling: Tiling,
  channels: Channels,
): Float32Array {
  const { width, height } = tiling;
  const plane = width * height;
  const data = new Float32Array(channels * plane);
  for (let y = 0; y < height; y++) {
    const sy = Math.min(first.height - 1, tile.y + y);
    for (let x = 0; x < width; x++) {
      const from = 3 * (sy * first.width + Math.min(first.width - 1, tile.x + x));
      const to = y * width + x;
      for (let c = 0; c < 3; c++) {
        data[c * plane + to] = first.rgb[from + c]! / 255;
        data[(3 + c) * plane + to] = second.rgb[from + c]! / 255;
      }
    }
  }
  data.fill(part, 6 * plane, 7 * plane);
  if (channels === 8) data.fill(1, 7 * plane);
  if (channels === 11) {
    const [dx, dy] = [2 / (width - 1), 2 / (height - 1)];
    for (let i = 0; i < plane; i++) {
      data[7 * plane + i] = -1 + dx * (i % width);
      data[8 * plane + i] = -1 + dy * Math.floor(i / width);
    }
    data.fill(dx, 9 * plane, 10 * plane);
    data.fill(dy, 10 * plane);
  }
  return data;
}
