/** Answers what the editor asks: frames, framing, relief and boards of shots as they are being drawn. */
import sharp from 'sharp';
import { resolveMoves, type Shot, type Size } from '../../../shared/shot';
import type { BoardPicture } from '../../engines/engine';
import type { Live } from '../../engines/parallax';
import { assertLength } from '../request';
import { BoardShelf } from './boards';
import type { Answer, ShotAsk } from './messages';

const FRAME_QUALITY = 82;
const BOARD_QUALITY = 90;

/** An answer, its ref left out. */
export type Said = Answer extends infer A ? (A extends { ref: number } ? Omit<A, 'ref'> : never) : never;

export class Studio {
  readonly #boards = new BoardShelf();

  constructor(private readonly live: Live) {}

  /** Throws InbetweenError. */
  async answer(ask: ShotAsk, signal: AbortSignal): Promise<Said> {
    assertLength(ask.shot);
    const boards = await this.#boards.of(ask.shot, ask.boards, signal);
    const shot = withMoves(ask.shot);
    const order = (width: number) => ({ shot, boards, size: sizeFor(shot.size, width), seed: ask.seed });
    switch (ask.kind) {
      case 'frame': {
        const asked = order(ask.width);
        const rgb = await this.live.picture(asked, Math.min(ask.frame, shot.frames - 1), signal);
        return { type: 'picture', jpeg: await jpegOf(rgb, asked.size, 3, FRAME_QUALITY) };
      }
      case 'framing':
        return {
          type: 'framing',
          quads: this.live.framing(order(960), ask.frames).map(([a, b, c, d]) => [a, b, c, d]),
        };
      case 'relief': {
        const board = boardAt(boards, ask.frame);
        const { near, ...size } = await this.live.relief(order(960), board, signal);
        const grey = Uint8Array.from(near, (value) => Math.round(255 * value));
        return { type: 'picture', jpeg: await jpegOf(grey, size, 1, BOARD_QUALITY, ask.width) };
      }
      case 'board': {
        const board = boardAt(boards, ask.frame);
        return { type: 'picture', jpeg: await jpegOf(board.rgb, board, 3, BOARD_QUALITY, ask.width) };
      }
    }
  }
}

/** As in a render: drawn frames win over moves, whoever made those. */
const withMoves = (shot: Shot): Shot => (shot.framing ? shot : { ...shot, moves: resolveMoves(shot) });

/** The shot's shape at this width, both sides even. */
function sizeFor({ width, height }: Size, wanted: number): Size {
  const even = (value: number): number => Math.max(16, 2 * Math.round(value / 2));
  return { width: even(wanted), height: even((wanted * height) / width) };
}

function boardAt(boards: readonly BoardPicture[], frame: number): BoardPicture {
  const board = boards.filter(({ at }) => at <= frame).at(-1) ?? boards[0];
  if (!board) throw new RangeError('a shot without boards');
  return board;
}

/** @param within widest picture; a wider one is made smaller, in its own shape */
async function jpegOf(
  pixels: Uint8Array,
  { width, height }: Size,
  channels: 1 | 3,
  quality: number,
  within = width,
): Promise<Uint8Array> {
  const raw = sharp(pixels, { raw: { width, height, channels } });
  const fitted = within < width ? raw.resize({ width: within }) : raw;
  return fitted.jpeg({ quality }).toBuffer();
}
