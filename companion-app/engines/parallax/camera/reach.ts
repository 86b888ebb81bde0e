/** How far beyond the board a camera path looks. */
import { footprint, sightOf, type Pose } from './pose';

/** Parts of the frame's width and height. */
export interface Reach {
  readonly x: number;
  readonly y: number;
}

/** Nearest and farthest relief to reckon with (inverse distance, 1 in the middle). */
export interface ReliefRange {
  readonly far: number;
  readonly near: number;
}

/** The widest excursion of the view beyond the board on any side, over all poses; 0 when the view stays on the board. */
export function reachOf(poses: readonly Pose[], lens: number, aspect: number, relief: ReliefRange): Reach {
  const height = 1 / aspect;
  let x = 0;
  let y = 0;
  for (const pose of poses) {
    for (const sx of [-0.5, 0, 0.5]) {
      for (const sy of [-height / 2, 0, height / 2]) {
        const sight = sightOf(pose, lens, sx, sy);
        for (const w of [relief.far, relief.near]) {
          x = Math.max(x, Math.abs(sight.u0 + w * sight.du) - 0.5);
          y = Math.max(y, Math.abs(sight.v0 + w * sight.dv) / height - 0.5);
        }
      }
    }
  }
  return { x, y };
}

/** How many times closer than the whole frame the camera sees the middle distance at its closest; at least 1. */
export function tightestOf(poses: readonly Pose[], lens: number): number {
  return poses.reduce((tightest, pose) => Math.max(tightest, 1 / footprint(pose, lens)), 1);
}
