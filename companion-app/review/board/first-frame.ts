/** Does the clip begin on its board? */
import { scored, type Check } from '../check';
import type { Picture } from '../../media';
import { luma } from '../luma';
import { croppedTo, type Laid } from './laid';
import { ssim } from '../ssim';
import { THRESHOLDS, type EngineThresholds } from '../thresholds';

/** `whole` is frame 0 without burn-ins, `laid` the drawing laid into the same size; what is beside the drawing is not looked at. */
export async function firstFrameChecks(whole: Picture, laid: Laid, limits: EngineThresholds): Promise<Check[]> {
  const [shown, board] = [whole, laid.picture].map((each) => croppedTo(each, laid.place));
  if (!shown || !board) return [];
  const width = THRESHOLDS.compareWidth;
  const height = Math.max(16, Math.round((width * shown.height) / shown.width));
  const small = await luma(shown, width, height);
  let best = -1;
  for (const zoom of THRESHOLDS.overscan) best = Math.max(best, ssim(small, await luma(board, width, height, zoom)));
  const like = `Frame 0 is like the board to ${(Math.max(0, best) * 100).toFixed(0)} % (SSIM).`;
  return [scored('first frame', best, limits.firstFrameSsim, like, [[0, 1]]), colour(shown, board, limits)];
}

function colour(picture: Picture, board: Picture, { colourDrift }: EngineThresholds): Check {
  const [a, b] = [meanColour(picture), meanColour(board)];
  const drift = Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));
  const detail = `The mean colour of frame 0 is ${drift.toFixed(1)} levels off the board's.`;
  return scored('colour', 1 - drift / (2 * colourDrift), 0.5, detail, [[0, 1]]);
}

function meanColour({ rgb }: Picture): [number, number, number] {
  let [r, g, b] = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    r += rgb[i] ?? 0;
    g += rgb[i + 1] ?? 0;
    b += rgb[i + 2] ?? 0;
  }
  const pixels = Math.max(1, rgb.length / 3);
  return [r / pixels, g / pixels, b / pixels];
}
