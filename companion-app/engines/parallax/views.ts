/** What a shot asks of each board's scene, and the camera over it frame by frame. */
import { InbetweenError } from '../../../shared/problem';
import type { MotionRegion, Point, Shot, Size } from '../../../shared/shot';
import type { BoardPicture } from '../engine';
import { fittingGain } from './camera/fitting';
import { reachOf, tightestOf, type Reach, type ReliefRange } from './camera/reach';
import type { Pose } from './camera/pose';
import { regionShift } from './camera/region';
import { smears } from './camera/smear';
import { posesOf, type Framed, type Stretch } from './framing/plan';
import type { Scene, SceneOptions } from './scene/scene';
import type { View } from './warp/warper';

/** Where the board lies in its scene's picture. */
export type Place = Pick<Scene, 'boardWidth' | 'boardHeight' | 'margin' | 'drawn'>;

/** A scene that frames of this size are taken of. */
export interface OnStage {
  readonly place: Place;
  readonly relief: ReliefRange;
  readonly size: Size;
}

/** The scene that a board's stretch of the shot needs. */
export function sceneOptionsOf(shot: Shot, stretch: Framed, size: Size, seed: number): SceneOptions {
  const { path, fit, overscan, footing, board } = stretch;
  const regions = regionsOf(shot, stretch);
  const drawing = shot.boards.find(({ at }) => at === board.at)?.board;
  const reliefEdits = (shot.reliefEdits ?? []).filter((stroke) => stroke.board === drawing);
  return {
    size,
    fit,
    overscan,
    seed,
    tightest: tightestOf(posesOf(stretch, footing), path.lens),
    ...(regions.length > 0 ? { regions } : {}),
    ...(reliefEdits.length > 0 ? { reliefEdits } : {}),
  };
}

/** True when some frame of the stretch has a focus. */
export const focuses = (stretch: Framed): boolean =>
  posesOf(stretch, stretch.footing).some((pose) => pose.focus !== undefined);

/** One view for every frame of the stretch. */
export function viewsOf(shot: Shot, stretch: Framed, on: OnStage, warn: (sentence: string) => void): readonly View[] {
  const regions = regionsOf(shot, stretch);
  const poses = posesOnBoard(stretch, on, warn);
  const moves = shot.framing?.length ? [] : (shot.moves ?? []);
  const blur = smears(poses, stretch.from, moves, stretch.path.lens, on.size);
  const views = poses.map((pose, i): View => {
    const frame = stretch.from + i;
    return {
      pose,
      smear: blur[i] ?? 0,
      shifts: new Map(regions.map((region) => [region.id, inFrame(regionShift(region, frame), on.place)])),
    };
  });
  if (shot.onTwos !== true) return views;
  return views.map((view, i) => views[i - ((stretch.from + i) % 2)] ?? view);
}

function regionsOf(shot: Shot, { from, to }: Stretch): readonly MotionRegion[] {
  return (shot.regions ?? []).filter((region) => region.from < to && region.to > from);
}

/** A way in parts of the board, in parts of the frame: a board of another shape is cropped, or has bars beside it. */
function inFrame(way: Point, { drawn, boardWidth, boardHeight }: Place): Point {
  return drawn ? { x: (way.x * drawn.width) / boardWidth, y: (way.y * drawn.height) / boardHeight } : way;
}

/** Which board holds when. A board that starts at or after the shot's end, or is replaced at once, is never seen. */
export function stretchesOf(shot: Shot, boards: readonly BoardPicture[]): Stretch[] {
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
  { place, relief, size }: OnStage,
  warn: (sentence: string) => void,
): readonly Pose[] {
  const { margin, boardWidth, boardHeight } = place;
  const room: Reach = { x: margin.x / boardWidth, y: margin.y / boardHeight };
  const aspect = size.width / size.height;
  const { gain, stand } = stretch.footing;
  const of = (part: number) => posesOf(stretch, { gain: gain * part, stand });
  const part = fittingGain((p) => reachOf(of(p), stretch.path.lens, aspect, relief), room);
  const made = gain * part;
  if (made < 0.995)
    warn(`The camera move was made ${Math.round(made * 100)} % of its size, so that it stays on the board.`);
  return of(part);
}
