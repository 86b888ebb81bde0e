/** A picture without what is burnt in: what lies under it is made up from what stands above, below and beside it. */
import type { Picture } from '../../media';

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { round } = Math;

/** Each masked pixel from the nearest free ones up, down, left and right, the nearer the more; middle grey where none is free. */
export function masked(picture: Picture, mask: Uint8Array): Picture {
  const { width, height } = picture;
  const rgb = Uint8Array.from(picture.rgb);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      if (!mask[i]) continue;
      let [r, g, b, weights] = [0, 0, 0, 0];
      const take = (step: number, most: number): void => {
        for (let n = 1; n <= most; n += 1) {
          const at = i + n * step;
          if (mask[at]) continue;
          r += (picture.rgb[3 * at] ?? 0) / n;
          g += (picture.rgb[3 * at + 1] ?? 0) / n;
          b += (picture.rgb[3 * at + 2] ?? 0) / n;
          weights += 1 / n;
          return;
        }
      };
      take(-width, y);
      take(width, height - 1 - y);
      take(-1, x);
      take(1, width - 1 - x);
      rgb[3 * i] = weights > 0 ? round(r / weights) : 128;
      rgb[3 * i + 1] = weights > 0 ? round(g / weights) : 128;
      rgb[3 * i + 2] = weights > 0 ? round(b / weights) : 128;
    }
  }
  return { ...picture, rgb };
}
