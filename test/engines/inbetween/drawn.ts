/** Boards drawn for these tests, and what can be counted on them. */
import sharp from 'sharp';
import type { BoardPicture } from '../../../companion-app/engines/engine';

export const WIDTH = 480;
export const HEIGHT = 270;

/** A board from the inside of an SVG drawn on 480 by 270. */
export async function drawn(at: number, inside: string, width = WIDTH, height = HEIGHT): Promise<BoardPicture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><rect width="100%" height="100%" fill="#fff"/><g fill="none" stroke="#222" stroke-width="3" stroke-linejoin="round">${inside}</g></svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { at, name: `board at ${at}`, width, height, rgb: new Uint8Array(data) };
}

/** Floor, wall and a box that never move: the box lies within x 20…110, y 170…240. */
export const ROOM =
  '<path d="M0 150H480"/><path d="M400 0V150"/><rect x="30" y="180" width="70" height="50" fill="#ddd"/>';

/** A person at x, the right arm raised by degrees from hanging. */
export function person(x: number, raised: number): string {
  return `<g transform="translate(${x} 0)">
    <rect x="-25" y="90" width="50" height="90" fill="#bbb"/>
    <path d="M-18 180V262H-4V180Z" fill="#fff"/><path d="M4 180V262H18V180Z" fill="#fff"/>
    <circle cx="0" cy="62" r="24" fill="#fff"/><circle cx="-8" cy="58" r="3" fill="#222"/><circle cx="8" cy="58" r="3" fill="#222"/>
    <path d="M-8 74H8"/>
    <g transform="rotate(${-raised} 30 98)"><rect x="26" y="94" width="16" height="72" fill="#999"/></g></g>`;
}

/** Nothing of the person or the room. */
export const ELSEWHERE = `<circle cx="90" cy="80" r="60" fill="#444"/><circle cx="300" cy="200" r="44"/>
  <path d="M150 20L210 250L260 30L330 120L460 20" stroke-width="5"/><path d="M20 260Q200 180 470 265"/>`;

/** Pixels darker than half. */
export function inkOf(rgb: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < rgb.length; i += 3) if (rgb[i]! < 110) count++;
  return count;
}

/** How many strokes a row crosses between two columns. */
export function crossings(rgb: Uint8Array, y: number, x0: number, x1: number, width = WIDTH): number {
  let count = 0;
  let inside = false;
  for (let x = x0; x < x1; x++) {
    const dark = rgb[3 * (y * width + x)]! < 110;
    if (dark && !inside) count++;
    inside = dark;
  }
  return count;
}

/** Column of the first stroke in a row from `x0` on; −1 for none. */
export function firstStroke(rgb: Uint8Array, y: number, x0: number, width = WIDTH): number {
  for (let x = x0; x < width; x++) if (rgb[3 * (y * width + x)]! < 110) return x;
  return -1;
}

/** The bytes of a part of the picture. */
export function part(rgb: Uint8Array, x0: number, y0: number, x1: number, y1: number, width = WIDTH): Uint8Array {
  const rows = Array.from({ length: y1 - y0 }, (_, j) =>
    rgb.subarray(3 * ((y0 + j) * width + x0), 3 * ((y0 + j) * width + x1)),
  );
  return new Uint8Array(Buffer.concat(rows));
}

/** Root of the mean squared difference of two pictures. */
export function difference(a: Uint8Array, b: Uint8Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}
