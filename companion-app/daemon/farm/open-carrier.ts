/** A worker's side without a shared folder: boards are fetched from the companion, takes are sent to it, in pieces, with resume and SHA-256. */
import { open, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { InbetweenError, problem } from '../../../shared/problem';
import { LIMITS, type Take } from '../../../shared/protocol';
import { BoardStore } from '../../gateway';
import { boardGone } from '../../queue/board-gone';
import { farmId, type Carrier, type FarmFile, type FarmJob } from '../../queue/farm';
import { sha256OfFile } from '../../queue/files';
import { boardsOf } from '../../queue/record';
import { besideOf } from '../../queue/runner/beside';
import { discard } from '../../queue/runner/landing';
import { DoorClient, orAborted, type WordOf } from './door-client';

/** Bytes of a piece. */
const PIECE_BYTES = LIMITS.textBytes;
/** While the companion is away it is asked again after so long, doubling. */
const [FIRST_WAIT_MS, MOST_WAIT_MS] = [100, 5_000];
/** What arrives spoilt so often is not sent again. */
const MOST_SPOILT = 3;

const zThere = z.object({ offset: z.number().int().min(0) });

/** `folder`: where boards are kept for the next shots. Throws InbetweenError where it cannot be made. */
export async function openCarrier(wordOf: WordOf, folder: string): Promise<Carrier> {
  const boards = await BoardStore.open({ folder, maxBytes: LIMITS.boardBytes });
  const client = new DoorClient(wordOf);
  return {
    pathOf: (board) => boards.pathOf(board),
    bring: async (job, signal) => {
      for (const sha256 of boardsOf(job.spec))
        await persist(signal, async () => {
          if (!(await boards.has(sha256))) await fetchBoard(client, boards, job, sha256, signal);
        });
    },
    deliver: async (job, take, signal) => {
      try {
        const files: FarmFile[] = [];
        for (const file of [take.path, ...besideOf(take)]) {
          const sent = await describe(take, file);
          if (!sent) continue;
          await sendFile(client, job, sent, signal);
          files.push(sent);
        }
        return files;
      } finally {
        await discard(take).catch(() => undefined);
      }
    },
  };
}

/** Goes on trying what a companion that is away, or a broken connection, did not let be. */
async function persist(signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  let spoilt = 0;
  for (let ms = FIRST_WAIT_MS; ; ms = Math.min(MOST_WAIT_MS, ms * 2)) {
    try {
      await act();
      return;
    } catch (error) {
      signal.throwIfAborted();
      const told = error instanceof InbetweenError ? error.problem : null;
      if (told?.code === 'upload-mismatch') spoilt += 1;
      if (told && (!told.retry || spoilt >= MOST_SPOILT)) throw error;
    }
    await wait(ms, undefined, { signal });
  }
}

async function fetchBoard(
  client: DoorClient,
  boards: BoardStore,
  job: FarmJob,
  sha256: string,
  signal: AbortSignal,
): Promise<void> {
  const id = farmId(job);
  const path = `board/${sha256}`;
  const head = await client.ask(job, id, { method: 'HEAD', path }, signal);
  head.resume();
  if (head.statusCode === 404) throw new InbetweenError({ ...boardGone(job.spec.shot.name), retry: false });
  assertAdmitted(head.statusCode);
  const upload = await boards.begin({ sha256, bytes: Number(head.headers['content-length'] ?? 0) });
  if (!upload) return;
  try {
    if (upload.offset < Number(head.headers['content-length'])) {
      const headers = { Range: `bytes=${upload.offset}-` };
      const answer = await client.ask(job, id, { method: 'GET', path, headers }, signal);
      assertAdmitted(answer.statusCode);
      // A whole answer where a part was asked for begins anew.
      if (answer.statusCode !== 206 && upload.offset > 0) throw new Error('the companion cannot resume');
      for await (const piece of answer) if (Buffer.isBuffer(piece)) await upload.write(upload.offset, piece);
    }
    await upload.finish();
  } catch (error) {
    await upload.close();
    throw error;
  }
}

/** What a file of a take is; null where it is not there. The clip is what its take says. */
async function describe(take: Take, file: string): Promise<FarmFile | null> {
  if (file === take.path) return { path: file, sha256: take.sha256, bytes: take.bytes };
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size === 0) return null;
  return { path: file, sha256: await sha256OfFile(file), bytes: found.size };
}

async function sendFile(client: DoorClient, job: FarmJob, file: FarmFile, signal: AbortSignal): Promise<void> {
  const { sha256, bytes } = file;
  const id = farmId(job);
  const put = async (offset: number, body?: Uint8Array): Promise<number> => {
    const path = `file/${sha256}?offset=${offset}&bytes=${bytes}`;
    const answer = await client.ask(job, id, { method: 'PUT', path, ...(body && { body }) }, signal);
    const text = await orAborted(textOf(answer), signal);
    if (answer.statusCode === 422) throw new InbetweenError(SPOILT);
    assertAdmitted(answer.statusCode);
    return zThere.parse(JSON.parse(text)).offset;
  };
  await persist(signal, async () => {
    const handle = await open(file.path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, bytes));
      let offset = await put(0);
      while (offset < bytes) {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, bytes - offset), offset);
        if (bytesRead === 0) throw new InbetweenError(SPOILT);
        offset = await put(offset, buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  });
}

async function textOf(answer: AsyncIterable<unknown>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Throws for an answer that is none: not admitted is for good, everything else for now. */
function assertAdmitted(status: number | undefined): void {
  if (status === 401 || status === 413 || status === 405) throw new InbetweenError(NOT_ADMITTED);
  if (status !== 200 && status !== 206) throw new Error(`the companion answered ${status ?? 0}`);
}

const NOT_ADMITTED = problem({
  code: 'unauthorised',
  message: 'The companion that sent this shot does not let this worker in.',
  safe: 'The other shots go on.',
  action: 'Retry the shot; update companion and workers to the same version.',
});

const SPOILT = problem({
  code: 'upload-mismatch',
  message: 'The clip did not arrive as it was made.',
  safe: 'The other shots go on.',
  action: 'Look at the disk and the network of this worker, then retry the shot.',
  retry: true,
});
