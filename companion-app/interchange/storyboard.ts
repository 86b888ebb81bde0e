/** A storyboard as it was drawn, before it has frames: what every reader gives. */
import type { FrameRate } from '../../shared/shot';

/** One picture file of a layered board, bottom first. */
export interface StoryboardLayer {
  readonly name: string;
  readonly path: string;
  /** 0–1. */
  readonly opacity: number;
}

/** One picture out of a movie file. */
export interface StoryboardMovieFrame {
  readonly path: string;
  /** Counted from the movie's first frame at `rate`. */
  readonly frame: number;
  readonly rate: FrameRate;
}

export interface StoryboardBoard {
  readonly name: string;
  /** Whole picture, absent when the board comes in layers. */
  readonly path?: string;
  /** Where the board is a moment of a movie instead of a drawing's file. */
  readonly movieFrame?: StoryboardMovieFrame;
  /** The board's own key in its project, where it has one. */
  readonly id?: string;
  /** Flattened in this order on white. */
  readonly layers: readonly StoryboardLayer[];
  /** Absent where the storyboard does not say. */
  readonly milliseconds?: number;
  readonly notes: string;
  readonly action: string;
  readonly dialogue: string;
}

export interface StoryboardShot {
  readonly name: string;
  readonly boards: readonly StoryboardBoard[];
  /** Nothing is shown for so long before it; none where absent. */
  readonly gapMilliseconds?: number;
}

export interface StoryboardSound {
  readonly path: string;
  /** Start counted from the storyboard's beginning. */
  readonly startMilliseconds: number;
  readonly milliseconds?: number;
  /** Where in the file it begins; its start where absent. */
  readonly fromMilliseconds?: number;
}

export interface Storyboard {
  readonly name: string;
  /** Width over height, where the storyboard says. */
  readonly aspect?: number;
  readonly fps?: number;
  /** The exact rate, where the storyboard is a timeline: its lengths are whole frames at it. */
  readonly rate?: FrameRate;
  readonly dropFrame?: boolean;
  /** Timecode of the first frame, in frames at `rate`. */
  readonly startFrame?: number;
  readonly shots: readonly StoryboardShot[];
  readonly sounds: readonly StoryboardSound[];
  /** What could not be read, a sentence each; the rest is usable. */
  readonly warnings: readonly string[];
}
