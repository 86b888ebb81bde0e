/** Photoshop's sample depths to 8 bit. */
import type { PixelData } from 'ag-psd';

/** 8-bit RGBA, straight alpha. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 8-bit samples stay, 16-bit are rounded, 32-bit are linear light and get the sRGB curve (alpha stays linear). */
export function rgba8({ width, height, data }: PixelData): Rgba {
  if (data instanceof Uint16Array) return { width, height, data: Uint8Array.from(data, (v) => Math.round(v / 257)) };
  if (data instanceof Float32Array) {
    return {
      width,
      height,
      data: Uint8Array.from(data, (v, i) => Math.round(255 * (i % 4 === 3 ? unit(v) : srgbCurve(unit(v))))),
    };
  }
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function unit(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}

/** IEC 61966-2-1: linear light to the encoded value, both 0–1. */
function srgbCurve(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}
