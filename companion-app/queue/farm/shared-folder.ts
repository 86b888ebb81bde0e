/** The folder that the submitting companion and all workers see: boards in, finished takes out. */
import { copyFile, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from '../../../shared/protocol';
import { InbetweenError } from '../../../shared/problem';
import type { Sha256 } from '../../../shared/shot';
import { sha256OfFile, syncFile } from '../files';
import type { BoardShelf } from '../ports';
import { resultPathOf } from '../result-file';
import { besideOf, relocated } from '../runner/beside';

export class SharedFolder implements BoardShelf {
  private constructor(private readonly root: string) {}

  /** @throws InbetweenError `folder-unwritable` */
  static async open(folder: string): Promise<SharedFolder> {
    try {
      for (const part of ['boards', 'results']) await mkdir(path.join(folder, part), { recursive: true });
      return new SharedFolder(await realpath(folder));
    } catch (cause) {
      throw new InbetweenError(
        {
          code: 'folder-unwritable',
          message: `The farm's shared folder ${folder} cannot be written.`,
          safe: 'The queue is kept.',
          action: 'Mount it, or give this user the right to write there.',
        },
        { cause },
      );
    }
  }

  private board(sha256: Sha256): string {
    return path.join(this.root, 'boards', sha256.slice(0, 2), sha256);
  }

  /** The board's file, when it lies there whole. */
  async pathOf(sha256: Sha256): Promise<string | null> {
    const file = this.board(sha256);
    return (await lstat(file).catch(() => null))?.isFile() ? file : null;
  }

  /** Puts a board there unless it is there; it appears whole. Throws as the file system does. */
  async putBoard(sha256: Sha256, from: string): Promise<void> {
    if ((await this.pathOf(sha256)) !== null) return;
    const file = this.board(sha256);
    await mkdir(path.dirname(file), { recursive: true });
    const part = `${file}.${process.pid}.part`;
    try {
      await copyFile(from, part);
      if ((await sha256OfFile(part)) !== sha256) throw new Error(`board ${sha256} changed while it was copied`);
      await syncFile(part);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Where a worker lands its takes, its own. */
  results(worker: string): string {
    return path.join(this.root, 'results', worker.replace(/[^\w-]/g, '_'));
  }

  /**
   * Copies a take's files into `attemptDir` and names them there. The clip gets the name `fileName`. Files outside the shared folder are left
   * behind, links are not followed. Throws as the file system does; the clip's bytes are checked when it lands.
   */
  async fetch(take: Take, attemptDir: string, fileName: string): Promise<Take> {
    const clip = path.join(attemptDir, fileName);
    await this.copy(take.path, clip);
    const places = new Map<string, string>();
    for (const [index, file] of besideOf(take).entries()) {
      const to = path.join(attemptDir, `beside-${index}${path.extname(file)}`);
      const copied = await this.copy(file, to).then(
        () => true,
        () => false,
      );
      if (copied) places.set(file, to);
    }
    return relocated(take, clip, places);
  }

  private async copy(from: string, to: string): Promise<void> {
    const real = await realpath(from);
    if (!real.startsWith(this.root + path.sep)) throw new Error(`${from} lies outside the shared folder`);
    await copyFile(real, to);
  }

  /** Removes a take that was fetched. */
  async discard(take: Take): Promise<void> {
    for (const file of [take.path, resultPathOf(take.path), ...besideOf(take)]) {
      const inside = path.resolve(file).startsWith(path.join(this.root, 'results') + path.sep);
      if (inside) await rm(file, { force: true }).catch(() => undefined);
    }
  }
}
