/** What draws the pictures between two boards. */
import type { Breathe, Picture } from './morph';

export interface Between {
  /** Draws the picture at `part` (0 < part < 1) of the way: 8-bit RGB of the boards' size. */
  draw(part: number, target: Uint8Array): Promise<void>;
}

/** Looks at two boards of one size. */
export interface Inbetweener {
  readonly provider: string;
  prepare(first: Picture, second: Picture, breathe: Breathe): Promise<Between | Cut>;
  close(): Promise<void>;
}

/** The boards are cut, not joined. */
export interface Cut {
  /** How much of them answers to each other, 0 … 1. */
  readonly kinship: number;
}
