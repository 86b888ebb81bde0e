/** From what is asked of the camera to a pose for every frame. */
import type { FramingKey, CameraMove } from '../../../../shared/shot';
import { boxesOf } from './framing';
import { channelsOf, type Channels } from './moves';
import { restFocal, type Pose } from './pose';
import type { ShotTiming } from './progress';
import { AT_REST, type Stand } from './stand';
import { goesAlong, travelShifts, truckShare, type Travel } from './travel';

export interface CameraPlan {
  readonly moves: readonly CameraMove[];
  /** Drawn camera frames; win over every move that changes the framing. */
  readonly framing?: readonly FramingKey[];
  readonly timing: ShotTiming;
  /** Width over height of the frame. */
  readonly aspect: number;
  readonly seed: number;
  /** Set when moves along an axis go over the length of a board that is longer than the frame. */
  readonly travel?: Travel;
}

/** A camera path that can also be asked for in a smaller measure, or from closer, should the board not reach. */
export interface CameraPath {
  readonly lens: number;
  /**
   * Poses of all frames with every move made `gain` times its size; 1 is what was asked. Sizes are those seen: from closer a
   * truck of a frame's width goes over as much less of the board.
   */
  poses(gain: number, stand?: Stand): readonly Pose[];
}

/** Most that coming nearer alone may tighten the framing; the rest is left to the lens, before the nearest things are passed. */
const MOST_DOLLY = Math.log(1.7);
const OVER_FRAMING: ReadonlySet<string> = new Set(['handheld', 'shake', 'rack-focus']);

export function cameraPath(plan: CameraPlan): CameraPath {
  const lens = restFocal(plan.aspect);
  const height = 1 / plan.aspect;
  const drawn = plan.framing !== undefined && plan.framing.length > 0 ? plan.framing : undefined;
  const moves = drawn ? plan.moves.filter((move) => OVER_FRAMING.has(move.kind)) : plan.moves;
  const travel = drawn ? undefined : plan.travel;
  const channels = channelsOf(
    moves,
    plan.timing,
    height,
    plan.seed,
    (move) => travel !== undefined && goesAlong(move, travel.axis),
  );
  const along = travel && travelShifts(moves, travel, plan.timing, lens, height);
  const trucks = travel ? truckShare(moves, travel, height) : 0;
  const boxes = drawn && boxesOf(drawn, plan.timing.frames);
  return {
    lens,
    poses: (gain, stand = AT_REST) =>
      Array.from({ length: plan.timing.frames }, (_, f) => {
        const shift = gain * (along?.[f] ?? 0);
        const way = { x: travel?.axis === 'x' ? shift : 0, y: travel?.axis === 'y' ? shift : 0 };
        const still = poseAt(channels, f, gain, lens, {
          closer: stand.closer,
          x: stand.x + (1 - trucks) * way.x,
          y: stand.y + (1 - trucks) * way.y,
        });
        const pose = { ...still, x: still.x + trucks * way.x, y: still.y + trucks * way.y };
        const box = boxes?.[f];
        if (!box) return pose;
        const scale = 1 + (box.scale - 1) * gain;
        return {
          ...pose,
          focal: pose.focal / scale,
          roll: pose.roll + box.roll * gain,
          shiftX: pose.shiftX + (box.x - 0.5) * gain,
          shiftY: pose.shiftY + (box.y - 0.5) * height * gain,
        };
      }),
  };
}

function poseAt(channels: Channels, f: number, gain: number, lens: number, stand: Stand): Pose {
  const of = (values: Float64Array) => gain * (values[f] ?? 0);
  const nearer = of(channels.dolly);
  const dolly = nearer > 0 ? MOST_DOLLY * Math.tanh(nearer / MOST_DOLLY) : nearer;
  const zoom = of(channels.zoom) + nearer - dolly;
  const orbit = of(channels.orbit);
  const focus = channels.focus?.[f];
  return {
    focal: stand.closer * lens * Math.exp(zoom),
    x: of(channels.x) / stand.closer + lens * Math.sin(orbit),
    y: of(channels.y) / stand.closer,
    z: lens * (1 - Math.exp(-dolly)) + lens * (1 - Math.cos(orbit)),
    yaw: of(channels.yaw) - orbit,
    pitch: of(channels.pitch),
    roll: of(channels.roll),
    shiftX: stand.x,
    shiftY: stand.y,
    ...(focus === undefined ? {} : { focus: { near: focus, strength: 1 } }),
  };
}
