/** Do lines and palette stay those of the board over the clip? The board is carried along with the measured camera and compared. */
import { scored, type Check, type FrameRange } from '../check';
import type { Picture } from '../../media';
import type { Look } from '../look/look';
import { lumaOf } from '../luma';
import { fit } from '../motion/fit';
import type { MeasuredWay } from '../motion/measured';
import { pyramid } from '../motion/pyramid';
import { STILL, then, type Similarity } from '../motion/similarity';
import { named } from '../stretches/ranges';
import type { EngineThresholds } from '../thresholds';
import { carried, likeness, type Carried } from './carried';
import type { Laid, Place } from './laid';

export interface DriftParts {
  readonly look: Look;
  readonly way: MeasuredWay;
  /** The shot's boards laid into the small frame's size, in order. */
  readonly boards: readonly Laid[];
  readonly limits: EngineThresholds;
  /** True where the lines may lose their sharpness (racked focus, smeared whip pans) or change (several boards). */
  readonly softLines: boolean;
  /** The clip begins on its first board as it lies in the frame. */
  readonly onBoard: boolean;
}

/** A drawing and where it lies in frame 0. */
export interface Reference {
  readonly picture: Picture;
  readonly at: Similarity;
  /** Where in the picture the drawing lies; everywhere where absent. */
  readonly place?: Place;
}

/** Growth of the board in frame 0 that a camera may start with. */
const STARTS = [1.15, 1.4, 1.8].map((a) => ({ ...STILL, a }));
/** A board that lies less well than this in frame 0 is not taken as its reference: frame 0 is its own then. */
const LIES_WELL = 0.45;
/** A board found to cover less of frame 0 than this is not it: dense hatching lies well on hatching anywhere. */
const LEAST_FOUND = 0.4;
/** So much of the frame must still show what the reference shows. */
const LEAST_SEEN = 0.3;

/** What later frames are compared with: the first board where it can be found in frame 0, else frame 0 itself. */
export function referenceOf(look: Look, board: Laid | undefined): Reference | null {
  const [first, luma] = [look.pictures.get(0), look.lumas.get(0)];
  if (!first || !luma) return null;
  if (board) {
    const { picture, place } = board;
    const { similarity } = fit(pyramid(lumaOf(picture)), pyramid(luma), STARTS);
    const seen = carried(picture, similarity, place);
    if (seen.seen >= LEAST_FOUND && likeness(seen, first).like >= LIES_WELL) return { picture, at: similarity, place };
  }
  return { picture: first, at: STILL };
}

/** The reference as the camera should see it at a kept frame. */
export function seenAt(reference: Reference, way: MeasuredWay, frame: number): Carried {
  return carried(reference.picture, then(reference.at, way.since.get(frame) ?? STILL), reference.place);
}

/** Lines, then palette. */
export function driftChecks(parts: DriftParts): Check[] {
  const { look, way, boards, limits, softLines, onBoard } = parts;
  const frames = spread(
    [...look.pictures.keys()].sort((a, b) => a - b),
    9,
  );
  const single = boards.length <= 1;
  const reference = referenceOf(look, boards[0]);
  if (!reference || frames.length === 0) return [];
  const found = frames.flatMap((frame) => {
    const shown = look.pictures.get(frame);
    if (!shown) return [];
    const carriedTo = seenAt(reference, way, frame);
    const against = (
      single ? [carriedTo] : [...boards.map(({ picture, place }) => carried(picture, STILL, place)), carriedTo]
    ).map((each) => uncovered(each, look.mask));
    const all = against.filter(({ seen }) => seen >= LEAST_SEEN).map((each) => likeness(each, shown));
    if (all.length === 0) return [];
    const lines = all.reduce((best, each) => (each.like > best.like ? each : best));
    return [{ frame, like: lines.like, left: lines.left, palette: Math.min(...all.map(({ palette }) => palette)) }];
  });
  if (found.length === 0) return [];
  const [first] = found;
  // Where the board was not found again in frame 0, its colours can still be compared with what should begin on it.
  if (first && onBoard) first.palette = Math.max(first.palette, beginning(parts));
  const range = rangesOf(frames, look.numbers.length);
  return [...(softLines ? [] : [linesCheck(found, limits, range)]), paletteCheck(found, limits, range)];
}

interface Found {
  readonly frame: number;
  readonly like: number;
  readonly left: number;
  palette: number;
}

/** The first board's palette against frame 0; 0 where there is nothing to compare. */
function beginning({ look, boards: [board] }: DriftParts): number {
  const shown = look.pictures.get(0);
  if (!board || !shown) return 0;
  return likeness(uncovered(carried(board.picture, STILL, board.place), look.mask), shown).palette;
}

/** Without what burnt-in words cover. */
function uncovered(drawing: Carried, mask: Uint8Array | undefined): Carried {
  return mask ? { ...drawing, inside: drawing.inside.map((is, i) => (mask[i] ? 0 : is)) } : drawing;
}

function linesCheck(found: readonly Found[], { lines }: EngineThresholds, range: (frame: number) => FrameRange): Check {
  const scoreOf = ({ like, left }: Found): number => 0.5 * Math.min(2, like / lines.like, left / lines.left);
  const worst = found.reduce((low, each) => (scoreOf(each) < scoreOf(low) ? each : low));
  const bad = found.filter((each) => scoreOf(each) < 0.5).map(({ frame }) => range(frame));
  const told = `Lines are like the board's to ${(100 * Math.max(0, worst.like)).toFixed(0)} %, with ${(100 * Math.min(9.99, worst.left)).toFixed(0)} % of their strength`;
  const where = bad.length > 0 ? `; they leave the drawing in ${named(bad)}.` : ', at worst.';
  return scored('lines', scoreOf(worst), 0.5, told + where, bad);
}

function paletteCheck(
  found: readonly Found[],
  { palette }: EngineThresholds,
  range: (frame: number) => FrameRange,
): Check {
  const worst = found.reduce((high, each) => (each.palette > high.palette ? each : high));
  const bad = found.filter((each) => each.palette > palette).map(({ frame }) => range(frame));
  const where = bad.length > 0 ? `: ${named(bad)}.` : ' at worst.';
  const detail = `The palette is ${worst.palette.toFixed(1)} levels off the board's${where}`;
  return scored('palette', 1 - worst.palette / (2 * palette), 0.5, detail, bad);
}

/** At most `count` of these, evenly, both ends among them. */
function spread(frames: readonly number[], count: number): number[] {
  if (frames.length <= count) return [...frames];
  return Array.from({ length: count }, (_, i) => frames[Math.round((i * (frames.length - 1)) / (count - 1))] ?? 0);
}

/** A sampled frame stands for those up to halfway to its neighbours. */
function rangesOf(frames: readonly number[], all: number): (frame: number) => FrameRange {
  return (frame) => {
    const i = frames.indexOf(frame);
    const [before, after] = [frames[i - 1], frames[i + 1]];
    const from = before === undefined ? 0 : Math.ceil((before + frame) / 2);
    return [from, after === undefined ? all : Math.ceil((frame + after) / 2)];
  };
}
