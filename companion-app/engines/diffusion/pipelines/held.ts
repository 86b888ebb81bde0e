/**
 * Motion brush in latents: where nothing may move, each step ends on the board brought to that step's noise level.
 * Source: "RePaint" (Lugmayr et al. 2022), equation 8.
 */
import { resize, type Rgb } from '../picture/resample';
import type { Scheduler } from '../schedulers';

export interface Held {
  /** Latents of the board standing still, laid out like the run's. */
  readonly still: Float32Array;
  /** The noise the run began from, of unit spread, laid out the same. */
  readonly noise: Float32Array;
  /** How freely each cell of a latent frame moves, 0 … 1; see motionCells. */
  readonly free: Float32Array;
  /** Numbers of a cell that lie side by side: 1 in planes, all channels in tokens. */
  readonly inner?: number;
}

/** Brings held cells back after a step, in place. `index` counts from 0: the step that was just made. */
export type Hold = (latents: Float32Array, index: number) => Float32Array;

/** @param held absent where everything may move */
export function holding(scheduler: Pick<Scheduler, 'mixAt'>, held: Held | undefined): Hold {
  if (!held) return (latents) => latents;
  const { still, noise, free, inner = 1 } = held;
  return (latents, index) => {
    const level = scheduler.mixAt(index + 1);
    for (let i = 0, cell = 0, place = 0; i < latents.length; i++) {
      const moves = free[cell] ?? 1;
      if (moves < 1) {
        const known = level.signal * (still[i] ?? 0) + level.noise * (noise[i] ?? 0);
        latents[i] = moves * (latents[i] ?? 0) + (1 - moves) * known;
      }
      if (++place === inner) {
        place = 0;
        if (++cell === free.length) cell = 0;
      }
    }
    return latents;
  };
}

/** A mask (white moves) as parts of 1 for each of w × h latent cells: the mean over the cell. */
export function motionCells(mask: Rgb, w: number, h: number): Float32Array {
  const { rgb } = resize(mask, w, h, 'box');
  return Float32Array.from({ length: w * h }, (_, i) => (rgb[3 * i] ?? 0) / 255);
}
