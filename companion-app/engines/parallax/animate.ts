import { InbetweenError } from '../../../shared/problem';
import type { Point, Shot } from '../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../engine';
import { drawnAhead } from './ahead';
import { fittingGain } from './camera/fitting';
import { reachOf, tightestOf, type Reach } from './camera/reach';
import type { Pose } from './camera/pose';
import { regionShift } from './camera/region';
import { smears } from './camera/smear';
import { frameShot, posesOf, type Framed, type Stretch } from './framing/plan';
import type { BuildScene, Scene, SceneOptions } from './scene/scene';
import type { Stage, View, Warper } from './warp/warper';

export interface Means {
  readonly warper: Warper;
  readonly buildScene: BuildScene;
}

/** Frames of a shot, one by one; see Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal } = options;
  const buffers = [0, 1].map(() => new Uint8Array(size.width * size.height * 3));
  for (const stretch of frameShot(shot, stretchesOf(shot, boards), size, options.seed)) {
    signal.throwIfAborted();
    options.progress(stretch.from, shot.frames, 'reading the board');
    const { stage, views } = await setUp(means, shot, stretch, options);
    try {
      let index = stretch.from;
      for await (const rgb of drawnAhead(stage, views, buffers, size, signal)) {
        yield { index, width: size.width, height: size.height, rgb };
        index++;
        options.progress(index, shot.frames, 'moving the camera');
      }
    } finally {
      await stage.strike();
    }
  }
}

/** Builds a board's scene and puts it on stage. The scene is let go of at once: the stage has its own copy. */
async function setUp(
  means: Means,
  shot: Shot,
  stretch: Framed,
  options: AnimateOptions,
): Promise<{ stage: Stage; views: readonly View[] }> {
  const { size, seed, signal, warn } = options;
  const aspect = size.width / size.height;
  const { path, fit, overscan } = stretch;
  const wanted = posesOf(stretch, stretch.footing);
  const regions = (shot.regions ?? []).filter((region) => region.from < stretch.to && region.to > stretch.from);
  const sceneOptions: SceneOptions = {
    size,
    fit,
    overscan,
    seed,
    tightest: tightestOf(wanted, path.lens),
    ...(regions.length > 0 ? { regions } : {}),
  };
  const scene = await means.buildScene(stretch.board, sceneOptions, signal);
  scene.warnings.forEach(warn);
  const soft = wanted.some((pose) => pose.focus !== undefined);
  const stage = await means.warper.setUp(scene, { size, lens: path.lens, soft });
  const poses = posesOnBoard(stretch, scene, stage, aspect, warn);
  const blur = smears(poses, stretch.from, shot.framing?.length ? [] : (shot.moves ?? []), path.lens, size);
  const views = poses.map((pose, i): View => {
    const frame = stretch.from + i;
    return {
      pose,
      smear: blur[i] ?? 0,
      shifts: new Map(regions.map((region) => [region.id, inFrame(regionShift(region, frame), scene)])),
    };
  });
  if (shot.onTwos !== true) return { stage, views };
  return { stage, views: views.map((view, i) => views[i - ((stretch.from + i) % 2)] ?? view) };
}

/** A way in parts of the board, in parts of the frame: a board of another shape is cropped, or has bars beside it. */
function inFrame(way: Point, { drawn, boardWidth, boardHeight }: Scene): Point {
  return drawn ? { x: (way.x * drawn.width) / boardWidth, y: (way.y * drawn.height) / boardHeight } : way;
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

/** The poses of a stretch, in a smaller measure if the board and its margins do not reach as far as the move. */
function posesOnBoard(
  stretch: Framed,
  scene: Scene,
  stage: Stage,
  aspect: number,
  warn: (sentence: string) => void,
): readonly Pose[] {
  const room: Reach = { x: scene.margin.x / scene.boardWidth, y: scene.margin.y / scene.boardHeight };
  const { gain, stand } = stretch.footing;
  const of = (part: number) => posesOf(stretch, { gain: gain * part, stand });
  const part = fittingGain((p) => reachOf(of(p), stretch.path.lens, aspect, stage.relief), room);
  const made = gain * part;
  if (made < 0.995)
    warn(`The camera move was made ${Math.round(made * 100)} % of its size, so that it stays on the board.`);
  return of(part);
}
