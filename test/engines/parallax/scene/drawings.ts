/** Boards drawn for the tests, from SVG. */
import sharp from 'sharp';
import type { BoardPicture } from '../../../../companion-app/engines/engine';

/** Renders an SVG body on paper. */
export async function board(body: string, width = 640, height = 360, paper = '#fff'): Promise<BoardPicture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${paper}"/>${body}</svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { at: 0, name: 'board.png', width, height, rgb: new Uint8Array(data) };
}

const pen = 'fill="#fff" stroke="#111" stroke-width="4" stroke-linejoin="round"';

/** A standing figure, feet at (x, foot). */
export const figure = (x: number, foot: number, h: number): string =>
  `<path ${pen} d="M${x - 0.14 * h} ${foot}L${x - 0.16 * h} ${foot - 0.7 * h}L${x + 0.16 * h} ${foot - 0.7 * h}L${x + 0.14 * h} ${foot}Z"/>` +
  `<ellipse ${pen} cx="${x}" cy="${foot - 0.84 * h}" rx="${0.1 * h}" ry="${0.14 * h}"/>`;

/** The near value a map of its own size has at a place of the board given in parts. */
export const at = (map: { width: number; height: number; near: Float32Array }, x: number, y: number): number =>
  map.near[Math.floor(y * map.height) * map.width + Math.floor(x * map.width)]!;
