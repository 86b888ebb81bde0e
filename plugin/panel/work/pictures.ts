/** Looks at board files and fetches small pictures, one thing at a time and only what is on show. */
import type { TimelineView } from '../../premiere/host';
import { dataUrl } from '../base64';
import type { BoardFiles, Companion, Gallery, HashBytes, PanelClock } from '../ports';
import { boardPicture } from '../state/rows';
import { withEntry, type PanelState } from '../state/state';
import type { Store } from '../state/store';

/** Milliseconds of rest after each board, so that Premiere stays smooth. */
const REST_MS = 20;
/** A board whose size has not changed is looked at again only after this long. */
const TRUST_MS = 20_000;
/** Pictures kept; the oldest go first. */
const KEPT = 600;

export interface PictureParts {
  readonly gallery: Gallery;
  readonly companion: Companion;
  readonly files: BoardFiles;
  readonly hash: HashBytes;
  readonly clock: PanelClock;
  readonly store: Store<PanelState>;
}

export class Pictures {
  private readonly wanted = new Set<string>();
  private readonly missing = new Map<string, number>();
  private readonly looked = new Map<string, number>();
  private working = false;
  private stopped = false;
  private view: TimelineView | null = null;

  constructor(private readonly parts: PictureParts) {}

  /** A picture is on show: it is fetched unless it is there. */
  want(key: string): void {
    if (this.parts.store.get().pictures.has(key) || (this.missing.get(key) ?? 0) > this.parts.clock.now()) return;
    this.wanted.add(key);
    void this.work();
  }

  /** The boards of this sequence are to be known by their pixels. */
  boardsOf(view: TimelineView): void {
    this.view = view;
    void this.work();
  }

  /** The companion is there again: what it could not give is asked for anew. */
  again(): void {
    this.missing.clear();
    void this.work();
  }

  stop(): void {
    this.stopped = true;
  }

  private async work(): Promise<void> {
    if (this.working || this.stopped) return;
    this.working = true;
    try {
      for (;;) {
        const key = this.next();
        if (key !== null) await this.fetch(key);
        else if (!(await this.printOne())) break;
        await new Promise<void>((resolve) => {
          this.parts.clock.after(key === null ? REST_MS : 0, resolve);
        });
        if (this.isStopped()) break;
      }
    } finally {
      this.working = false;
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private next(): string | null {
    for (const key of this.wanted) {
      this.wanted.delete(key);
      return key;
    }
    return null;
  }

  private async fetch(key: string): Promise<void> {
    const [kind, id = '', n = '0'] = key.split('/');
    const { gallery, store, clock } = this.parts;
    const bytes = await (kind === 'board' ? gallery.board(id) : gallery.take(id, Number(n))).catch(() => null);
    if (!bytes) {
      this.missing.set(key, clock.now() + TRUST_MS);
      return;
    }
    const url = dataUrl('image/jpeg', bytes);
    store.update((state) => {
      const pictures = new Map(withEntry(state.pictures, key, url));
      for (const old of [...pictures.keys()].slice(0, Math.max(0, pictures.size - KEPT))) pictures.delete(old);
      return { ...state, pictures };
    });
  }

  /** Looks at one board whose file may have changed; false when there is none left. */
  private async printOne(): Promise<boolean> {
    const { store, clock } = this.parts;
    const boards = (this.view?.reading.shots ?? []).flatMap((shot) => shot.boards);
    const now = clock.now();
    const board = boards.find(
      ({ mediaPath }) => mediaPath !== null && (this.looked.get(mediaPath) ?? -Infinity) < now - TRUST_MS,
    );
    if (board?.mediaPath === undefined || board.mediaPath === null || store.get().link.kind !== 'connected')
      return false;
    this.looked.set(board.mediaPath, now);
    await this.print(board.mediaPath, board.name).catch(() => undefined);
    return true;
  }

  private async print(path: string, name: string): Promise<void> {
    const { files, hash, store, companion } = this.parts;
    const stamp = await files.stamp(path);
    if (store.get().boards.get(path)?.stamp === stamp) return;
    const bytes = await files.readFile(path);
    const sha256 = hash(bytes);
    // The companion makes the small picture, and has the board when the shot is animated.
    if ((await companion.missingBoards([sha256])).length > 0) await companion.uploadBoard({ sha256, name, bytes });
    store.update((state) => ({ ...state, boards: withEntry(state.boards, path, { sha256, stamp }) }));
    this.missing.delete(boardPicture(sha256));
  }
}
