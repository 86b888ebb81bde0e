/** Motion brush: only where the artist drew a region may the model's motion be seen; everywhere else the board stays. */
import type { Fit, MotionRegion, Point, Size } from '../../../../shared/shot';
import type { BoardMask } from '../../engine';
import { resize, type Rgb } from '../picture/resample';

/** Pixels of the frame for one of the mask before it is enlarged; the enlargement softens its edge. */
const COARSE = 8;
/** A mask's grey from which on it is part of the region. */
const HALF = 128;
/** Places along a region's way at which its outline is laid down. */
const STAMPS = 8;

/** True when the point lies inside the closed outline (even-odd). */
function inside(outline: readonly Point[], x: number, y: number): boolean {
  let within = false;
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) within = !within;
  });
  return within;
}

/** Offsets from where a region is drawn, all along its way. */
function stamps(path: readonly Point[]): Point[] {
  const ends = path.length > 0 ? path : [{ x: 0, y: 0 }];
  return ends.flatMap((a, i) => {
    const b = ends[i + 1];
    if (!b) return [a];
    return Array.from({ length: STAMPS }, (_, k) => ({
      x: a.x + ((b.x - a.x) * k) / STAMPS,
      y: a.y + ((b.y - a.y) * k) / STAMPS,
    }));
  });
}

/** What a region covers where it is drawn: its mask where it has one that was read, else its outline. */
function shapeOf(
  { outline, mask }: MotionRegion,
  masks: ReadonlyMap<string, BoardMask> | undefined,
): (x: number, y: number) => boolean {
  const drawn = mask === undefined ? undefined : masks?.get(mask);
  if (!drawn) return (x, y) => inside(outline, x, y);
  const { width, height, grey } = drawn;
  return (x, y) => {
    if (x < 0 || y < 0 || x >= 1 || y >= 1) return false;
    return (grey[Math.floor(y * height) * width + Math.floor(x * width)] ?? 0) >= HALF;
  };
}

/** From a point of the frame (0–1) to the point of a board of `board`'s size that is laid into it there. */
export function frameToBoard(frame: Size, board: Size, fit: Fit): (point: Point) => Point {
  const [across, down] = [frame.width / board.width, frame.height / board.height];
  const scale = fit === 'fill' ? Math.max(across, down) : Math.min(across, down);
  const along = (at: number, side: number, length: number) => (at - 0.5) * (side / (length * scale)) + 0.5;
  return ({ x, y }) => ({ x: along(x, frame.width, board.width), y: along(y, frame.height, board.height) });
}

/**
 * How much of the motion shows at each pixel, 0–255, soft at the edge; undefined where the whole picture may move.
 * @param toBoard from a point of the frame (0–1) to the point of the board shown there
 * @param masks pictures of regions that were drawn as masks, by SHA-256
 */
export function motionMask(
  regions: readonly MotionRegion[],
  size: Size,
  toBoard: (point: Point) => Point,
  masks?: ReadonlyMap<string, BoardMask>,
): Uint8Array | undefined {
  if (regions.length === 0) return undefined;
  const shapes = regions.map((region) => ({ covers: shapeOf(region, masks), offsets: stamps(region.path) }));
  const width = Math.max(1, Math.ceil(size.width / COARSE));
  const height = Math.max(1, Math.ceil(size.height / COARSE));
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const point = toBoard({ x: ((i % width) + 0.5) / width, y: (Math.floor(i / width) + 0.5) / height });
    const free = shapes.some(({ covers, offsets }) =>
      offsets.some((offset) => covers(point.x - offset.x, point.y - offset.y)),
    );
    if (free) rgb.fill(255, i * 3, i * 3 + 3);
  }
  return resize({ width, height, rgb }, size.width, size.height, 'bilinear').rgb;
}

/** The board where the mask is 0, the moving picture where it is 255. */
export function masked(board: Rgb, moving: Rgb, mask: Uint8Array | undefined): Rgb {
  if (!mask) return moving;
  const rgb = moving.rgb.map((value, i) => {
    const still = board.rgb[i] ?? 0;
    return Math.round(still + ((value - still) * (mask[i] ?? 0)) / 255);
  });
  return { ...moving, rgb };
}
