/** What every way of warping is: a scene put up once, frames taken from it one by one. */
import type { Size } from '../../../../shared/shot';
import type { Pose } from '../camera/pose';
import type { Scene } from '../scene/scene';

export interface Stage {
  /** Relief (inverse distance) of the farthest and nearest point of the scene. */
  readonly relief: { readonly far: number; readonly near: number };
  /** Writes the frame seen from a pose: 8-bit RGB, `size` as the stage was set up for. */
  render(pose: Pose, target: Uint8Array): Promise<void>;
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
