/** Things with a sharp outline in a painted or rendered board. */
import { boxBlur, close, gradient } from '../raster/morphology';
import { findFigures, type Figures } from './figures';
import { straightStrokes } from './lines';
import { cellsOf, PAINTED, regionFacts, trappedBall } from './regions';
import { span, type Study } from './study';

/** Contrast of an outline: grey levels a pixel against the brightness around it, so that outlines in the dark count too. */
const OUTLINE = 0.1;
/** A drawn outline takes this much of the light around it; lines on walls and floors are paler. */
const LINE = 0.55;
/** Where outlines cover more of the picture than this it is texture, and contours tell nothing. */
const BUSY = 0.22;

/** Things enclosed by a sharp outline, found as in a line drawing; undefined where the picture is all texture. */
export function outlinedThings(s: Study): Figures | undefined {
  const { width, height } = s;
  const around = boxBlur(Float32Array.from(s.luma), width, height, 6);
  const filled = close(s.luma, width, height, span(s, 2));
  const slope = gradient(filled, width, height);
  const sharp = new Uint8Array(slope.length);
  let count = 0;
  for (let i = 0; i < sharp.length; i++) {
    const step = slope[i]! > 3 && slope[i]! > OUTLINE * (around[i]! + 20);
    const line = filled[i]! - s.luma[i]! > Math.max(14, LINE * filled[i]!);
    if (!step && !line) continue;
    sharp[i] = 1;
    count++;
  }
  if (count > BUSY * sharp.length) return undefined;
  const straight = straightStrokes(s, sharp);
  const regions = trappedBall(s, sharp, PAINTED);
  const facts = regionFacts(s, regions, cellsOf(s, regions), straight.mask);
  return findFigures(s, sharp, straight.mask, regions, facts);
}
