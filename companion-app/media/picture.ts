/** A picture in memory: 8-bit RGB, row-major, no padding; `rgb.length` is width × height × 3. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** An RGB colour, 0–255 each. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** What a board is drawn on where nothing is drawn. */
export const PAPER_WHITE: Colour = { r: 255, g: 255, b: 255 };

/** The same memory as a plain Uint8Array: `slice` of a Node Buffer gives a view where everyone expects a copy. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
