/** A finished clip from a companion, to a folder: taken up where it broke off, believed only when its SHA-256 is right. */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InbetweenError } from '../../../shared/problem';
import type { Take } from '../../../shared/protocol';
import { isFileOf, PART_SUFFIX, sha256OfFile, syncFile } from '../../queue/files';
import { safeName } from '../../queue/safe-name';

export interface ClipSource {
  /** Loopback port of the companion, or of the relay to it. */
  readonly port: number;
  readonly token: string;
}

/** Tries of one clip; each goes on from what the one before brought. */
const TRIES = 5;

/** Resolves with the file's path. Throws InbetweenError "download-failed" when what came is not the clip. */
export async function fetchClip(source: ClipSource, jobId: string, take: Take, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, safeName(take.path.split(/[\\/]/).at(-1) ?? jobId, 200));
  if ((await isFileOf(file, take.bytes)) && (await sha256OfFile(file)) === take.sha256) return file;
  const part = file + PART_SUFFIX;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const there = await stat(part).then(
      (found) => found.size,
      () => 0,
    );
    if (there < take.bytes) await rest(source, jobId, part, { from: there, most: take.bytes }).catch(() => undefined);
    if (!(await isFileOf(part, take.bytes))) continue;
    if ((await sha256OfFile(part)) === take.sha256) {
      await syncFile(part);
      await rename(part, file);
      return file;
    }
    await rm(part, { force: true });
  }
  throw new InbetweenError({
    code: 'download-failed',
    message: `The clip ${path.basename(file)} did not arrive whole.`,
    safe: 'What has arrived is kept; the clip is safe where it was made.',
    action: 'Fetch it again.',
    retry: true,
  });
}

/** Appends what follows byte `from`. Rejects when the connection breaks or more comes than the clip has; what came is kept. */
async function rest(
  { port, token }: ClipSource,
  jobId: string,
  part: string,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, Range: `bytes=${from}-` };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path: `/clip/${jobId}`, headers, agent: false }, resolve).on('error', reject);
  });
  const { statusCode } = response;
  if (statusCode !== 206 && statusCode !== 200) {
    response.destroy();
    throw new Error(`status ${statusCode ?? 0}`);
  }
  const flags = statusCode === 206 ? 'a' : 'w';
  let there = statusCode === 206 ? from : 0;
  const counted = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      there += bytes.length;
      if (there > most) done(new Error('more came than the clip has'));
      else done(null, bytes);
    },
  });
  await pipeline(response, counted, createWriteStream(part, { flags, mode: 0o600 }));
}
