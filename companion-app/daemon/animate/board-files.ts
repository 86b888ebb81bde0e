/** Boards of a storyboard as files with a hash: layers kept apart for the engines and flattened for people, missing ones told. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { InbetweenError, toProblem, type Problem } from '../../../shared/problem';
import type { Sha256 } from '../../../shared/shot';
import type { StoryboardBoard, StoryboardMovieFrame } from '../../interchange/storyboard';
import { grabFrames, layerBoard, probeClip } from '../../media';
import { sha256OfFile } from '../../queue/files';

export interface BoardFile {
  /** What the job gets: the drawing's own file, or a PSD of its layers. */
  readonly path: string;
  readonly sha256: Sha256;
  /** The same board as one picture that any program shows. */
  readonly picture: string;
}

/** Storyboarder's own drawings are 900 pixels high; a board without any picture is a sheet of that height. */
const BLANK_HEIGHT = 900;

const missing = (name: string, cause: unknown): InbetweenError =>
  new InbetweenError(
    {
      code: 'board-missing',
      message: `The board ${name} cannot be read.`,
      safe: 'The other shots go on.',
      action: 'Put the file back, or allow reading it, and run again.',
    },
    { cause },
  );

/** Turns boards into files; those that are none yet are written into `folder`. The same board is prepared once. */
export class BoardFiles {
  private readonly known = new Map<string, Promise<BoardFile>>();

  constructor(
    private readonly folder: string,
    private readonly aspect: number,
  ) {}

  /** The board as a file. Rejects with InbetweenError `board-missing` or `board-unreadable`. */
  of(board: StoryboardBoard): Promise<BoardFile> {
    const key = JSON.stringify(board.path ?? [board.layers, board.movieFrame]);
    const found = this.known.get(key) ?? this.prepare(board, this.known.size);
    this.known.set(key, found);
    return found;
  }

  private async prepare(board: StoryboardBoard, index: number): Promise<BoardFile> {
    try {
      if (board.path !== undefined) return await fileAt(board.path, board.path);
      const picture = path.join(this.folder, `board-${index + 1}.png`);
      await mkdir(this.folder, { recursive: true });
      if (board.movieFrame) {
        await writeFile(picture, await pictureOf(board.movieFrame));
        return await fileAt(picture, picture);
      }
      const blank = { width: Math.round(BLANK_HEIGHT * this.aspect), height: BLANK_HEIGHT };
      const { png, psd } = await layerBoard(board.layers, blank);
      await writeFile(picture, png);
      if (psd === null) return await fileAt(picture, picture);
      const layered = path.join(this.folder, `board-${index + 1}.psd`);
      await writeFile(layered, psd);
      return await fileAt(layered, picture);
    } catch (error) {
      throw missing(board.name, error);
    }
  }
}

async function fileAt(file: string, picture: string): Promise<BoardFile> {
  return { path: file, sha256: await sha256OfFile(file), picture };
}

async function pictureOf({ path: movie, frame, rate }: StoryboardMovieFrame): Promise<Buffer> {
  const { size } = await probeClip(movie);
  const [found] = await grabFrames({ path: movie, size, rate }, [frame]);
  if (!found) throw new Error(`${movie} has no frame ${frame}.`);
  const { width, height, rgb } = found;
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

export type Prepared = { readonly files: readonly BoardFile[] } | { readonly problem: Problem };

/** All boards of a shot, or why not. */
export async function prepareBoards(boards: readonly StoryboardBoard[], files: BoardFiles): Promise<Prepared> {
  try {
    const out: BoardFile[] = [];
    for (const board of boards) out.push(await files.of(board));
    return { files: out };
  } catch (error) {
    return { problem: toProblem(error, 'board-unreadable') };
  }
}
