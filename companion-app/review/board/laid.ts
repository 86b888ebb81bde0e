/** A board as it lies in the frame, and where: what is beside it (bars) is the engine's own and no part of the drawing. */
import { layIn, type Colour, type Picture } from '../../media';
import type { Fit, Size } from '../../../shared/shot';

/** Pixels from the first to before the second, across and down. */
export interface Place {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export interface Laid {
  readonly picture: Picture;
  readonly place: Place;
}

/** Where a board of this shape lies, without the pixel at a bar that may be either's. */
function placeOf(board: Size, size: Size, fit: Fit): Place {
  const whole: Place = { x: [0, size.width], y: [0, size.height] };
  if (fit === 'fill') return whole;
  const scale = Math.min(size.width / board.width, size.height / board.height);
  const within = (all: number, own: number): readonly [number, number] => {
    const bar = Math.floor((all - own) / 2);
    return bar < 1 ? [0, all] : [bar + 1, all - bar - 1];
  };
  return { x: within(size.width, board.width * scale), y: within(size.height, board.height * scale) };
}

export const isWhole = ({ x, y }: Place, { width, height }: Size): boolean =>
  x[0] === 0 && y[0] === 0 && x[1] === width && y[1] === height;

/** Lays a board in. `shown`, a frame that begins on it, tells the colour of its bars; paper is white where there is none. */
export async function laidIn(board: Picture, size: Size, fit: Fit, shown: Picture | undefined): Promise<Laid> {
  const place = placeOf(board, size, fit);
  const bars = shown && !isWhole(place, size) ? barsOf(shown, place) : undefined;
  return { picture: await layIn(board, size, fit, bars), place };
}

/** Mean colour of what lies outside. */
function barsOf({ width, height, rgb }: Picture, { x: [left, right], y: [top, bottom] }: Place): Colour {
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x >= left - 1 && x <= right && y >= top - 1 && y <= bottom) continue;
      count += 1;
      for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (rgb[3 * (y * width + x) + c] ?? 0);
    }
  }
  const mean = (sum: number): number => (count === 0 ? 255 : Math.round(sum / count));
  return { r: mean(sums[0]), g: mean(sums[1]), b: mean(sums[2]) };
}

/** Only what lies inside. */
export function croppedTo({ width, rgb }: Picture, { x: [left, right], y: [top, bottom] }: Place): Picture {
  const [w, h] = [right - left, bottom - top];
  const cut = new Uint8Array(3 * w * h);
  for (let y = 0; y < h; y += 1) {
    const from = 3 * ((top + y) * width + left);
    cut.set(rgb.subarray(from, from + 3 * w), 3 * y * w);
  }
  return { width: w, height: h, rgb: cut };
}
