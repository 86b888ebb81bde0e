/** A clip as the checks see it: a few numbers of every frame, small pictures of some. */
import type { Picture } from '../../media';
import { masked } from './masked';
import { deviation, lumaOf, mean, type Luma } from '../luma';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { abs, floor } = Math;

/** Width at which clips are gone through. */
export const LOOK_WIDTH = 192;

/** Cells of a frame's signature, across and down. */
const GRID = { x: 16, y: 9 } as const;

export interface FrameNumbers {
  /** Mean brightness and its standard deviation, levels. */
  readonly mean: number;
  readonly deviation: number;
  /** Mean absolute difference from the frame before, levels; 0 at the first. */
  readonly change: number;
  /** Mean brightness of 16 × 9 cells. */
  readonly signature: Float32Array;
}

export interface Look {
  readonly numbers: readonly FrameNumbers[];
  /** Brightness of the frames that were to be kept. */
  readonly lumas: ReadonlyMap<number, Luma>;
  /** The same frames in colour. */
  readonly pictures: ReadonlyMap<number, Picture>;
  /** 1 where nothing was looked at: what stands there is made up from around it. */
  readonly mask?: Uint8Array;
}

/** Takes frames one by one; what is masked (burnt-in letters) is not looked at. */
export class Looker {
  readonly #keep: ReadonlySet<number>;
  readonly #mask: Uint8Array | undefined;
  readonly #numbers: FrameNumbers[] = [];
  readonly #lumas = new Map<number, Luma>();
  readonly #pictures = new Map<number, Picture>();
  #before: Luma | undefined;

  /** @param mask of the small frames' size: 1 where nothing is looked at */
  constructor(keep: Iterable<number>, mask?: Uint8Array) {
    this.#keep = new Set(keep);
    this.#mask = mask;
  }

  see(given: Picture, frame: number): void {
    const picture = this.#mask ? masked(given, this.#mask) : given;
    const luma = lumaOf(picture);
    this.#numbers.push({
      mean: mean(luma.values),
      deviation: deviation(luma.values),
      change: this.#before ? difference(luma, this.#before) : 0,
      signature: signature(luma),
    });
    if (this.#keep.has(frame)) {
      this.#lumas.set(frame, luma);
      this.#pictures.set(frame, { ...picture, rgb: Uint8Array.from(picture.rgb) });
    }
    this.#before = luma;
  }

  done(): Look {
    const mask = this.#mask;
    return { numbers: this.#numbers, lumas: this.#lumas, pictures: this.#pictures, ...(mask && { mask }) };
  }
}

function difference(a: Luma, b: Luma): number {
  let sum = 0;
  for (let i = 0; i < a.values.length; i += 1) sum += abs((a.values[i] ?? 0) - (b.values[i] ?? 0));
  return sum / Math.max(1, a.values.length);
}

function signature({ width, height, values }: Luma): Float32Array {
  const cells = new Float32Array(GRID.x * GRID.y);
  const counts = new Float32Array(GRID.x * GRID.y);
  for (let y = 0; y < height; y += 1) {
    const row = floor((y * GRID.y) / height) * GRID.x;
    for (let x = 0; x < width; x += 1) {
      const cell = row + floor((x * GRID.x) / width);
      cells[cell] = (cells[cell] ?? 0) + (values[y * width + x] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return cells.map((sum, i) => sum / Math.max(1, counts[i] ?? 0));
}
