/**
 * Boards as files named by their SHA-256, in one folder. A file under its final name is whole and was checked; what is
 * still arriving is `<sha256>.part`, and goes on from its length after any interruption.
 */
import { chmod, lstat, mkdir, readdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../shared/problem';
import { zSha256 } from '../../shared/protocol';
import type { Sha256 } from '../../shared/shot';
import { openPart } from './board-part';
import type { BoardStorePort, BoardUpload } from './ports';
import { DISK_FULL, storageError, systemCode } from './storage-problem';

export interface BoardStoreOptions {
  /** Made when absent; readable by this user alone. */
  readonly folder: string;
  /** Largest board, bytes. */
  readonly maxBytes: number;
  /** Space to leave free on the disk, bytes. */
  readonly reserveBytes?: number;
  /** Free bytes where `folder` lies. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const DEFAULT_RESERVE = 64 * 1_048_576;

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export class BoardStore implements BoardStorePort {
  private readonly arriving = new Set<Sha256>();

  private constructor(private readonly options: BoardStoreOptions) {}

  /** Opens the store. Throws InbetweenError `folder-unwritable` or `disk-full` when its folder cannot be made. */
  static async open(options: BoardStoreOptions): Promise<BoardStore> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      await chmod(options.folder, 0o700);
    } catch (error) {
      throw storageError(error);
    }
    return new BoardStore(options);
  }

  /** Where the board lies, or null while it is not there. */
  async pathOf(sha256: Sha256): Promise<string | null> {
    return (await this.has(sha256)) ? this.fileOf(sha256) : null;
  }

  /** Where the board lies once it is there. Throws RangeError for what is no SHA-256: such text is never part of a path. */
  fileOf(sha256: Sha256): string {
    if (!zSha256.safeParse(sha256).success) throw new RangeError('not a SHA-256');
    return path.join(this.options.folder, sha256);
  }

  /** True when the board is there, whole. */
  async has(sha256: Sha256): Promise<boolean> {
    try {
      return (await lstat(this.fileOf(sha256))).isFile();
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw storageError(error);
    }
  }

  async missing(boards: readonly Sha256[]): Promise<readonly Sha256[]> {
    const missing: Sha256[] = [];
    for (const sha256 of new Set(boards)) if (!(await this.has(sha256))) missing.push(sha256);
    return missing;
  }

  async begin({ sha256, bytes }: { readonly sha256: Sha256; readonly bytes: number }): Promise<BoardUpload | null> {
    const file = this.fileOf(sha256);
    if (!Number.isSafeInteger(bytes) || bytes < 1 || bytes > this.options.maxBytes) {
      throw new InbetweenError({
        code: 'board-too-large',
        message: `A board has 1 to ${this.options.maxBytes} bytes, not ${bytes}.`,
        safe: 'The other shots go on.',
        action: 'Save the board smaller, then submit the shot again.',
      });
    }
    if (this.arriving.has(sha256)) throw new InbetweenError(BUSY);
    this.arriving.add(sha256);
    try {
      if (await this.has(sha256)) {
        this.arriving.delete(sha256);
        return null;
      }
      const part = await openPart({ file, sha256, bytes, release: () => this.arriving.delete(sha256) });
      const { freeBytes = freeOnDisk, reserveBytes = DEFAULT_RESERVE, folder } = this.options;
      if ((await freeBytes(folder)) - reserveBytes < bytes - part.offset) {
        await part.discard();
        throw new InbetweenError(DISK_FULL);
      }
      return part;
    } catch (error) {
      this.arriving.delete(sha256);
      throw storageError(error);
    }
  }

  /** The files of the store: of those that arrived, and of parts. */
  get folder(): string {
    return this.options.folder;
  }

  /** Removes unfinished boards last touched before `olderThan` (milliseconds since 1970). Returns how many. */
  async sweep(olderThan: number): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.options.folder)) {
      const sha256 = /^([0-9a-f]{64})\.part$/.exec(name)?.[1];
      if (sha256 === undefined || this.arriving.has(sha256)) continue;
      const file = path.join(this.options.folder, name);
      if ((await lstat(file)).mtimeMs >= olderThan) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }
}

const BUSY = {
  code: 'busy',
  message: 'This board is being uploaded already.',
  safe: 'That upload goes on.',
  action: 'Wait a moment, then send it again.',
  retry: true,
} as const;
