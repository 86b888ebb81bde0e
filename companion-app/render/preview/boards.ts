/** The boards of the shots in the editor, decoded once: the same picture objects as long as they are asked for. */
import type { Shot } from '../../../shared/shot';
import type { BoardPicture } from '../../engines/engine';
import { readBoards } from '../boards';
import type { RenderRequest } from '../request';

/** Shots kept decoded. */
const KEPT = 2;
/** Boards are decoded for frames of this size: sixteen times its pixels at most. */
const SIZE = { width: 960, height: 540 };

export class BoardShelf {
  readonly #kept = new Map<string, Promise<readonly BoardPicture[]>>();

  /** Throws as readBoards does: 'board-missing', 'board-unreadable', 'board-too-large'. */
  async of(shot: Shot, files: RenderRequest['boards'], signal: AbortSignal): Promise<readonly BoardPicture[]> {
    const masks = (shot.regions ?? []).map(({ mask }) => mask);
    const key = JSON.stringify([shot.boards, files, masks]);
    const boards = this.#kept.get(key) ?? readBoards({ spec: { shot }, boards: files }, SIZE, signal);
    this.#kept.delete(key);
    this.#kept.set(key, boards);
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old);
    try {
      return await boards;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}
