/** Where the camera stands before it moves: a little closer, or aside, so that the move stays on the board. */

export interface Stand {
  /** How many times closer than the whole frame, 1 and up; the same from the first frame to the last. */
  readonly closer: number;
  /** Shift of the framing over the board, frame widths right and down. */
  readonly x: number;
  readonly y: number;
}

/** Before the whole frame. */
export const AT_REST: Stand = { closer: 1, x: 0, y: 0 };
