/** A shot's boards as pictures, within a fixed amount of memory. */
import { InbetweenError } from '../../shared/problem';
import type { Shot, Size } from '../../shared/shot';
import type { BoardMask, BoardPicture } from '../engines/engine';
import { decodeBoard, type LayeredPicture } from '../media';
import type { RenderRequest } from './request';

/** All boards of a shot together, in pixels (600 MB of RGB). */
const ALL_PIXELS = 200_000_000;
/** A board gets at most so many times the frame's pixels: the tightest framing is then still sharp at four times. */
const PER_FRAME = 16;
/** A mask says where, not how it looks: more detail than this is not used. */
const MASK_PIXELS = 2_000_000;
const BLACK = { r: 0, g: 0, b: 0 };
const LEAST_PIXELS = 4_000_000;

/** A mask's shape may differ from its board's by this share: rounding of a smaller copy. */
const SHAPE_SLACK = 0.02;

/**
 * Decodes each board and each mask once, boards in the shot's order. Throws 'board-missing', 'board-unreadable',
 * 'board-too-large', or 'shot-invalid' for a mask that has the shape of no board.
 */
export async function readBoards(
  request: { readonly spec: { readonly shot: Shot }; readonly boards: RenderRequest['boards'] },
  size: Size,
  signal: AbortSignal,
): Promise<BoardPicture[]> {
  const { shot } = request.spec;
  const files = new Map(request.boards.map(({ sha256, path }) => [sha256, path]));
  const maxPixels = pixelsFor(shot, size);
  const decoded = new Map<string, LayeredPicture>();
  const masks = await readMasks(shot, files, signal);
  const pictures: BoardPicture[] = [];
  for (const { board, at, name } of shot.boards) {
    signal.throwIfAborted();
    const file = files.get(board);
    if (file === undefined) throw notSent(name);
    const picture = decoded.get(board) ?? (await decodeBoard(file, { name, maxPixels }));
    decoded.set(board, picture);
    pictures.push({ ...picture, at, name, ...(masks.size > 0 ? { masks } : {}) });
  }
  assertShapes(shot, masks, pictures);
  return pictures;
}

/** The masks of the shot's regions, each once. */
async function readMasks(
  shot: Shot,
  files: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, BoardMask>> {
  const masks = new Map<string, BoardMask>();
  for (const { mask, name } of shot.regions ?? []) {
    if (mask === undefined || masks.has(mask)) continue;
    signal.throwIfAborted();
    const called = `mask of ${name}`;
    const file = files.get(mask);
    if (file === undefined) throw notSent(called);
    // What is clear in a mask is not part of the region.
    const { width, height, rgb } = await decodeBoard(file, { name: called, maxPixels: MASK_PIXELS, paper: BLACK });
    masks.set(mask, {
      width,
      height,
      grey: Uint8Array.from({ length: width * height }, (_, i) => rgb[3 * i + 1] ?? 0),
    });
  }
  return masks;
}

/** A mask laid over a board of another shape would cut out what nobody meant. */
function assertShapes(shot: Shot, masks: ReadonlyMap<string, BoardMask>, boards: readonly Size[]): void {
  for (const { mask: hash, name } of shot.regions ?? []) {
    const mask = hash === undefined ? undefined : masks.get(hash);
    if (!mask || boards.some((board) => sameShape(mask, board))) continue;
    const [board] = boards;
    throw new InbetweenError({
      code: 'shot-invalid',
      message: `The mask of ${name} is ${mask.width} × ${mask.height}, its board ${board?.width ?? 0} × ${board?.height ?? 0}: they have not the same shape.`,
      safe: 'The other shots go on.',
      action: 'Draw the mask over the whole board, and send the shot again.',
    });
  }
}

const sameShape = (a: Size, b: Size): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= SHAPE_SLACK + 1 / a.height + 1 / a.width;

function pixelsFor(shot: Shot, size: Size): number {
  const different = new Set(shot.boards.map(({ board }) => board)).size;
  const wanted = Math.max(LEAST_PIXELS, size.width * size.height * PER_FRAME);
  return Math.min(wanted, Math.floor(ALL_PIXELS / Math.max(1, different)));
}

function notSent(name: string): InbetweenError {
  return new InbetweenError({
    code: 'board-missing',
    message: `The board ${name} did not arrive.`,
    safe: 'The other shots go on.',
    action: 'Send the shot again.',
    retry: true,
  });
}
