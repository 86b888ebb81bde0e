/** Puts one layer of a scene into shared memory in the form the kernels read. */
import type { SceneLayer } from '../../scene/scene';
import type { Arena } from './arena';
import { LEVELS, OCCUPANCY_SHIFT, PAD } from './blocks';

/** A picture with its padding. */
export interface Picture {
  readonly address: number;
  /** Pixels, padding included. */
  readonly width: number;
  readonly height: number;
}

export interface Sheet {
  /** Full size first; each next half the size of the one before. */
  readonly pictures: readonly Picture[];
  /** Size without padding. */
  readonly width: number;
  readonly height: number;
  readonly relief: number;
  readonly reliefWidth: number;
  readonly reliefHeight: number;
  readonly nearest: number;
  readonly farthest: number;
  /** Steepest change of relief from one picture pixel to the next. */
  readonly steepest: number;
  readonly opaque: boolean;
  readonly occupancy: { readonly address: number; readonly width: number; readonly height: number } | undefined;
}

export interface SheetOptions {
  /** Nothing lies below: what is transparent shows white. */
  readonly lowest: boolean;
  /** Also make the half-size pictures that soft focus reads. */
  readonly soft: boolean;
  readonly toRelief: (near: number) => number;
}

export function layOutSheet(arena: Arena, layer: SceneLayer, options: SheetOptions): Sheet {
  const full = padded(arena, layer.width, layer.height);
  const see = premultiply(arena, full, layer, options.lowest);
  const pictures = [full];
  const sizes = options.soft ? LEVELS - 2 : 0;
  for (let i = 0; i < sizes; i++) {
    const last = pictures.at(-1);
    if (last) pictures.push(half(arena, last));
  }
  return {
    pictures,
    width: layer.width,
    height: layer.height,
    ...writeRelief(arena, layer, options.toRelief),
    opaque: options.lowest || !see.through,
    occupancy: options.lowest || options.soft || !see.through ? undefined : occupancyOf(arena, full),
  };
}

function padded(arena: Arena, width: number, height: number): Picture {
  const size = { width: width + 2 * PAD, height: height + 2 * PAD };
  // A filter's last row is read 16 bytes at a time: one spare row keeps it inside.
  return { address: arena.take(4 * size.width * (size.height + 1)), ...size };
}

/** Copies the layer, colours multiplied by alpha, its borders repeated over the padding. */
function premultiply(arena: Arena, picture: Picture, layer: SceneLayer, lowest: boolean): { through: boolean } {
  const out = arena.bytes(picture.address, 4 * picture.width * picture.height);
  const { width, height } = layer;
  const rgba = layer.rgba.byteOffset % 4 === 0 ? layer.rgba : layer.rgba.slice();
  // Whole pixels: nearly all of a layer is either opaque or not there.
  const whole = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const wholeOut = new Uint32Array(out.buffer, out.byteOffset, picture.width * picture.height);
  const nothing = lowest ? 0xffffffff : 0;
  let through = false;
  for (let y = 0; y < height; y++) {
    let from = y * width;
    let to = (y + PAD) * picture.width + PAD;
    for (let x = 0; x < width; x++, from++, to++) {
      const alpha = rgba[4 * from + 3] ?? 0;
      if (alpha === 255) {
        wholeOut[to] = whole[from] ?? 0;
        continue;
      }
      through = true;
      if (alpha === 0) {
        wholeOut[to] = nothing;
        continue;
      }
      const ground = lowest ? 255 - alpha : 0;
      for (let c = 0; c < 3; c++) out[4 * to + c] = Math.round(((rgba[4 * from + c] ?? 0) * alpha) / 255) + ground;
      out[4 * to + 3] = lowest ? 255 : alpha;
    }
  }
  repeatBorders(out, picture);
  return { through };
}

