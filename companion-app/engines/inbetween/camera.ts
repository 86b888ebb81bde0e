/** The shot's camera over pictures that change from frame to frame: a flat sheet under the parallax engine's camera. */
import type { Shot, Size } from '../../../shared/shot';
import type { BoardPicture } from '../engine';
import { samePose, type Pose } from '../parallax/camera/pose';
import { tightestOf } from '../parallax/camera/reach';
import { frameShot, posesOf } from '../parallax/framing/plan';
import { sourceIndex } from '../parallax/scene/layout';
import type { Scene } from '../parallax/scene/scene';
import type { Stage, Warper } from '../parallax/warp/warper';
import { frameSpace, layBoard } from './boards';
import type { Picture } from './morph';
import type { NearMap } from './relief';

/** Sheet pixels for one of its relief where that is the same all over, and where focus is racked over it. */
const RELIEF_STEP = 16;
const FOCUS_STEP = 4;
/** A camera that leaves its place by less than this (frame widths) moves nothing against anything else. */
const STANDS = 0.03;

/** Width at which boards are looked at to see where their edges are plain. */
const GLANCE = 480;

export interface CameraOptions {
  readonly size: Size;
  readonly seed: number;
  readonly warn: (sentence: string) => void;
}

export interface Camera {
  /** How many times closer than the whole frame it comes at its closest. */
  readonly tightest: number;
  /** True when the camera never moves: pictures are then frames as they are. */
  readonly rests: boolean;
  /** True when both frames are seen from the same place. */
  same(frame: number, other: number): boolean;
  /** True when it racks focus: pictures are then loaded with what is near and far in them. */
  readonly focuses: boolean;
  /** Lays a picture under the camera, in place of the last one. */
  load(picture: Picture, near?: NearMap): Promise<void>;
  /** Writes what the camera sees at a frame: 8-bit RGB of the clip's size. */
  shoot(frame: number, target: Uint8Array): Promise<void>;
  strike(): Promise<void>;
}

/** The camera of a whole shot; `boards` in order, the first at frame 0, each shown until the next. */
export function flatCamera(
  shot: Shot,
  boards: readonly BoardPicture[],
  warper: () => Warper,
  { size, seed, warn }: CameraOptions,
): Camera {
  const glance = glanceSize(size);
  const stretches = boards.map((board, i) => ({
    board: { ...board, ...layBoard(board, frameSpace([board], glance, shot.fit, 1)) },
    from: board.at,
    to: boards[i + 1]?.at ?? shot.frames,
  }));
  const framed = frameShot(shot, stretches, size, seed);
  const asked = framed.flatMap((stretch) => posesOf(stretch, stretch.footing));
  const lens = framed[0]?.path.lens ?? 1;
  const least = framed.reduce((gain, { footing }) => Math.min(gain, footing.gain), 1);
  if (least < 0.995)
    warn(`The camera move was made ${Math.round(least * 100)} % of its size, so that it stays on the board.`);
  const racked = asked.some(({ focus }) => focus !== undefined);
  const stands = asked.every(({ x, y, z }) => Math.hypot(x, y, z) < STANDS);
  if (racked && !stands)
    warn('Racking focus is left out: the camera also travels, and a shot whose drawing moves between boards is flat.');
  const focuses = racked && stands;
  const poses = asked.map(({ focus, ...pose }): Pose => (focuses && focus ? { ...pose, focus } : pose));
  const held = shot.onTwos === true ? poses.map((pose, i) => poses[i - (i % 2)] ?? pose) : poses;
  const margin = {
    x: Math.max(...framed.map(({ overscan }) => overscan.x)),
    y: Math.max(...framed.map(({ overscan }) => overscan.y)),
  };
  const still: Pose = { focal: lens, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, roll: 0, shiftX: 0, shiftY: 0 };
  let stage: Stage | undefined;
  const at = (frame: number): Pose => held[frame] ?? still;
  return {
    tightest: tightestOf(held, lens),
    rests: held.every((pose) => samePose(pose, still)),
    same: (frame, other) => samePose(at(frame), at(other)),
    focuses,
    load: async (picture, near) => {
      await stage?.strike();
      stage = await warper().setUp(flatScene(picture, margin, near), { size, lens, soft: focuses });
    },
    shoot: async (frame, target) => {
      if (!stage) throw new RangeError('no picture under the camera');
      await stage.render({ pose: at(frame), shifts: new Map() }, target);
    },
    strike: async () => {
      await stage?.strike();
      stage = undefined;
    },
  };
}

function glanceSize({ width, height }: Size): Size {
  const scale = Math.min(1, GLANCE / Math.max(width, height));
  return { width: Math.max(2, Math.round(width * scale)), height: Math.max(2, Math.round(height * scale)) };
}

function flatScene(picture: Picture, reach: { readonly x: number; readonly y: number }, map?: NearMap): Scene {
  const margin = { x: Math.ceil(reach.x * picture.width), y: Math.ceil(reach.y * picture.height) };
  const width = picture.width + 2 * margin.x;
  const height = picture.height + 2 * margin.y;
  const xs = sourceIndex(width, margin.x, picture.width, false);
  const ys = sourceIndex(height, margin.y, picture.height, false);
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = 3 * ys[y]! * picture.width;
    for (let x = 0; x < width; x++, to += 4) {
      const from = row + 3 * xs[x]!;
      rgba[to] = picture.rgb[from]!;
      rgba[to + 1] = picture.rgb[from + 1]!;
      rgba[to + 2] = picture.rgb[from + 2]!;
      rgba[to + 3] = 255;
    }
  }
  const step = map ? FOCUS_STEP : RELIEF_STEP;
  const reliefWidth = Math.max(2, Math.ceil(width / step));
  const reliefHeight = Math.max(2, Math.ceil(height / step));
  const near = new Float32Array(reliefWidth * reliefHeight).fill(0.5);
  if (map) {
    for (let i = 0; i < near.length; i++) {
      const x = xs[Math.min(width - 1, Math.floor((((i % reliefWidth) + 0.5) / reliefWidth) * width))]!;
      const y = ys[Math.min(height - 1, Math.floor(((Math.floor(i / reliefWidth) + 0.5) / reliefHeight) * height))]!;
      const row = Math.min(map.height - 1, Math.floor((y / picture.height) * map.height));
      near[i] = map.near[row * map.width + Math.min(map.width - 1, Math.floor((x / picture.width) * map.width))]!;
    }
  }
  const layer = { name: 'sheet', width, height, rgba, reliefWidth, reliefHeight, near };
  return { boardWidth: picture.width, boardHeight: picture.height, margin, layers: [layer], warnings: [] };
}
