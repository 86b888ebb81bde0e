/** Pictures as brightness only, at one size, so that they can be compared. */
import sharp from 'sharp';
import type { Picture } from '../media';

/** Brightness by BT.709 weights, 0–255, row-major. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The middle `1/zoom` of the picture, scaled to the size asked for. */
export async function luma(picture: Picture, width: number, height: number, zoom = 1): Promise<Luma> {
  const [w, h] = [Math.max(1, Math.round(picture.width / zoom)), Math.max(1, Math.round(picture.height / zoom))];
  const region = {
    left: Math.floor((picture.width - w) / 2),
    top: Math.floor((picture.height - h) / 2),
    width: w,
    height: h,
  };
  const rgb = await sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .extract(region)
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return lumaOf({ width, height, rgb });
}

/** The brightness of a picture at its own size. */
export function lumaOf({ width, height, rgb }: Picture): Luma {
  const values = new Float32Array(width * height);
  for (let i = 0, p = 0; i < values.length; i += 1, p += 3) {
    values[i] = 0.2126 * (rgb[p] ?? 0) + 0.7152 * (rgb[p + 1] ?? 0) + 0.0722 * (rgb[p + 2] ?? 0);
  }
  return { width, height, values };
}

export function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / Math.max(1, values.length);
}

/** Standard deviation. */
export function deviation(values: Float32Array): number {
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return Math.sqrt(sum / Math.max(1, values.length));
}
