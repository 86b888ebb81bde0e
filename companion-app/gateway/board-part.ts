/** One board while it arrives: a `.part` file, hashed as it grows, renamed once it is what it claimed to be. */
import { createHash, type Hash } from 'node:crypto';
import { constants, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../shared/problem';
import type { BoardUpload } from './ports';
import { storageError } from './storage-problem';

export interface PartOptions {
  /** Final path; the part lies beside it. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Called once when the upload is over, however it ended. */
  readonly release: () => void;
}

const READ_BYTES = 1_048_576;
/** Never through a link. Windows has no such flag. */
const NO_LINKS = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
const OPEN_FLAGS = constants.O_RDWR | constants.O_CREAT | NO_LINKS;

/** Opens or makes the part, and hashes what is there from an earlier try. */
export async function openPart(options: PartOptions): Promise<BoardUpload> {
  const handle = await open(`${options.file}.part`, OPEN_FLAGS, 0o600);
  try {
    const stat = await handle.stat();
    if (!stat.isFile())
      throw new InbetweenError({ code: 'folder-unwritable', message: 'The place of a board is no plain file.' });
    const hash = createHash('sha256');
    if (stat.size > options.bytes) await handle.truncate(0);
    const offset = stat.size > options.bytes ? 0 : await hashInto(hash, handle);
    return new Part(options, handle, hash, offset);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Hashes the file from its start; returns how many bytes it has. */
async function hashInto(hash: Hash, handle: FileHandle): Promise<number> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let offset = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, offset);
    if (bytesRead === 0) return offset;
    hash.update(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
}

class Part implements BoardUpload {
  private over = false;

  constructor(
    private readonly options: PartOptions,
    private readonly handle: FileHandle,
    private readonly hash: Hash,
    public offset: number,
  ) {}

  async write(offset: number, payload: Uint8Array): Promise<void> {
    if (offset !== this.offset) {
      throw new InbetweenError({
        code: 'out-of-order',
        message: `A part of the board came for byte ${offset} where byte ${this.offset} was next.`,
        safe: 'What had arrived is kept.',
        action: 'Send the board again; it goes on from there.',
        retry: true,
      });
    }
    if (offset + payload.length > this.options.bytes) throw new InbetweenError(MISMATCH);
    try {
      for (let done = 0; done < payload.length;) {
        const { bytesWritten } = await this.handle.write(payload, done, payload.length - done, offset + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw storageError(error);
    }
    this.hash.update(payload);
    this.offset += payload.length;
  }

  async finish(): Promise<void> {
    if (this.offset !== this.options.bytes || this.hash.digest('hex') !== this.options.sha256) {
      await this.discard();
      throw new InbetweenError(MISMATCH);
    }
    try {
      await syncInTurn(this.handle);
      await this.handle.close();
      await rename(`${this.options.file}.part`, this.options.file);
      await syncFolder(path.dirname(this.options.file));
    } catch (error) {
      throw storageError(error);
    } finally {
      this.end();
    }
  }

  async close(): Promise<void> {
    if (this.over) return;
    try {
      await this.handle.close();
    } finally {
      this.end();
    }
  }

  async discard(): Promise<void> {
    if (this.over) return;
    try {
      await this.handle.close();
      await rm(`${this.options.file}.part`, { force: true });
    } finally {
      this.end();
    }
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.options.release();
  }
}

let syncs: Promise<void> = Promise.resolve();

/**
 * Asks the disk to keep the bytes, one file at a time: fifty at once would leave no thread to those who write, and hold up the queue's own
 * commits for as long as all of them take.
 */
function syncInTurn(handle: FileHandle): Promise<void> {
  const mine = syncs.then(() => handle.sync());
  syncs = mine.catch(() => undefined);
  return mine;
}

/** Makes the new name last through a power cut. Windows cannot open folders and does without. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const MISMATCH = {
  code: 'upload-mismatch',
  message: 'The board that arrived is not the one that was announced: its length or SHA-256 differs.',
  safe: 'It was thrown away; the other shots go on.',
  action: 'Send the board again. If it happens again, its file changes while it is read.',
  retry: true,
} as const;
