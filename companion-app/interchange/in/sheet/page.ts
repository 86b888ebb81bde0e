/** A page of boards as pixels. */

/** A grey page: 0 is black. */
export interface GreyPage {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** In pixels of the page, half-open. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const wide = (r: Rect): number => r.x1 - r.x0;
export const high = (r: Rect): number => r.y1 - r.y0;
