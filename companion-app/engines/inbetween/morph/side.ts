/** One board of a pair, every pixel given to the piece it moves with. */
import type { Drawing } from './drawing';

export interface Side {
  readonly drawing: Drawing;
  /** Piece of every pixel; 0 is the stage. */
  readonly owner: Int32Array;
  /** 1 where a pixel has nothing to become on the other board. */
  readonly lost: Uint8Array;
}
