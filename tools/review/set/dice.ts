/** How strong a fault is and where it lies: always the same in the set that thresholds were set by, drawn by lot in one they never saw. */
import type { Chance } from '../../relief/set/random';

/** A number of a fault: its usual value, and the range it may be drawn from. */
export type Dice = (usual: number, low: number, high: number) => number;

export const usually: Dice = (usual) => usual;

export const drawnBy =
  (chance: Chance): Dice =>
  (_usual, low, high) =>
    chance.between(low, high);

/** A whole number. */
export const whole = (dice: Dice, usual: number, low: number, high: number): number =>
  Math.min(high, Math.floor(dice(usual, low, high + 0.999)));
