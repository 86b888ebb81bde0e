/** Pictures and streams of pictures for tests: small, exact, made by arithmetic. */
import type { Picture } from '../../companion-app/media/picture';

/** A picture whose every pixel is `at(x, y)`. */
export function picture(
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3) rgb.set(at(x, y), i);
  }
  return { width, height, rgb };
}

/** One colour all over. */
export function flat(width: number, height: number, colour: readonly [number, number, number]): Picture {
  return picture(width, height, () => colour);
}

/** `count` pictures with a bright column that moves on by `step` pixels a frame; one buffer, used again for each. */
export async function* sweep(
  width: number,
  height: number,
  count: number,
  step = 8,
): AsyncGenerator<Picture & { index: number }> {
  const rgb = new Uint8Array(width * height * 3);
  for (let index = 0; index < count; index += 1) {
    await Promise.resolve();
    rgb.fill(40);
    for (let y = 0; y < height; y += 1) {
      const x = (index * step) % Math.max(1, width - 8);
      rgb.fill(220, (y * width + x) * 3, (y * width + Math.min(width, x + 8)) * 3);
    }
    yield { index, width, height, rgb };
  }
}

/** The colour of one pixel. */
export function pixel(of: Picture, x: number, y: number): [number, number, number] {
  const i = (y * of.width + x) * 3;
  return [of.rgb[i] ?? -1, of.rgb[i + 1] ?? -1, of.rgb[i + 2] ?? -1];
}
