/**
 * Resizing of 8-bit pictures the way Pillow does it, to the bit: two passes, each rounded and clamped to 8 bits, weights
 * in 22-bit fixed point. Networks were trained on pictures resized like this. Source: Pillow's Resample.c.
 */

/** 8-bit RGB, row-major. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

interface Filter {
  /** Half the filter's width, in source pixels when not shrinking. */
  readonly support: number;
  readonly weight: (x: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

export const FILTERS = {
  box: { support: 0.5, weight: (x: number) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: (x: number) => cubic(Math.abs(x)) },
  lanczos: { support: 3, weight: (x: number) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
} as const satisfies Record<string, Filter>;
export type FilterName = keyof typeof FILTERS;

/** Keys' cubic with a = −0.5. */
function cubic(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/** One output pixel's place and weights in the source, in 22-bit fixed point. */
interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

const FIXED = 2 ** 22;

function tapsFor(from: number, to: number, filter: Filter): Taps[] {
  const scale = from / to;
  const widened = Math.max(scale, 1);
  const support = filter.support * widened;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const exact = Array.from({ length: end - first }, (_, k) => filter.weight((k + first - centre + 0.5) / widened));
    const sum = exact.reduce((total, weight) => total + weight, 0);
    const rounded = exact.map((weight) => (weight / sum) * FIXED).map((w) => Math.trunc(w < 0 ? w - 0.5 : w + 0.5));
    return { first, weights: Int32Array.from(rounded) };
  });
}

/** Resizes one axis: `along` it pixels lie so far apart, `across` it the lines. */
function pass(
  source: Uint8Array,
  target: Uint8Array,
  taps: readonly Taps[],
  layout: { from: { along: number; across: number }; to: { along: number; across: number }; lines: number },
): void {
  const { from, to, lines } = layout;
  const half = FIXED / 2;
  taps.forEach(({ first, weights }, i) => {
    for (let line = 0; line < lines; line++) {
      let [red, green, blue] = [half, half, half];
      let place = first * from.along + line * from.across;
      for (let k = 0; k < weights.length; k++) {
        const weight = weights[k] ?? 0;
        red += weight * (source[place] ?? 0);
        green += weight * (source[place + 1] ?? 0);
        blue += weight * (source[place + 2] ?? 0);
        place += from.along;
      }
      const at = i * to.along + line * to.across;
      target[at] = clamped(red);
      target[at + 1] = clamped(green);
      target[at + 2] = clamped(blue);
    }
  });
}

/** Fixed point to 8 bits. */
function clamped(sum: number): number {
  const value = Math.floor(sum / FIXED);
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** The picture stretched to width × height. */
export function resize(picture: Rgb, width: number, height: number, filter: FilterName): Rgb {
  let { rgb } = picture;
  const kernel = FILTERS[filter];
  if (width !== picture.width) {
    const wide = new Uint8Array(width * picture.height * 3);
    pass(rgb, wide, tapsFor(picture.width, width, kernel), {
      from: { along: 3, across: picture.width * 3 },
      to: { along: 3, across: width * 3 },
      lines: picture.height,
    });
    rgb = wide;
  }
  if (height !== picture.height) {
    const tall = new Uint8Array(width * height * 3);
    pass(rgb, tall, tapsFor(picture.height, height, kernel), {
      from: { along: width * 3, across: 3 },
      to: { along: width * 3, across: 3 },
      lines: width,
    });
    rgb = tall;
  }
  return { width, height, rgb };
}

/** A rectangle cut out of the picture; black where it reaches beyond. */
export function crop(picture: Rgb, left: number, top: number, width: number, height: number): Rgb {
  const rgb = new Uint8Array(width * height * 3);
  const start = Math.max(0, left);
  const end = Math.min(picture.width, left + width);
  for (let y = Math.max(0, -top); y < height && y + top < picture.height && end > start; y++) {
    const row = (y + top) * picture.width;
    rgb.set(picture.rgb.subarray((row + start) * 3, (row + end) * 3), (y * width + start - left) * 3);
  }
  return { width, height, rgb };
}

/** The middle of the picture, width × height. */
export function cropMiddle(picture: Rgb, width: number, height: number): Rgb {
  return crop(
    picture,
    Math.floor((picture.width - width) / 2),
    Math.floor((picture.height - height) / 2),
    width,
    height,
  );
}
