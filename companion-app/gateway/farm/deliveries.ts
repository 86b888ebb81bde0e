/** Files on their way in from workers: each stays open from one piece to the next, and goes on where it broke off. */
import { InbetweenError } from '../../../shared/problem';
import { systemCode } from '../storage-problem';
import type { BoardUpload, Clock } from '../ports';
import type { FarmPort } from './port';

/** One file of a job's take. */
export interface Delivery {
  readonly job: string;
  readonly sha256: string;
  /** Length of the whole file. */
  readonly bytes: number;
}

interface Session {
  readonly upload: BoardUpload | null;
  stopIdle: () => void;
  /** One piece after the other. */
  line: Promise<unknown>;
}

/** Files open at once. */
const MOST = 64;
/** Without a piece for so long a file is put aside until the next one comes. */
const IDLE_MS = 30_000;

export class Deliveries {
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(
    private readonly port: Pick<FarmPort, 'results'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a piece that begins at `offset`; resolves with the bytes that are there now. A piece for another place changes nothing, an empty
   * one only asks. At `bytes` the file was checked and lies there whole. Throws InbetweenError: `limit-reached`, `upload-mismatch`, or
   * what the disk is to blame for.
   */
  async take(what: Delivery, offset: number, piece: Uint8Array): Promise<number> {
    const key = `${what.job}/${what.sha256}`;
    const session = await this.session(key, what);
    const done = session.line.then(() => this.write(key, session, what, offset, piece));
    session.line = done.catch(() => undefined);
    return done;
  }

  /** Lets go of everything; what has arrived stays. */
  async close(): Promise<void> {
    for (const key of [...this.sessions.keys()]) await this.end(key);
  }

  private session(key: string, what: Delivery): Promise<Session> {
    const known = this.sessions.get(key);
    if (known) return known;
    if (this.sessions.size >= MOST) return Promise.reject(new InbetweenError(TOO_MANY));
    const opened = this.port
      .results(what.job)
      .then((store) => store.begin(what))
      .then((upload): Session => ({ upload, stopIdle: () => undefined, line: Promise.resolve() }));
    this.sessions.set(key, opened);
    opened.catch(() => this.sessions.delete(key));
    return opened;
  }

  private async write(
    key: string,
    session: Session,
    { bytes }: Delivery,
    offset: number,
    piece: Uint8Array,
  ): Promise<number> {
    session.stopIdle();
    const { upload } = session;
    if (!upload) {
      this.sessions.delete(key);
      return bytes;
    }
    try {
      if (offset === upload.offset && piece.length > 0) await upload.write(offset, piece);
      if (upload.offset < bytes) {
        session.stopIdle = this.clock.after(IDLE_MS, () => void this.end(key));
        return upload.offset;
      }
      this.sessions.delete(key);
      await upload.finish();
      return bytes;
    } catch (error) {
      this.sessions.delete(key);
      await upload.close().catch(() => undefined);
      throw error;
    }
  }

  private async end(key: string): Promise<void> {
    const session = await this.sessions.get(key)?.catch(() => undefined);
    this.sessions.delete(key);
    if (!session) return;
    session.stopIdle();
    await session.line;
    await session.upload?.close().catch((error: unknown) => {
      if (systemCode(error) !== 'EBADF') throw error;
    });
  }
}

const TOO_MANY = {
  code: 'limit-reached',
  message: 'Too many takes are being delivered at once.',
  safe: 'Those that are on their way go on.',
  action: 'Nothing: the worker tries again.',
  retry: true,
} as const;
