/**
 * Boards made small. Layered files, whose decoder holds up whoever runs it, and huge ones, whose pixels fill the memory, are left to a
 * process of their own, one at a time.
 */
import { boardPicture, boardShape, isLayered } from '../../media';
import { pictureOf } from './editor';
import { PreviewDesk } from './editor/preview-desk';

export interface SmallBoards {
  /** A JPEG of at most `side` pixels a side. Throws as boardPicture does, and 'render-crashed' where the process did not live through it. */
  of(file: string, side: number): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/** A layered board that takes longer is given up. */
const PATIENCE_MS = 60_000;
const IDLE_MS = 10_000;
/** Pixels of a board that is decoded here: several may be at once. */
const LARGE = 40_000_000;

async function isHeavy(file: string): Promise<boolean> {
  const shape = await boardShape(file);
  return (shape && shape.width * shape.height > LARGE) || isLayered(file);
}

/** @param entry script of the process, dist/preview.cjs */
export function smallBoards(entry: string): SmallBoards {
  const desk = new PreviewDesk({ entry, patienceMs: PATIENCE_MS, idleMs: IDLE_MS });
  let asked = 0;
  return {
    async of(file, side) {
      if (!(await isHeavy(file))) return boardPicture(file, side);
      // A stream of its own: no ask takes the place of another.
      return pictureOf(await desk.ask(`small ${asked++}`, { kind: 'small', path: file, side }));
    },
    stop: () => desk.close(),
  };
}