function repeatBorders(out: Uint8Array, picture: Picture): void {
  const pixels = new Uint32Array(out.buffer, out.byteOffset, picture.width * picture.height);
  const { width, height } = picture;
  for (let y = PAD; y < height - PAD; y++) {
    pixels.fill(pixels[y * width + PAD] ?? 0, y * width, y * width + PAD);
    pixels.fill(pixels[(y + 1) * width - PAD - 1] ?? 0, (y + 1) * width - PAD, (y + 1) * width);
  }
  for (let y = 0; y < PAD; y++) {
    pixels.copyWithin(y * width, PAD * width, (PAD + 1) * width);
    pixels.copyWithin((height - 1 - y) * width, (height - PAD - 1) * width, (height - PAD) * width);
  }
}

/** The picture at half its size, each pixel the mean of four. */
function half(arena: Arena, picture: Picture): Picture {
  const inner = { width: picture.width - 2 * PAD, height: picture.height - 2 * PAD };
  const width = Math.ceil(inner.width / 2);
  const height = Math.ceil(inner.height / 2);
  const small = padded(arena, width, height);
  const from = arena.bytes(picture.address, 4 * picture.width * picture.height);
  const to = arena.bytes(small.address, 4 * small.width * small.height);
  // An odd last column or row pairs with its own repetition in the padding.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * ((2 * y + PAD) * picture.width + 2 * x + PAD);
      const below = at + 4 * picture.width;
      const target = 4 * ((y + PAD) * small.width + x + PAD);
      for (let c = 0; c < 4; c++) {
        to[target + c] =
          ((from[at + c] ?? 0) + (from[at + 4 + c] ?? 0) + (from[below + c] ?? 0) + (from[below + 4 + c] ?? 0) + 2) >>
          2;
      }
    }
  }
  repeatBorders(to, small);
  return small;
}

function writeRelief(
  arena: Arena,
  layer: SceneLayer,
  toRelief: (near: number) => number,
): Pick<Sheet, 'relief' | 'reliefWidth' | 'reliefHeight' | 'nearest' | 'farthest' | 'steepest'> {
  const { reliefWidth: width, reliefHeight: height, near } = layer;
  const relief = arena.take(4 * width * height);
  const out = arena.floats(relief, width * height);
  let nearest = -Infinity;
  let farthest = Infinity;
  let across = 0;
  let down = 0;
  for (let i = 0; i < out.length; i++) {
    const value = toRelief(Math.min(1, Math.max(0, near[i] ?? 0.5)));
    out[i] = value;
    nearest = Math.max(nearest, value);
    farthest = Math.min(farthest, value);
    if (i % width > 0) across = Math.max(across, Math.abs(value - (out[i - 1] ?? value)));
    if (i >= width) down = Math.max(down, Math.abs(value - (out[i - width] ?? value)));
  }
  const steepest = (across * width) / layer.width + (down * height) / layer.height;
  return { relief, reliefWidth: width, reliefHeight: height, nearest, farthest, steepest };
}

/** Squares of the picture in which, or next to which, anything is drawn. */
function occupancyOf(arena: Arena, picture: Picture): NonNullable<Sheet['occupancy']> {
  const width = (picture.width >> OCCUPANCY_SHIFT) + 1;
  const height = (picture.height >> OCCUPANCY_SHIFT) + 1;
  const address = arena.take(width * height);
  const pixels = arena.bytes(picture.address, 4 * picture.width * picture.height);
  const map = arena.bytes(address, width * height).fill(0);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if ((pixels[4 * (y * picture.width + x) + 3] ?? 0) === 0) continue;
      const square = (y >> OCCUPANCY_SHIFT) * width + (x >> OCCUPANCY_SHIFT);
      map[square] = 1;
    }
  }
  const own = Uint8Array.from(map);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      for (const [di, dj] of AROUND) {
        const inside = i + di >= 0 && i + di < width && j + dj >= 0 && j + dj < height;
        if (inside && (own[(j + dj) * width + i + di] ?? 0) > 0) map[j * width + i] = 1;
      }
    }
  }
  return { address, width, height };
}

const AROUND = [-1, 0, 1].flatMap((dj) => [-1, 0, 1].map((di) => [di, dj] as const));
