/** Layers an artist has drawn (PSD): used as the sheets, when they are things before one another and not inks and washes of one drawing. */
import type { BoardPicture } from '../../../engine';
import { sourceIndex, type Layout } from '../layout';
import { erode } from '../raster/morphology';
import { resample } from '../raster/resample';
import { span, type Study } from '../relief/study';

/** A sheet as drawn: straight alpha, the board's own size. */
export interface DrawnSheet {
  readonly name: string;
  readonly rgba: Uint8Array;
}

/** What Storyboarder and many artists name the media of a single drawing. */
const MEDIA =
  /^(notes?|ink|pencils?|lines?|line ?art|sketch|tone|fill|colou?rs?|shadows?|reference|rough|clean ?up|text|layer \d+ copy)\b/i;

/** Mean difference (grey levels) up to which the layers laid over each other count as the flattened board. */
const SAME_PICTURE = 6;

/**
 * Groups the layers, bottom first: each layer with a solid body begins a sheet, lines and washes stay with the one below.
 * Undefined when the board has no such layers or when they do not add up to the board (blend modes).
 */
export function drawnSheets(board: BoardPicture, s: Study): DrawnSheet[] | undefined {
  const layers = board.layers ?? [];
  if (layers.length < 2 || layers.some((l) => l.rgba.length !== board.width * board.height * 4)) return undefined;
  const sheets: { name: string; rgba: Uint8Array }[] = [{ name: 'backdrop', rgba: paper(board) }];
  layers.forEach((layer, i) => {
    const solid = i > 0 && !MEDIA.test(layer.name.trim()) && hasBody(board, layer.rgba, s);
    if (solid) sheets.push({ name: layer.name, rgba: layer.rgba.slice() });
    else over(sheets[sheets.length - 1]!.rgba, layer.rgba);
  });
  return sheets.length > 1 && addsUp(board, sheets) ? sheets : undefined;
}

function paper(board: BoardPicture): Uint8Array {
  return new Uint8Array(board.width * board.height * 4).fill(255);
}

/** True when an opaque core remains after taking the width of a stroke off, and it is not the whole board. */
function hasBody(board: BoardPicture, rgba: Uint8Array, s: Study): boolean {
  const mask = alphaAt(board, rgba, s);
  const core = erode(mask, s.width, s.height, span(s, 4));
  let solid = 0;
  for (const v of core) if (v > 127) solid++;
  return solid > 0.003 * core.length && solid < 0.85 * core.length;
}

/** A sheet's coverage at study size, 0…255. */
export function alphaAt(board: BoardPicture, rgba: Uint8Array, s: Study): Uint8Array {
  const alpha = new Uint8Array(board.width * board.height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = rgba[4 * i + 3]!;
  return resample(alpha, board.width, board.height, s.width, s.height, 1);
}

/** Lays straight-alpha `top` over `under` in place. */
function over(under: Uint8Array, top: Uint8Array): void {
  for (let i = 0; i < under.length; i += 4) {
    const a = top[i + 3]! / 255;
    if (a === 0) continue;
    const below = (under[i + 3]! / 255) * (1 - a);
    const sum = a + below;
    for (let c = 0; c < 3; c++) under[i + c] = Math.round((top[i + c]! * a + under[i + c]! * below) / sum);
    under[i + 3] = Math.round(255 * sum);
  }
}

function addsUp(board: BoardPicture, sheets: readonly DrawnSheet[]): boolean {
  const whole = paper(board);
  for (const sheet of sheets) over(whole, sheet.rgba);
  let difference = 0;
  for (let i = 0; i < board.width * board.height; i++) {
    for (let c = 0; c < 3; c++) difference += Math.abs(whole[4 * i + c]! - board.rgb[3 * i + c]!);
  }
  return difference <= SAME_PICTURE * board.rgb.length;
}

/** A drawn sheet in its place in the scene's picture, mirrored into the margins; nothing in bars. */
export function placeSheet(board: BoardPicture, sheet: DrawnSheet, layout: Layout): Uint8Array {
  const { width, height, boardWidth, boardHeight } = layout;
  const picture = resample(sheet.rgba, board.width, board.height, boardWidth, boardHeight, 4);
  const xs = sourceIndex(width, layout.boardX, boardWidth, boardWidth < layout.frameWidth);
  const ys = sourceIndex(height, layout.boardY, boardHeight, boardHeight < layout.frameHeight);
  const out = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (xs[x]! < 0 || ys[y]! < 0) continue;
      const from = 4 * (ys[y]! * boardWidth + xs[x]!);
      const to = 4 * (y * width + x);
      for (let c = 0; c < 4; c++) out[to + c] = picture[from + c]!;
    }
  }
  return out;
}
