/**
 * Where the camera is and how it looks, and the geometry that follows.
 *
 * Space: x right, y down, z forward; the unit is the width of the frame at the board's middle distance. The camera of a
 * still shot stands at the origin and looks along +z; the middle distance lies at z = `lens`, where the frame is 1 wide.
 * A point of the board at frame position (u, v) — widths from the frame's centre — with relief w lies at
 * (u, v, lens) / w: w is the inverse of distance, 1 at the middle distance, larger nearer.
 */

export interface Pose {
  /** Focal length in frame widths. */
  readonly focal: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Radians: to the right, up, clockwise. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Shift of the lens: moves the framing over the board, in widths, without any parallax. */
  readonly shiftX: number;
  readonly shiftY: number;
  /** Nearness (0 far … 1 near) that is sharp, and how soft the rest may get (0–1). Absent: everything is sharp. */
  readonly focus?: { readonly near: number; readonly strength: number };
}

/** Focal length of a still camera for a frame of this shape: about 45° over the longer side. */
export function restFocal(aspect: number): number {
  return 1.05 * Math.hypot(1, 1 / aspect);
}

/** Row-major rotation of the camera: roll first, then pitch, then yaw. */
export function rotation(pose: Pose): readonly number[] {
  const [cy, sy] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const [cp, sp] = [Math.cos(pose.pitch), Math.sin(pose.pitch)];
  const [cr, sr] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  return [
    cy * cr + sy * sp * sr,
    -cy * sr + sy * sp * cr,
    sy * cp,
    cp * sr,
    cp * cr,
    -sp,
    -sy * cr + cy * sp * sr,
    sy * sr + cy * sp * cr,
    cy * cp,
  ];
}

/**
 * The line of sight through one point of the frame, as the board sees it: for relief w it meets the board's picture at
 * (u, v) = (u0 + w·du, v0 + w·dv). All in frame widths from the centre.
 */
export interface Sight {
  readonly u0: number;
  readonly v0: number;
  readonly du: number;
  readonly dv: number;
}

/** ray = R·(sx, sy, focal); a = rx/rz + shiftX/lens; u = lens·a + w·(x − z·a); the same for v. */
export function sightOf(pose: Pose, lens: number, sx: number, sy: number): Sight {
  const r = rotation(pose);
  const ray = (row: number) => (r[row] ?? 0) * sx + (r[row + 1] ?? 0) * sy + (r[row + 2] ?? 0) * pose.focal;
  const depth = ray(6);
  const a = ray(0) / depth + pose.shiftX / lens;
  const b = ray(3) / depth + pose.shiftY / lens;
  return { u0: lens * a, v0: lens * b, du: pose.x - pose.z * a, dv: pose.y - pose.z * b };
}

/** True when two poses give the same picture. */
export function samePose(a: Pose, b: Pose): boolean {
  const fields = ['focal', 'x', 'y', 'z', 'yaw', 'pitch', 'roll', 'shiftX', 'shiftY'] as const;
  return (
    fields.every((field) => a[field] === b[field]) &&
    a.focus?.near === b.focus?.near &&
    a.focus?.strength === b.focus?.strength
  );
}

/** Part of the board's width that the frame spans at the middle distance: 1 at rest, 0.5 twice as close. */
export function footprint(pose: Pose, lens: number): number {
  const left = sightOf(pose, lens, -0.5, 0);
  const right = sightOf(pose, lens, 0.5, 0);
  return Math.hypot(right.u0 + right.du - left.u0 - left.du, right.v0 + right.dv - left.v0 - left.dv);
}
