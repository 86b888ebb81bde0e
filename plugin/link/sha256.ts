/** SHA-256 in plain JavaScript: UXP has no crypto.subtle, and a board may be too large to hold whole. */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { BoardReader } from './socket';

const PIECE_BYTES = 1_048_576;

/** The board's SHA-256 as 64 lower-case hex digits; memory stays at one piece. `onProgress` gets bytes done. */
export async function sha256OfBoard(reader: BoardReader, onProgress?: (done: number) => void): Promise<string> {
  const hash = sha256.create();
  for (let offset = 0; offset < reader.bytes; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, reader.bytes - offset);
    hash.update(await reader.read(offset, length));
    onProgress?.(offset + length);
  }
  return bytesToHex(hash.digest());
}

/** SHA-256 of bytes that are in memory already. */
export const sha256OfBytes = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** A reader over bytes in memory. */
export const readerOf = (bytes: Uint8Array): BoardReader => ({
  bytes: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
});
