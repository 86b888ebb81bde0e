/** What the artist sees first: how each board is laid into the frame, and where the camera stands before it moves over it. */
import type { Fit, Shot, Size } from '../../../../shared/shot';
import type { BoardPicture } from '../../engine';
import { cameraPath, type CameraPath } from '../camera/path';
import type { Pose } from '../camera/pose';
import { extentOf, type Sides } from '../camera/reach';
import { AT_REST } from '../camera/stand';
import { goesAlong, type Travel } from '../camera/travel';
import { EXPECTED_RELIEF } from '../warp/relief';
import { plainSides } from './edges';
import { footingFor, type Footing } from './stand-for';

/** One board's stretch of the shot: frames [from, to). */
export interface Stretch {
  readonly board: BoardPicture;
  readonly from: number;
  readonly to: number;
}

export interface Framed extends Stretch {
  readonly fit: Fit;
  readonly path: CameraPath;
  /** The whole shot as the camera makes it over this board, from where it stands. */
  readonly footing: Footing;
  /** How far the view reaches beyond the frame at rest, parts of its width and height, at least 0. */
  readonly overscan: { readonly x: number; readonly y: number };
}

/** Widest margin ever asked of a scene beyond the board, in parts of the frame: more would be invented picture. */
const MOST_INVENTED = 0.5;
/** Most that a board may be longer than the frame on either side and still be kept whole. */
const MOST_BEYOND = 1.6;
/** A strip this narrow (strokes run on, tones go on) may be invented anywhere: handheld, a slight roll. */
const SLIVER = 0.03;
/** What is left of it where the camera starts closer: less than the nearest things are expected to slide. */
const HAIR = 0.015;
/** Shapes this close are the same. */
const SAME_SHAPE = 1.04;
/** Room beyond the computed reach for the filters' own width and a relief a little deeper than expected. */
const SPARE = 0.012;

interface Laid extends Stretch {
  readonly fit: Fit;
  readonly path: CameraPath;
  readonly travel: Travel | undefined;
  readonly room: Sides<number>;
}

/** Frames every stretch of a shot. Boards that are not travelled over share one footing, so that the camera does not jump at cuts. */
export function frameShot(shot: Shot, stretches: readonly Stretch[], size: Size, seed: number): readonly Framed[] {
  const aspect = size.width / size.height;
  const laid = stretches.map((stretch) => layBoard(shot, stretch, aspect, seed));
  const still = laid.filter(({ travel }) => travel === undefined);
  const common = still.length > 0 ? footingOf(still, aspect) : undefined;
  return laid.map((one) => {
    const footing = one.travel === undefined && common ? common : footingOf([one], aspect);
    const poses = posesOf(one, footing);
    return { ...one, footing, overscan: overscanFor(poses, one.path.lens, aspect, footing) };
  });
}

/** Poses of a stretch from its footing. */
export function posesOf(one: Pick<Framed, 'path' | 'from' | 'to'>, { gain, stand }: Footing): readonly Pose[] {
  return one.path.poses(gain, stand).slice(one.from, one.to);
}

function layBoard(shot: Shot, stretch: Stretch, aspect: number, seed: number): Laid {
  const moves = shot.moves ?? [];
  const drawn = shot.framing !== undefined && shot.framing.length > 0;
  const { width, height } = stretch.board;
  const longer = { x: width / height / aspect, y: (aspect * height) / width };
  const axis = longer.x > SAME_SHAPE ? 'x' : longer.y > SAME_SHAPE ? 'y' : undefined;
  const seen = moves.filter((move) => move.from < stretch.to && move.to > stretch.from);
  const travels = axis !== undefined && !drawn && seen.some((move) => goesAlong(move, axis));
  const fit: Fit = travels ? 'fill' : shot.fit;
  const beyond = axis === undefined ? 0 : Math.min(MOST_BEYOND, (longer[axis] - 1) / 2);
  const travel: Travel | undefined = travels ? { axis, beyond: axis === 'x' ? beyond : beyond / aspect } : undefined;
  const path = cameraPath({
    moves,
    ...(shot.framing ? { framing: shot.framing } : {}),
    timing: { frames: shot.frames, fps: shot.rate.num / shot.rate.den },
    aspect,
    seed,
    ...(travel ? { travel } : {}),
  });
  return { ...stretch, fit, path, travel, room: roomAround(stretch.board, fit, axis, beyond, drawn) };
}

/** How far beyond the frame at rest there is board to see, or ground that goes on by itself. */
function roomAround(
  board: BoardPicture,
  fit: Fit,
  axis: 'x' | 'y' | undefined,
  beyond: number,
  drawn: boolean,
): Sides<number> {
  const plain = plainSides(board);
  const room = (side: keyof Sides<boolean>): number => {
    const along = side === 'left' || side === 'right' ? 'x' : 'y';
    // Bars of paper lie beside a board that is longer the other way.
    const barred = fit === 'letterbox' && axis !== undefined && axis !== along;
    const board = fit === 'fill' && axis === along ? beyond : 0;
    return board + (drawn || barred || plain[side] ? MOST_INVENTED : 0);
  };
  return { left: room('left'), right: room('right'), top: room('top'), bottom: room('bottom') };
}

/** One footing for all of these stretches. */
function footingOf(stretches: readonly Laid[], aspect: number): Footing {
  const extentAt = ({ path, from, to }: Laid, footing: Footing): Sides<number> =>
    extentOf(posesOf({ path, from, to }, footing), path.lens, aspect, EXPECTED_RELIEF);
  const asked = stretches.map((one) => extentAt(one, { gain: 1, stand: AT_REST }));
  const room = (side: keyof Sides<number>): number =>
    Math.min(
      ...stretches.map((one, i) => {
        const sliver = one.room[side] + SLIVER;
        return (asked[i]?.[side] ?? 0) <= sliver ? sliver : one.room[side] + HAIR;
      }),
    );
  const rooms = { left: room('left'), right: room('right'), top: room('top'), bottom: room('bottom') };
  const together = (footing: Footing): Sides<number> => {
    const all = stretches.map((one) => extentAt(one, footing));
    const most = (side: keyof Sides<number>) => Math.max(...all.map((extent) => extent[side]));
    return { left: most('left'), right: most('right'), top: most('top'), bottom: most('bottom') };
  };
  return footingFor((gain, stand) => together({ gain, stand }), rooms, 1 / aspect);
}

function overscanFor(poses: readonly Pose[], lens: number, aspect: number, { stand }: Footing): Framed['overscan'] {
  const extent = extentOf(poses, lens, aspect, EXPECTED_RELIEF);
  const padded = (part: number) =>
    part > 1e-6 || stand.closer > 1 ? Math.max(0, Math.min(MOST_BEYOND + MOST_INVENTED, part + SPARE)) : 0;
  return {
    x: padded(Math.max(extent.left, extent.right)),
    y: padded(Math.max(extent.top, extent.bottom)),
  };
}
