/**
 * Binary frames carry upload chunks: a 16-byte header (little-endian), then the payload.
 *
 * | bytes | holds |
 * |---|---|
 * | 0–3 | "IBC1" |
 * | 4–7 | transfer, unsigned 32 bit, from upload-ready |
 * | 8–15 | offset of the payload in the file, unsigned 64 bit |
 */
import { LIMITS } from './limits';

export const CHUNK_HEADER_BYTES = 16;
const MAGIC = 0x31434249; // "IBC1", little-endian

export interface Chunk {
  readonly transfer: number;
  readonly offset: number;
  readonly payload: Uint8Array;
}

/** One binary frame. Throws RangeError when the transfer, offset or payload is out of range. */
export function encodeChunk(chunk: Chunk): Uint8Array {
  const { transfer, offset, payload } = chunk;
  if (!Number.isInteger(transfer) || transfer < 1 || transfer > 0xffffffff)
    throw new RangeError('transfer out of range');
  if (!Number.isSafeInteger(offset) || offset < 0) throw new RangeError('offset out of range');
  if (payload.length === 0 || payload.length > LIMITS.chunkBytes) throw new RangeError('payload out of range');
  const out = new Uint8Array(CHUNK_HEADER_BYTES + payload.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, transfer, true);
  view.setBigUint64(8, BigInt(offset), true);
  out.set(payload, CHUNK_HEADER_BYTES);
  return out;
}

/** Reads a binary frame, or null when it is none of ours. The payload is a view into `frame`. */
export function decodeChunk(frame: Uint8Array): Chunk | null {
  if (frame.length <= CHUNK_HEADER_BYTES || frame.length > CHUNK_HEADER_BYTES + LIMITS.chunkBytes) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return null;
  const offset = view.getBigUint64(8, true);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const transfer = view.getUint32(4, true);
  if (transfer === 0) return null;
  return { transfer, offset: Number(offset), payload: frame.subarray(CHUNK_HEADER_BYTES) };
}
