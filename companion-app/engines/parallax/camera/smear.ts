/** Motion blur of whip pans: a picture drawn out along its rows, as far as it moves while a shutter is open. */
import type { CameraMove, Size } from '../../../../shared/shot';
import { footprint, sightOf, type Pose } from './pose';

/** Part of a frame's time that the shutter is open: 180°. */
const SHUTTER = 0.5;
/** Pixels below which nothing is seen. */
const LEAST = 2;

/**
 * For every pose of a stretch that begins at frame `from` of the shot, by how many pixels its picture is smeared: 0 outside
 * whip pans, and where the camera starts and stops.
 */
export function smears(
  poses: readonly Pose[],
  from: number,
  moves: readonly CameraMove[],
  lens: number,
  size: Size,
): readonly number[] {
  const whips = moves.filter(({ kind }) => kind === 'whip-pan-left' || kind === 'whip-pan-right');
  if (whips.length === 0) return poses.map(() => 0);
  const middles = poses.map((pose) => {
    const { u0, du } = sightOf(pose, lens, 0, 0);
    return u0 + du;
  });
  return poses.map((pose, i) => {
    if (!whips.some((move) => move.from <= from + i && from + i < move.to)) return 0;
    const here = middles[i] ?? 0;
    const step = Math.min(Math.abs(here - (middles[i - 1] ?? here)), Math.abs((middles[i + 1] ?? here) - here));
    const pixels = Math.round((SHUTTER * step * size.width) / footprint(pose, lens));
    return pixels < LEAST ? 0 : pixels;
  });
}

/** Draws an RGB picture out along its rows in place: every pixel becomes the mean of `pixels` around it. */
export function smear(rgb: Uint8Array, { width, height }: Size, pixels: number): void {
  const half = Math.min(width - 1, pixels >> 1);
  if (half < 1) return;
  const row = new Uint8Array(3 * width);
  const span = 2 * half + 1;
  for (let y = 0; y < height; y++) {
    const start = 3 * y * width;
    row.set(rgb.subarray(start, start + 3 * width));
    for (let c = 0; c < 3; c++) {
      const at = (x: number): number => row[3 * Math.min(width - 1, Math.max(0, x)) + c] ?? 0;
      let sum = 0;
      for (let x = -half; x <= half; x++) sum += at(x);
      for (let x = 0; x < width; x++) {
        rgb[start + 3 * x + c] = Math.round(sum / span);
        sum += at(x + half + 1) - at(x - half);
      }
    }
  }
}
