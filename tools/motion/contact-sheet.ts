/** Every move on three boards: first, middle and last frame, side by side. */
import sharp, { type OverlayOptions } from 'sharp';
import type { BoardPicture, Engine } from '../../companion-app/engines/engine';
import { AMOUNT_UNIT, DEFAULT_AMOUNT, MOVE_KINDS, type MoveKind, type Size } from '../../shared/shot';
import { move, shotOf, take } from '../../test/engines/parallax/measure/take';

const FRAMES = 9;
const RENDERED: Size = { width: 480, height: 270 };
const CELL: Size = { width: 152, height: 86 };
const LABEL = 112;
const GAP = 4;
/** Between the frames of one board, and between boards. */
const [BESIDE, BOARDS_APART] = [3, 14];
/** Width of a board's three frames. */
const BOARD = 3 * CELL.width + 2 * BESIDE + BOARDS_APART;

function labelOf(kind: MoveKind): Buffer {
  const text = `<text x="4" y="${CELL.height / 2}" font-family="DejaVu Sans, sans-serif" font-size="13">${kind}</text>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${LABEL}" height="${CELL.height}">${text}</svg>`);
}

/** A JPEG. Rows are the kinds; columns three frames of each board. */
export async function contactSheet(engine: Engine, boards: readonly BoardPicture[]): Promise<Buffer> {
  const cells: OverlayOptions[] = [];
  for (const [row, kind] of MOVE_KINDS.entries()) {
    const top = row * (CELL.height + GAP);
    cells.push({ input: labelOf(kind), left: 0, top });
    for (const [column, board] of boards.entries()) {
      const amount = DEFAULT_AMOUNT[AMOUNT_UNIT[kind]][1];
      const shot = shotOf(FRAMES, { size: RENDERED, moves: [move(kind, amount, 0, FRAMES)] });
      const { frames } = await take(engine, shot, [board]);
      for (const [i, at] of [0, (FRAMES - 1) / 2, FRAMES - 1].entries()) {
        const frame = frames[at];
        if (!frame) continue;
        const input = await sharp(frame.rgb, { raw: { ...RENDERED, channels: 3 } })
          .resize(CELL.width, CELL.height)
          .png()
          .toBuffer();
        const left = LABEL + column * BOARD + i * (CELL.width + BESIDE);
        cells.push({ input, left, top });
      }
    }
  }
  const width = LABEL + boards.length * BOARD - BOARDS_APART;
  const height = MOVE_KINDS.length * (CELL.height + GAP);
  return sharp({ create: { width, height, channels: 3, background: '#b8b8b8' } })
    .composite(cells)
    .jpeg({ quality: 78 })
    .toBuffer();
}
