/** Keeps a generated clip on its board's colours: drift is measured and taken out frame by frame. Pictures are 8-bit RGB. */
import type { Rgb } from '../picture/resample';

/** Mean and standard deviation of each colour, 0–255. */
interface Tone {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

/** Contrast is brought back within these bounds only: a frame that truly shows something else keeps its own. */
const LEAST_GAIN = 0.8;
const MOST_GAIN = 1.25;

function toneOf({ rgb }: Rgb): Tone {
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let i = 0; i < rgb.length; i++) {
    const value = rgb[i] ?? 0;
    sum[i % 3] = (sum[i % 3] ?? 0) + value;
    squares[i % 3] = (squares[i % 3] ?? 0) + value * value;
  }
  const count = rgb.length / 3;
  const mean = sum.map((total) => total / count);
  const spread = squares.map((total, c) => Math.sqrt(Math.max(0, total / count - (mean[c] ?? 0) ** 2)));
  return { mean, spread };
}

export interface Locked {
  readonly picture: Rgb;
  /** How far the frame's mean colour had drifted from the board's, in parts of white. */
  readonly drift: number;
}

/** A board and the frame of the clip that shows it. */
export interface KeyBoard {
  readonly at: number;
  readonly picture: Rgb;
}

/** Brings each frame to the tone of its boards: the one it grew from, or between two the tone between theirs. */
export function colourLock(boards: readonly KeyBoard[]): (frame: Rgb, index: number) => Locked {
  const keys = boards.map(({ at, picture }) => ({ at, tone: toneOf(picture) }));
  return (frame, index) => {
    const wanted = toneAt(keys, index);
    const found = toneOf(frame);
    const tables = [0, 1, 2].map((c) => {
      const [from = 0, to = 0] = [found.mean[c], wanted.mean[c]];
      const ratio = (wanted.spread[c] ?? 0) / Math.max(1, found.spread[c] ?? 0);
      const gain = Math.min(MOST_GAIN, Math.max(LEAST_GAIN, ratio));
      return Uint8Array.from({ length: 256 }, (_, x) => Math.min(255, Math.max(0, Math.round((x - from) * gain + to))));
    });
    const rgb = frame.rgb.map((value, i) => tables[i % 3]?.[value] ?? value);
    const drift = Math.max(...found.mean.map((mean, c) => Math.abs(mean - (wanted.mean[c] ?? 0)))) / 255;
    return { picture: { ...frame, rgb }, drift };
  };
}

function toneAt(keys: readonly { readonly at: number; readonly tone: Tone }[], index: number): Tone {
  const after = keys.findIndex(({ at }) => at > index);
  const before = keys[after < 0 ? keys.length - 1 : Math.max(0, after - 1)];
  const next = keys[after];
  if (!before) throw new RangeError('a clip without a board');
  if (!next || before === next || index <= before.at) return before.tone;
  const part = (index - before.at) / (next.at - before.at);
  const between = (a: readonly number[], b: readonly number[]) => a.map((x, c) => x + part * ((b[c] ?? x) - x));
  return { mean: between(before.tone.mean, next.tone.mean), spread: between(before.tone.spread, next.tone.spread) };
}

/**
 * What the model's first frame lacks of the board (sharpness, fine lines), given back and let go over the first moments, so
 * that nothing jumps after the board.
 */
export function boardRest(board: Rgb, first: Rgb): (frame: Rgb, weight: number) => Rgb {
  const rest = Int16Array.from(board.rgb, (value, i) => value - (first.rgb[i] ?? 0));
  return (frame, weight) => {
    if (weight <= 0) return frame;
    const rgb = frame.rgb.map((value, i) => Math.min(255, Math.max(0, Math.round(value + weight * (rest[i] ?? 0)))));
    return { ...frame, rgb };
  };
}
