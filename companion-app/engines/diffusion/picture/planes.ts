/** Between 8-bit pictures and the planes of floats that networks take: [1, 3, height, width], channel by channel. */
import type { Rgb } from './resample';

/** Colour planes of a picture, mapped from 0…255 by `map(value, channel)`. */
export function toPlanes(picture: Rgb, map: (value: number, channel: number) => number): Float32Array {
  const area = picture.width * picture.height;
  const tables = [0, 1, 2].map((channel) => Float32Array.from({ length: 256 }, (_, value) => map(value, channel)));
  const planes = new Float32Array(area * 3);
  tables.forEach((table, channel) => {
    for (let i = 0; i < area; i++) planes[channel * area + i] = table[picture.rgb[i * 3 + channel] ?? 0] ?? 0;
  });
  return planes;
}

/** [−1, 1], what VAE encoders take. */
export const toSigned = (picture: Rgb): Float32Array =>
  toPlanes(picture, (value) => Math.fround(Math.fround(value / 255) * 2 - 1));
