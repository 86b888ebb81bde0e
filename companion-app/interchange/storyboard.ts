/** A storyboard as it was drawn, before it has frames: what every reader gives. */

/** One picture file of a layered board, bottom first. */
export interface StoryboardLayer {
  readonly name: string;
  readonly path: string;
  /** 0–1. */
  readonly opacity: number;
}

export interface StoryboardBoard {
  readonly name: string;
  /** Whole picture, absent when the board comes in layers. */
  readonly path?: string;
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
}

export interface StoryboardSound {
  readonly path: string;
  /** Start counted from the storyboard's beginning. */
  readonly startMilliseconds: number;
  readonly milliseconds?: number;
}

export interface Storyboard {
  readonly name: string;
  /** Width over height, where the storyboard says. */
  readonly aspect?: number;
  readonly fps?: number;
  readonly shots: readonly StoryboardShot[];
  readonly sounds: readonly StoryboardSound[];
  /** What could not be read, a sentence each; the rest is usable. */
  readonly warnings: readonly string[];
}
