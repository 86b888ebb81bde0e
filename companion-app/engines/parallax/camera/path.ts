/** From what is asked of the camera to a pose for every frame. */
import type { FramingKey, CameraMove } from '../../../../shared/shot';
import { boxesOf } from './framing';
import { channelsOf, type Channels } from './moves';
import { restFocal, type Pose } from './pose';
import type { ShotTiming } from './progress';

export interface CameraPlan {
  readonly moves: readonly CameraMove[];
  /** Drawn camera frames; win over every move that changes the framing. */
  readonly framing?: readonly FramingKey[];
  readonly timing: ShotTiming;
  /** Width over height of the frame. */
  readonly aspect: number;
  readonly seed: number;
}

/** A camera path that can also be asked for in a smaller measure, should the board not reach. */
export interface CameraPath {
  readonly lens: number;
  /** Poses of all frames with every move made `gain` times its size; 1 is what was asked. */
  poses(gain: number): readonly Pose[];
}

/** Most that coming nearer alone may tighten the framing; the rest is left to the lens, before the nearest things are passed. */
const MOST_DOLLY = Math.log(1.7);
const OVER_FRAMING: ReadonlySet<string> = new Set(['handheld', 'shake', 'rack-focus']);

export function cameraPath(plan: CameraPlan): CameraPath {
  const lens = restFocal(plan.aspect);
  const height = 1 / plan.aspect;
  const drawn = plan.framing !== undefined && plan.framing.length > 0 ? plan.framing : undefined;
  const moves = drawn ? plan.moves.filter((move) => OVER_FRAMING.has(move.kind)) : plan.moves;
  const channels = channelsOf(moves, plan.timing, height, plan.seed);
  const boxes = drawn && boxesOf(drawn, plan.timing.frames);
  return {
    lens,
    poses: (gain) =>
      Array.from({ length: plan.timing.frames }, (_, f) => {
        const pose = poseAt(channels, f, gain, lens);
        const box = boxes?.[f];
        if (!box) return pose;
        const scale = 1 + (box.scale - 1) * gain;
        return {
          ...pose,
          focal: pose.focal / scale,
          roll: pose.roll + box.roll * gain,
          shiftX: (box.x - 0.5) * gain,
          shiftY: (box.y - 0.5) * height * gain,
        };
      }),
  };
}

function poseAt(channels: Channels, f: number, gain: number, lens: number): Pose {
  const of = (values: Float64Array) => gain * (values[f] ?? 0);
  const nearer = of(channels.dolly);
  const dolly = nearer > 0 ? MOST_DOLLY * Math.tanh(nearer / MOST_DOLLY) : nearer;
  const zoom = of(channels.zoom) + nearer - dolly;
  const orbit = of(channels.orbit);
  const focus = channels.focus?.[f];
  return {
    focal: lens * Math.exp(zoom),
    x: of(channels.x) + lens * Math.sin(orbit),
    y: of(channels.y),
    z: lens * (1 - Math.exp(-dolly)) + lens * (1 - Math.cos(orbit)),
    yaw: of(channels.yaw) - orbit,
    pitch: of(channels.pitch),
    roll: of(channels.roll),
    shiftX: 0,
    shiftY: 0,
    ...(focus === undefined ? {} : { focus: { near: focus, strength: 1 } }),
  };
}
