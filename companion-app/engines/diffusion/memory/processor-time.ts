/** How long a shot takes on the processor, guessed from the model's size: to be told before it is begun. */
import type { Family } from '../pipelines';

/** Pixels of all frames for each place that the whole network's weights are applied to once. */
const PIXELS_A_PLACE: Readonly<Record<Family, number>> = {
  svd: 1024,
  i2vgen: 1024,
  dynamicrafter: 1024,
  ltx: 8192,
  'wan-ti2v': 4096,
  'wan-i2v': 1024,
};
/** Multiplications and additions a second of one core, in graphs that are mostly matrix products. */
const CORE_SPEED = 15e9;
const BYTES_A_WEIGHT = 4;
/** With and without the prompt. */
const PASSES = 2;

export interface Work {
  readonly family: Family;
  /** Bytes of the largest network's weights. */
  readonly bytes: number;
  /** Pixels of a frame, frames of all windows together, steps of each. */
  readonly pixels: number;
  readonly frames: number;
  readonly steps: number;
  readonly cores: number;
}

/** Hours, within a factor of about three. */
export function processorHours({ family, bytes, pixels, frames, steps, cores }: Work): number {
  const places = (pixels * frames) / PIXELS_A_PLACE[family];
  const operations = 2 * (bytes / BYTES_A_WEIGHT) * places * PASSES * steps;
  return operations / (CORE_SPEED * Math.max(1, cores)) / 3600;
}

/** The sentence for people; undefined where it is a matter of minutes. */
export function toldHours(hours: number): string | undefined {
  if (hours < 0.5) return undefined;
  const rounded =
    hours < 2
      ? 'about an hour'
      : hours < 72
        ? `about ${Math.round(hours)} hours`
        : `about ${Math.round(hours / 24)} days`;
  return `No graphics card is used: this shot takes ${rounded} on the processor, by the model's size (it may be a third or three times that).`;
}
