/** One request for the rest of a file. The part on disk grows by whatever arrives; it is never trusted, only hashed. */
import { open, readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { allowedAddress, shown } from './address';
import { formatBytes } from './bytes';
import { errno, writeSynced } from './disk';
import { Fault, networkFault } from './fault';
import { chunksOf, request, whileAlive } from './request';
import type { CatalogueFile } from './schema';

/** What a part was begun with: the address, and the server's word for that state of the file (a strong ETag). */
const zOrigin = z.object({ url: z.string(), etag: z.string() });

const originOf = (part: string): string => `${part}.json`;

/** Bytes of a part on disk; 0 where there is none. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errno(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** Throws a part away. */
export async function discard(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(originOf(part), { force: true });
}

export interface AttemptContext {
  readonly stallMs: number;
  readonly signal: AbortSignal;
  /** Bytes of the part that are on disk now. May throw to end the attempt. */
  readonly onBytes: (bytes: number) => Promise<void>;
}

/**
 * Asks `address` for what the part lacks and appends it; begins again where the server cannot go on.
 * Resolves once the part has all its bytes.
 * @throws Fault when it has not, or the answer is not the file
 */
export async function attempt(
  part: string,
  file: CatalogueFile,
  address: string,
  context: AttemptContext,
): Promise<void> {
  const url = allowedAddress(address);
  if (!url) throw new Fault(`${address} is not allowed`, false);
  let have = await sizeOf(part);
  if (have > file.bytes) {
    await discard(part);
    have = 0;
  }
  await context.onBytes(have);
  if (have === file.bytes && have > 0) return;
  await whileAlive(context.stallMs, context.signal, async (signal, alive) => {
    const response = await request(url, await headersFor(part, address, have), signal);
    let at = 0;
    try {
      at = startOf(response, have, file, url);
      if (at === 0) await begin(part, address, response);
      const handle = await open(part, at === 0 ? 'w' : 'a');
      try {
        await context.onBytes(at);
        for await (const chunk of chunksOf(response, signal)) {
          if (at + chunk.length > file.bytes) {
            throw new Fault(`${shown(url)} sends more than the ${formatBytes(file.bytes)} of the catalogue`, false);
          }
          await handle.writeFile(chunk);
          at += chunk.length;
          alive();
          await context.onBytes(at);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await response.body?.cancel().catch(() => undefined);
      if (response.status === 416) await discard(part);
      signal.throwIfAborted();
      throw networkFault(error, url.host) ?? error;
    }
    if (at < file.bytes) throw new Fault(`${url.host} stopped ${formatBytes(file.bytes - at)} before the end`, true);
  });
}

async function begin(part: string, url: string, response: Response): Promise<void> {
  const etag = response.headers.get('etag') ?? '';
  // Only a strong tag promises the same bytes (RFC 9110, 8.8.1).
  if (etag.startsWith('"')) await writeSynced(originOf(part), JSON.stringify({ url, etag }));
  else await rm(originOf(part), { force: true });
}

async function headersFor(part: string, url: string, have: number): Promise<Record<string, string>> {
  if (have === 0) return {};
  const range = { range: `bytes=${have}-` };
  const text = await readFile(originOf(part), 'utf8').catch(() => '');
  if (text === '') return range;
  try {
    const origin = zOrigin.parse(JSON.parse(text));
    // Another server's tag says nothing; the hash of the whole will tell whether the pieces fit.
    return origin.url === url ? { ...range, 'if-range': origin.etag } : range;
  } catch {
    return range;
  }
}

/** Where in the file the body begins. Source: RFC 9110, 14 (range requests). */
function startOf(response: Response, have: number, file: CatalogueFile, url: URL): number {
  const { status, headers } = response;
  const coding = headers.get('content-encoding') ?? 'identity';
  if (status === 416) throw new Fault(`${url.host} has no more of the file`, true);
  if (status !== 200 && status !== 206)
    throw new Fault(`${shown(url)} answers with ${status} instead of the file`, false);
  if (/^text\/html\b/i.test(headers.get('content-type') ?? '') && !file.path.endsWith('.html')) {
    throw new Fault(`${shown(url)} answers with a web page instead of the file; it may want a login`, false);
  }
  if (coding !== 'identity') throw new Fault(`${shown(url)} sends the file packed (${coding})`, false);
  if (status === 200) {
    const length = headers.get('content-length');
    if (length !== null && Number(length) !== file.bytes) {
      throw new Fault(`${shown(url)} has a file of ${length} bytes; the catalogue says ${file.bytes}`, false);
    }
    return 0;
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (have === 0 || Number(range?.[1]) !== have)
    throw new Fault(`${url.host} sends another range than was asked for`, true);
  if (range?.[2] !== '*' && Number(range?.[2]) !== file.bytes) {
    throw new Fault(`${shown(url)} has a file of ${range?.[2] ?? ''} bytes; the catalogue says ${file.bytes}`, false);
  }
  return have;
}
