/** Things with a sharp outline in a painted or rendered board. */
import { boxBlur, close } from '../raster/morphology';
import { findFigures, type Figures } from './figures';
import { findStage } from './ground';
import { horizonFrom, straightStrokes } from './lines';
import { PAINTED, trappedBall } from './regions';
import { span, type Study } from './study';
import { toLab } from './superpixels';

/** Contrast of an outline, in CIE Lab units a pixel: the same in the dark and in the light. */
const OUTLINE = 1.5;
/** A drawn outline takes this much of the light around it; lines on walls and floors are paler. */
const LINE = 0.55;
/** Where outlines cover more of the picture than this it is texture, and contours tell nothing. */
const BUSY = 0.22;

/** Things enclosed by a sharp outline, found as in a line drawing; undefined where the picture is all texture. */
export function outlinedThings(s: Study): Figures | undefined {
  const { width, height } = s;
  const filled = close(s.luma, width, height, span(s, 2));
  const slope = contrast(s);
  const noise = quantile(slope, 0.5);
  const least = Math.max(OUTLINE, 3.5 * noise);
  const sharp = new Uint8Array(slope.length);
  let count = 0;
  for (let i = 0; i < sharp.length; i++) {
    const line = filled[i]! - s.luma[i]! > Math.max(14, LINE * filled[i]!);
    if (slope[i]! <= least && !line) continue;
    sharp[i] = 1;
    count++;
  }
  if (count > BUSY * sharp.length) return undefined;
  const straight = straightStrokes(s, sharp);
  const regions = trappedBall(s, sharp, PAINTED);
  const stage = findStage(s, straight.lines, horizonFrom(straight.lines, s));
  return findFigures(s, sharp, straight.mask, regions, stage);
}

/** Steps of colour with thin dark lines taken out first: lines on a wall bound nothing, the edge of a body does. */
function contrast(s: Study): Float32Array {
  const { width, height } = s;
  const out = new Float32Array(width * height);
  const planes = splitPlanes(s).map((plane) => close(plane, width, height, span(s, 2)));
  const rgb = new Uint8Array(width * height * 3);
  planes.forEach((plane, c) => {
    for (let i = 0; i < plane.length; i++) rgb[3 * i + c] = plane[i]!;
  });
  const lab = toLab(rgb);
  for (let c = 0; c < 3; c++) {
    const plane = new Float32Array(out.length);
    for (let i = 0; i < plane.length; i++) plane[i] = lab[3 * i + c]!;
    const soft = boxBlur(plane, width, height, 1);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const gx = soft[x < width - 1 ? at + 1 : at]! - soft[x > 0 ? at - 1 : at]!;
        const gy = soft[y < height - 1 ? at + width : at]! - soft[y > 0 ? at - width : at]!;
        out[at]! += gx * gx + gy * gy;
      }
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]!) / 2;
  return out;
}

function splitPlanes(s: Study): Uint8Array[] {
  return [0, 1, 2].map((c) => Uint8Array.from({ length: s.width * s.height }, (_, i) => s.rgb[3 * i + c]!));
}

function quantile(values: Float32Array, part: number): number {
  const sample = Float32Array.from({ length: Math.ceil(values.length / 7) }, (_, i) => values[7 * i]!).sort();
  return sample[Math.floor(part * (sample.length - 1))] ?? 0;
}
