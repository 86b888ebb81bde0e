/** Boards, shots, and everything an artist can say about how one moves. Pure data: no pixels, no host objects. */
import type { CameraMove, Ease } from './camera-move';
import type { FrameRate } from './time/rate';

/** SHA-256 of a file's bytes, 64 lower-case hex digits. */
export type Sha256 = string;

/** A size in whole pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A point on the board: 0,0 top left, 1,1 bottom right. May lie outside (a car leaves frame). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One drawing, used in a shot from frame `at` (counted from the shot's start) until the next board or the shot's end. */
export interface BoardUse {
  readonly board: Sha256;
  readonly at: number;
  /** The file's own name, for people: "SH010_A.png". Never used as a path. */
  readonly name: string;
}

/** How a board whose shape differs from the frame is laid in: cover it, or whole with paper at the sides. */
export type Fit = 'fill' | 'letterbox';

/** A figure or part of the board that moves by itself: a lasso and the way it goes (motion brush). */
export interface MotionRegion {
  readonly id: string;
  readonly name: string;
  /** Closed outline, at least three points. */
  readonly outline: readonly Point[];
  /** Grey picture the size of the board, white where the region is; replaces the outline where given. */
  readonly mask?: Sha256;
  /** Where the region's centre goes, relative to where it is drawn; at least two points, the first usually 0,0. */
  readonly path: readonly Point[];
  readonly from: number;
  readonly to: number;
  readonly ease: Ease;
}

/** The camera's frame drawn as a box on the board at one moment (the storyboard convention of start and end frames). */
export interface FramingKey {
  readonly frame: number;
  readonly center: Point;
  /** Width of the box as a part of the frame's width: 1 is the whole board, 0.5 twice as close. */
  readonly scale: number;
  /** Degrees clockwise. */
  readonly roll: number;
  readonly ease: Ease;
}

/** One stroke of the nearer/farther brush over a drawing: corrects what was read as near and far there. */
export interface ReliefStroke {
  /** The drawing it was made on. */
  readonly board: Sha256;
  /** The brush's way over the board, at least one point. */
  readonly points: readonly Point[];
  /** Of the brush, in board widths; it is strongest in its middle. */
  readonly radius: number;
  /** Added to the nearness (0 far … 1 near) in the middle of the brush: -1 … 1, above 0 nearer. */
  readonly amount: number;
}

/** Text burnt into the picture, per sequence. */
export interface BurnIns {
  readonly shotName: boolean;
  readonly timecode: boolean;
  readonly frameCounter: boolean;
  readonly notes: boolean;
  readonly dialogue: boolean;
  /** A slate over frame 0 alone: a clip never gets longer than its shot. */
  readonly slate: boolean;
}

/** A stretch of the sequence to be animated: exactly `frames` frames from `startFrame`. */
export interface Shot {
  /** Unique in its sequence and stable between reads. */
  readonly id: string;
  /** "SH010", as people call it. */
  readonly name: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  /** First frame on the timeline, counted from the sequence's zero. */
  readonly startFrame: number;
  /** Timecode of the sequence's zero, in frames; 0 where absent. */
  readonly timecodeZero?: number;
  readonly frames: number;
  /** Size of the finished clip. */
  readonly size: Size;
  readonly fit: Fit;
  /** In order; the first has `at: 0`. */
  readonly boards: readonly BoardUse[];
  readonly notes: string;
  readonly action?: string;
  readonly dialogue?: string;
  /** The artist's own moves: where present they win over whatever the note says. */
  readonly moves?: readonly CameraMove[];
  /** Drawn camera frames: where present they win over `moves`. */
  readonly framing?: readonly FramingKey[];
  readonly regions?: readonly MotionRegion[];
  /** Corrections of near and far, in the order they were made. */
  readonly reliefEdits?: readonly ReliefStroke[];
  readonly burnIns?: BurnIns;
  /** Draw every second frame only ("on twos"), as hand animation does. */
  readonly onTwos?: boolean;
}
