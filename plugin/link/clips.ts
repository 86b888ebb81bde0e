/** A finished clip from a companion on another machine, in pieces: taken up where it broke off, believed only by its SHA-256. */
import { InbetweenError } from '../../shared/problem';
import type { Door } from './connector';
import { sha256OfBytes } from './sha256';

/** As much of `fetch` as is used. */
export type FetchPiece = (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => Promise<{ readonly status: number; arrayBuffer(): Promise<ArrayBuffer> }>;

export interface ClipOrder {
  readonly jobId: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ClipWay {
  /** Asked at every piece: the companion may have come back elsewhere. */
  readonly door: () => Door | null;
  readonly fetch: FetchPiece;
  readonly wait: (ms: number) => Promise<void>;
}

const PIECE_BYTES = 8 * 1_048_576;
/** Failures in a row before the clip is given up for now, and the time to wait after each, milliseconds. */
const FAILURES = 6;
const WAIT_MS = 1_000;
/** A clip is held whole in memory while it comes. */
const MOST_BYTES = 1_073_741_824;

/** The clip's bytes. Throws InbetweenError `download-failed`. */
export async function fetchClip({ jobId, bytes, sha256 }: ClipOrder, way: ClipWay): Promise<Uint8Array> {
  if (bytes > MOST_BYTES) throw failed('is too long to be fetched into Premiere');
  const clip = new Uint8Array(bytes);
  let failures = 0;
  for (let at = 0; at < bytes;) {
    const end = Math.min(bytes, at + PIECE_BYTES);
    const piece = await pieceOf(jobId, at, end, bytes, way).catch(() => null);
    if (piece) {
      clip.set(piece, at);
      at = end;
      failures = 0;
    } else {
      failures += 1;
      if (failures >= FAILURES) throw failed('did not come: the connection breaks again and again');
      await way.wait(WAIT_MS * failures);
    }
  }
  if (sha256OfBytes(clip) !== sha256) throw failed('did not arrive as it was sent');
  return clip;
}

/** Bytes `from` to `end` (exclusive), or null where another answer came. */
async function pieceOf(jobId: string, from: number, end: number, of: number, way: ClipWay): Promise<Uint8Array | null> {
  const door = way.door();
  if (!door) return null;
  const headers = { Authorization: `Bearer ${door.token}`, Range: `bytes=${from}-${end - 1}` };
  const answer = await way.fetch(`${door.base}/clip/${jobId}`, { headers });
  if (answer.status !== 206 && !(answer.status === 200 && from === 0 && end === of)) return null;
  const piece = new Uint8Array(await answer.arrayBuffer());
  return piece.length === end - from ? piece : null;
}

const failed = (why: string): InbetweenError =>
  new InbetweenError({
    code: 'download-failed',
    message: `The clip ${why}.`,
    safe: 'It is safe where it was made, and waits.',
    action: 'Press Place again once the connection is steady.',
    retry: true,
  });
