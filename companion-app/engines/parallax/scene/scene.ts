/** What a board becomes before a camera moves over it: sheets of picture with a relief each. */
import type { Fit, MotionRegion, ReliefStroke, Size } from '../../../../shared/shot';
import type { BoardPicture } from '../../engine';

/** One sheet of the board, back to front. Pictures are straight-alpha RGBA, `near` is 0 (far) … 1 (near), one value a pixel at reliefWidth×reliefHeight (quarter of the picture's size or so). */
export interface SceneLayer {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly reliefWidth: number;
  readonly reliefHeight: number;
  readonly near: Float32Array;
  /** Id of the motion region that was cut out into this layer: the engine moves the layer along the region's path. */
  readonly region?: string;
}

/**
 * The board as layers: the picture may be larger than the board (`margin` pixels of paper or reflected extension on each side) so that moves never show beyond it.
 * `boardWidth`×`boardHeight` is the part of the picture that a still camera shows: the board already laid into the frame's shape by `fit`,
 * at whatever scale the builder finds worth keeping. Every layer is (boardWidth + 2·margin.x) by (boardHeight + 2·margin.y); the first is opaque.
 */
export interface Scene {
  readonly boardWidth: number;
  readonly boardHeight: number;
  readonly margin: { readonly x: number; readonly y: number };
  /** The whole board at the picture's scale, where it is not the size of the frame: what paths of motion regions are measured in. */
  readonly drawn?: Size;
  readonly layers: readonly SceneLayer[];
  readonly warnings: readonly string[];
}

export interface SceneOptions {
  readonly size: Size;
  readonly fit: Fit;
  /** Widest excursion of the camera's view beyond the frame, as parts of width and height. */
  readonly overscan: { x: number; y: number };
  readonly seed: number;
  /** How many times closer than the whole frame the camera comes at its closest (1 and up): detail of the board worth keeping. */
  readonly tightest?: number;
  /** Parts of the board that move by themselves: each becomes a layer of its own, the background healed behind it. */
  readonly regions?: readonly MotionRegion[];
  /** Corrections of near and far on this board. */
  readonly reliefEdits?: readonly ReliefStroke[];
}

export type BuildScene = (board: BoardPicture, options: SceneOptions, signal: AbortSignal) => Promise<Scene>;
