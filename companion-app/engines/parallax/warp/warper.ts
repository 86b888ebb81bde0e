/** What every way of warping is: a scene put up once, frames taken from it one by one. */
import type { Size } from '../../../../shared/shot';
import type { Pose } from '../camera/pose';
import type { Scene } from '../scene/scene';

/** How far a layer has moved by itself, in parts of the board's width and height. */
export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** One picture to take: the camera, and where the layers of motion regions are (by region id; absent: where drawn). */
export interface View {
  readonly pose: Pose;
  readonly shifts: ReadonlyMap<string, Shift>;
  /** Pixels by which the finished picture is drawn out along its rows (see camera/smear); warpers leave that alone. */
  readonly smear?: number;
}

export interface Stage {
  /** Relief (inverse distance) of the farthest and nearest point of the scene. */
  readonly relief: { readonly far: number; readonly near: number };
  /** Writes the frame: 8-bit RGB, `size` as the stage was set up for. */
  render(view: View, target: Uint8Array): Promise<void>;
  /** Frees the scene's memory. */
  strike(): Promise<void>;
}

export interface StageOptions {
  readonly size: Size;
  /** Focal length of the camera at rest, in frame widths. */
  readonly lens: number;
  /** True when some pose has a focus: the scene is then kept in several softnesses. */
  readonly soft: boolean;
}

export interface Warper {
  /** Execution provider that does the work: "cpu", "webgpu", … */
  readonly provider: string;
  setUp(scene: Scene, options: StageOptions): Promise<Stage>;
  close(): Promise<void>;
}
