/** What is near and what is far on a board. */
import type { BoardKind } from './ink';
import type { Line } from './lines';

/** A thing that stands before the stage and moves as one piece. */
export interface Piece {
  /** Its number in `Relief.labels`, from 1. */
  readonly label: number;
  /** 0 far … 1 near. */
  readonly near: number;
  /** Id of the motion region it was cut out for: it shares its sheet with nothing else. */
  readonly region?: string;
}

/** The relief of a board, at the size it was studied (at most 640 pixels on the long side). */
export interface Relief {
  readonly kind: BoardKind;
  readonly width: number;
  readonly height: number;
  /** Piece of each pixel, 0 for the stage. */
  readonly labels: Uint16Array;
  readonly pieces: readonly Piece[];
  /** Nearness of the stage everywhere, behind the pieces too; smooth. */
  readonly stage: Float32Array;
  /** Nearness of what is seen: the pieces before the stage. */
  readonly near: Float32Array;
  /** Long straight strokes of the stage, which go on behind the pieces. */
  readonly lines?: readonly Line[];
}

/** Puts pieces of constant nearness before the stage. */
export function compose(labels: Uint16Array, pieces: readonly Piece[], stage: Float32Array): Float32Array {
  const of = new Float32Array(pieces.reduce((most, piece) => Math.max(most, piece.label), 0) + 1);
  for (const piece of pieces) of[piece.label] = piece.near;
  const near = stage.slice();
  for (let i = 0; i < near.length; i++) if (labels[i]) near[i] = of[labels[i]!]!;
  return near;
}

/** A board with nothing in it, or nothing that can be told apart: one flat sheet. */
export function flatRelief(kind: BoardKind, width: number, height: number): Relief {
  const stage = new Float32Array(width * height).fill(0.3);
  return { kind, width, height, labels: new Uint16Array(width * height), pieces: [], stage, near: stage };
}
