/** Do the pictures look like the board, and do they move? */
import { layIn, type Picture } from '../media';
import type { Shot } from '../../shared/shot';
import { fact, scored, type Check } from './check';
import { shouldMove, startsOnBoard } from './expectations';
import { deviation, difference, luma, mean, type Luma } from './luma';
import { ssim } from './ssim';
import { THRESHOLDS } from './thresholds';

/** A frame taken out of the finished clip. */
export interface Sample {
  readonly frame: number;
  readonly picture: Picture;
}

/** `samples` hold the first frame and others in order, all of one size; `firstBoard` is the drawing, not yet laid in. */
export async function pictureChecks(shot: Shot, samples: readonly Sample[], firstBoard: Picture): Promise<Check[]> {
  const first = samples[0];
  if (!first) return [];
  const { width, height } = first.picture;
  const small = {
    width: THRESHOLDS.compareWidth,
    height: Math.max(16, Math.round((THRESHOLDS.compareWidth * height) / width)),
  };
  const board = await layIn(firstBoard, { width, height }, shot.fit);
  const boardLuma = await luma(board, small.width, small.height);
  const lumas = await Promise.all(samples.map(({ picture }) => luma(picture, small.width, small.height)));
  const checks = [black(samples, lumas, boardLuma)];
  if (shouldMove(shot)) checks.push(frozen(samples, lumas, boardLuma));
  if (first.frame === 0 && startsOnBoard(shot))
    checks.push(await firstFrame(first.picture, board, small), colour(first.picture, board));
  return checks;
}

function black(samples: readonly Sample[], lumas: readonly Luma[], board: Luma): Check {
  if (mean(board.values) < THRESHOLDS.darkBoardLevel) return fact('black', true, 'The board itself is dark.');
  const dark = samples
    .filter((_, i) => mean(lumas[i]?.values ?? new Float32Array()) < THRESHOLDS.blackLevel)
    .map(({ frame }) => frame);
  const score = 1 - dark.length / samples.length;
  return scored(
    'black',
    score,
    1,
    dark.length === 0 ? 'No black frame among those looked at.' : `Black at frame ${dark.join(', ')}.`,
  );
}

function frozen(samples: readonly Sample[], lumas: readonly Luma[], board: Luma): Check {
  if (deviation(board.values) < THRESHOLDS.blankDeviation)
    return fact('frozen', true, 'The board is blank: no move can show on it.');
  const [first, ...others] = lumas;
  const most = first ? Math.max(0, ...others.map((other) => difference(first, other))) : 0;
  const looked = samples.map(({ frame }) => frame).join(', ');
  const detail = `Frames ${looked} differ by up to ${most.toFixed(2)} levels.`;
  return most >= THRESHOLDS.frozenDifference
    ? fact('frozen', true, detail)
    : fact('frozen', false, `${detail} A move was asked for, none is seen.`);
}

async function firstFrame(
  picture: Picture,
  board: Picture,
  { width, height }: { width: number; height: number },
): Promise<Check> {
  const shown = await luma(picture, width, height);
  let best = -1;
  for (const zoom of THRESHOLDS.overscan) best = Math.max(best, ssim(shown, await luma(board, width, height, zoom)));
  const detail = `Frame 0 is like the board to ${(Math.max(0, best) * 100).toFixed(0)} % (SSIM).`;
  return scored('first frame', best, THRESHOLDS.firstFrameSsim, detail);
}

function colour(picture: Picture, board: Picture): Check {
  const [a, b] = [meanColour(picture), meanColour(board)];
  const drift = Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));
  const score = 1 - drift / (2 * THRESHOLDS.colourDrift);
  return scored('colour', score, 0.5, `The mean colour of frame 0 is ${drift.toFixed(1)} levels off the board's.`);
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
