/** How far beyond the board a camera path looks. */
import { footprint, sightOf, type Pose } from './pose';

/** Parts of the frame's width and height. */
export interface Reach {
  readonly x: number;
  readonly y: number;
}

/** One number for each side of the frame. */
export interface Sides<T> {
  readonly left: T;
  readonly right: T;
  readonly top: T;
  readonly bottom: T;
}

/** Nearest and farthest relief to reckon with (inverse distance, 1 in the middle). */
export interface ReliefRange {
  readonly far: number;
  readonly near: number;
}

/**
 * How far the view reaches beyond each side of the frame at rest, at its farthest over all poses; below 0 where it never
 * comes up to it. Parts of the frame's width and height.
 */
export function extentOf(poses: readonly Pose[], lens: number, aspect: number, relief: ReliefRange): Sides<number> {
  const height = 1 / aspect;
  let [left, right, top, bottom] = [-Infinity, -Infinity, -Infinity, -Infinity];
  for (const pose of poses) {
    for (const sx of [-0.5, 0, 0.5]) {
      for (const sy of [-height / 2, 0, height / 2]) {
        const sight = sightOf(pose, lens, sx, sy);
        for (const w of [relief.far, relief.near]) {
          const x = sight.u0 + w * sight.du;
          const y = (sight.v0 + w * sight.dv) / height;
          left = Math.max(left, -x - 0.5);
          right = Math.max(right, x - 0.5);
          top = Math.max(top, -y - 0.5);
          bottom = Math.max(bottom, y - 0.5);
        }
      }
    }
  }
  return { left, right, top, bottom };
}

/** The widest excursion of the view beyond the frame at rest on any side, over all poses; 0 when there is none. */
export function reachOf(poses: readonly Pose[], lens: number, aspect: number, relief: ReliefRange): Reach {
  const { left, right, top, bottom } = extentOf(poses, lens, aspect, relief);
  return { x: Math.max(0, left, right), y: Math.max(0, top, bottom) };
}

/** How many times closer than the whole frame the camera sees the middle distance at its closest; at least 1. */
export function tightestOf(poses: readonly Pose[], lens: number): number {
  return poses.reduce((tightest, pose) => Math.max(tightest, 1 / footprint(pose, lens)), 1);
}
