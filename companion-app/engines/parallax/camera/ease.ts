/** How speed is shared over a move: trapezoids of speed whose ramps are smoothsteps, so that acceleration has no jumps. */
import type { Ease } from '../../../../shared/shot';

/** Frames that a snap takes to reach full speed and to stop. */
const SNAP_FRAMES = 3;

/** Parts of the move spent in getting up to speed and in slowing down. */
function ramps(ease: Ease, frames: number): readonly [number, number] {
  switch (ease) {
    case 'linear':
      return [0, 0];
    case 'ease-in':
      return [0.6, 0];
    case 'ease-out':
      return [0, 0.6];
    case 'ease-in-out':
      return [0.5, 0.5];
    case 'snap': {
      const part = Math.min(0.5, SNAP_FRAMES / Math.max(1, frames));
      return [part, part];
    }
  }
}

/** Distance covered after time t of a ramp of length 1 whose speed is smoothstep; 0.5 at its end. */
function rampDistance(t: number): number {
  return t * t * t - 0.5 * t * t * t * t;
}

/** Least parts of a move that must go into getting up to speed and slowing down, whatever its ease. */
export interface LeastRamps {
  readonly up: number;
  readonly down: number;
}

/** Part of the way (0–1) after part `t` (0–1) of a move that lasts `frames` frames. */
export function easeAt(ease: Ease, t: number, frames: number, least: LeastRamps = { up: 0, down: 0 }): number {
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  const own = ramps(ease, frames);
  const up = Math.max(own[0], least.up);
  const down = Math.min(Math.max(own[1], least.down), 1 - up);
  const whole = 1 - up / 2 - down / 2;
  let distance: number;
  if (t < up) distance = up * rampDistance(t / up);
  else if (t <= 1 - down) distance = up / 2 + (t - up);
  else distance = whole - down * rampDistance((1 - t) / down);
  return distance / whole;
}
