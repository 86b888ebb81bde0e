import { InbetweenError } from '../../../shared/problem';
import type { Shot } from '../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../engine';
import { cameraPath, type CameraPath } from './camera/path';
import { fittingGain } from './camera/fitting';
import { reachOf, tightestOf, type Reach, type ReliefRange } from './camera/reach';
import type { Pose } from './camera/pose';
import type { BuildScene, Scene } from './scene/scene';
import { EXPECTED_RELIEF } from './warp/relief';
import type { Stage, Warper } from './warp/warper';

export interface Means {
  readonly warper: Warper;
  readonly buildScene: BuildScene;
}

/** Widest margin ever asked of a scene, in parts of the frame: more would be invented picture rather than board. */
const MOST_OVERSCAN = 0.5;
/** Room beyond the computed reach for the filters' own width. */
const SPARE = 0.004;

/** One board's stretch of the shot: frames [from, to). */
interface Stretch {
  readonly board: BoardPicture;
  readonly from: number;
  readonly to: number;
}

/** Frames of a shot, one by one; see Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal } = options;
  const aspect = size.width / size.height;
  const fps = shot.rate.num / shot.rate.den;
  const path = cameraPath({
    moves: shot.moves ?? [],
    ...(shot.framing ? { framing: shot.framing } : {}),
    timing: { frames: shot.frames, fps },
    aspect,
    seed: options.seed,
  });
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (const stretch of stretchesOf(shot, boards)) {
    signal.throwIfAborted();
    options.progress(stretch.from, shot.frames, 'reading the board');
    const wanted = path.poses(1).slice(stretch.from, stretch.to);
    const scene = await means.buildScene(
      stretch.board,
      {
        size,
        fit: shot.fit,
        overscan: overscanFor(wanted, path.lens, aspect),
        seed: options.seed,
        tightest: tightestOf(wanted, path.lens),
      },
      signal,
    );
    scene.warnings.forEach(options.warn);
    const stage = await means.warper.setUp(scene, { size, lens: path.lens });
    try {
      const poses = posesOnBoard(path, stretch, scene, stage, aspect, options.warn);
      for (let index = stretch.from; index < stretch.to; index++) {
        signal.throwIfAborted();
        const pose = poses[index - stretch.from];
        if (pose) await stage.render(pose, rgb);
        yield { index, width: size.width, height: size.height, rgb };
        options.progress(index + 1, shot.frames, 'moving the camera');
      }
    } finally {
      await stage.strike();
    }
  }
}

/** Which board holds when. A board that starts at or after the shot's end, or is replaced at once, is never seen. */
function stretchesOf(shot: Shot, boards: readonly BoardPicture[]): Stretch[] {
  const inOrder = [...boards].sort((a, b) => a.at - b.at);
  if (inOrder.length === 0) {
    throw new InbetweenError({
      code: 'board-missing',
      message: `${shot.name} has no board to animate.`,
      safe: 'The other shots go on.',
      action: 'Put a still under the clip on the timeline and send the shot again.',
    });
  }
  return inOrder
    .map((board, i) => ({
      board,
      from: i === 0 ? 0 : Math.max(0, board.at),
      to: Math.min(shot.frames, inOrder[i + 1]?.at ?? shot.frames),
    }))
    .filter((stretch) => stretch.to > stretch.from);
}

function overscanFor(poses: readonly Pose[], lens: number, aspect: number): Reach {
  const reach = reachOf(poses, lens, aspect, EXPECTED_RELIEF);
  const padded = (part: number) => (part > 1e-6 ? Math.min(MOST_OVERSCAN, part + SPARE) : 0);
  return { x: padded(reach.x), y: padded(reach.y) };
}

/** The poses of a stretch, in a smaller measure if the board and its margins do not reach as far as the move. */
function posesOnBoard(
  path: CameraPath,
  stretch: Stretch,
  scene: Scene,
  stage: Stage,
  aspect: number,
  warn: (sentence: string) => void,
): readonly Pose[] {
  const room: Reach = { x: scene.margin.x / scene.boardWidth, y: scene.margin.y / scene.boardHeight };
  const relief: ReliefRange = stage.relief;
  const of = (gain: number) => path.poses(gain).slice(stretch.from, stretch.to);
  const gain = fittingGain((g) => reachOf(of(g), path.lens, aspect, relief), room);
  if (gain < 0.995)
    warn(`The camera move was made ${Math.round(gain * 100)} % of its size, so that it stays on the board.`);
  return of(gain);
}
