/** What every engine is: boards and a shot in, frames out, one by one. */
import type { Shot, Size } from '../../shared/shot';

/** A layer of a board (PSD, Storyboarder), the board's size, bottom first, straight (not premultiplied) alpha. */
export interface BoardLayer {
  readonly name: string;
  readonly rgba: Uint8Array;
}

/** A grey picture that says which part of a board moves: white there. Of the board's shape; its size may differ. */
export interface BoardMask {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** A decoded board: 8-bit RGB, row-major, flattened on its paper. Its size is the drawing's own, not the clip's. */
export interface BoardPicture {
  /** Frame of the shot from which this board holds. */
  readonly at: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly layers?: readonly BoardLayer[];
  /** Masks of the shot's motion regions, by SHA-256. */
  readonly masks?: ReadonlyMap<string, BoardMask>;
}

/** A finished picture, 8-bit RGB. `rgb` may be used again by the engine once the next frame is asked for: copy to keep. */
export interface Frame {
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Words for engines that read text. */
export interface ModelLines {
  /** In place of what the shot's note says. */
  readonly prompt?: string | undefined;
  /** In place of the usual negative prompt. */
  readonly negative?: string | undefined;
  /** A line that holds for the whole sequence ("pencil storyboard"). */
  readonly style?: string | undefined;
}

export interface AnimateOptions {
  /** Size of the frames to make; for a preview smaller than shot.size, of the same shape. Both even. */
  readonly size: Size;
  readonly seed: number;
  readonly quality: 'preview' | 'full';
  readonly lines?: ModelLines | undefined;
  /** Told before the thread is blocked for long: so many milliseconds without a sign of life mean nothing. */
  readonly quiet?: ((ms: number) => void) | undefined;
  /** Ends the work at the next frame or step; the iterable then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Steps done of all, and in words what is being done. */
  readonly progress: (done: number, of: number, stage: string) => void;
  /** Things a person should know about this take ("move scaled down to 80 %"). */
  readonly warn: (sentence: string) => void;
}

/** What a shot will cost before it is begun, in abstract work units of this engine (learned into seconds elsewhere). */
export interface WorkEstimate {
  readonly units: number;
}

export interface Engine {
  readonly name: 'parallax' | 'inbetween' | 'diffusion';
  /** Execution provider that runs the graphs: "cpu", "webgpu", … */
  readonly provider: string;
  estimate(shot: Shot, size: Size): WorkEstimate;
  /**
   * Makes exactly `shot.frames` frames of `options.size`. The same shot, boards, seed and size give the same bytes.
   * Throws InbetweenError; on abort the signal's reason.
   */
  animate(shot: Shot, boards: readonly BoardPicture[], options: AnimateOptions): AsyncIterable<Frame>;
  /** Frees sessions and workers. */
  close(): Promise<void>;
}
