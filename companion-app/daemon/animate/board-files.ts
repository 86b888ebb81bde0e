/** Boards of a storyboard as files with a hash: layers flattened, missing ones told. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError, toProblem, type Problem } from '../../../shared/problem';
import type { Sha256 } from '../../../shared/shot';
import type { StoryboardBoard } from '../../interchange/storyboard';
import { flattenLayers } from '../../media';
import { sha256OfFile } from '../../queue/files';

export interface BoardFile {
  readonly path: string;
  readonly sha256: Sha256;
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

/** Turns boards into files, flattening into `folder` where they come in layers. The same board is prepared once. */
export class BoardFiles {
  private readonly known = new Map<string, Promise<BoardFile>>();

  constructor(
    private readonly folder: string,
    private readonly aspect: number,
  ) {}

  /** The board as one file. Rejects with InbetweenError `board-missing` or `board-unreadable`. */
  of(board: StoryboardBoard): Promise<BoardFile> {
    const key = board.path ?? `${board.name}\n${board.layers.map((layer) => layer.path).join('\n')}`;
    const found = this.known.get(key) ?? this.prepare(board, this.known.size);
    this.known.set(key, found);
    return found;
  }

  private async prepare(board: StoryboardBoard, index: number): Promise<BoardFile> {
    try {
      if (board.path !== undefined) return { path: board.path, sha256: await sha256OfFile(board.path) };
      const png = await flattenLayers(board.layers, {
        width: Math.round(BLANK_HEIGHT * this.aspect),
        height: BLANK_HEIGHT,
      });
      await mkdir(this.folder, { recursive: true });
      const file = path.join(this.folder, `board-${index + 1}.png`);
      await writeFile(file, png);
      return { path: file, sha256: await sha256OfFile(file) };
    } catch (error) {
      throw missing(board.name, error);
    }
  }
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
