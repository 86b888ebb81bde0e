/**
 * XMP inside MP4 and MOV files: a top-level `uuid` box for MP4, `moov/udta/XMP_` for QuickTime (Adobe, XMP Specification Part 3,
 * Storage in Files, 1.2.7 and 1.2.8). Appended behind everything else, so that no offset in the file changes.
 */
import { open, type FileHandle } from 'node:fs/promises';

/** BE7ACFCB-97A9-42E8-9C71-999491E3AFAC */
const XMP_UUID = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
/** Longest packet that is read, bytes. */
const MOST = 4_000_000;

interface Box {
  readonly type: string;
  readonly start: number;
  /** Of its header. */
  readonly header: number;
  readonly end: number;
}

/** Appends the packet as a `uuid` box; the file is synced by whoever writes it. */
export async function appendXmp(file: string, xmp: string): Promise<void> {
  const packet = Buffer.from(xmp, 'utf8');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + XMP_UUID.length + packet.length);
  head.write('uuid', 4, 'latin1');
  const handle = await open(file, 'a');
  try {
    await handle.writeFile(Buffer.concat([head, XMP_UUID, packet]));
  } finally {
    await handle.close();
  }
}

/** The packet of a file, from either place; null where there is none or the file is no MP4 or MOV. */
export async function readXmp(file: string): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    for (const box of await boxes(handle, 0, size)) {
      if (box.type === 'uuid') {
        const found = await bytes(handle, box);
        if (found?.subarray(0, 16).equals(XMP_UUID)) return found.subarray(16).toString('utf8');
      }
      if (box.type !== 'moov') continue;
      for (const udta of await inside(handle, box, 'udta'))
        for (const xmp of await inside(handle, udta, 'XMP_'))
          return (await bytes(handle, xmp))?.toString('utf8') ?? null;
    }
    return null;
  } finally {
    await handle.close();
  }
}

async function inside(handle: FileHandle, { start, header, end }: Box, type: string): Promise<Box[]> {
  return (await boxes(handle, start + header, end)).filter((box) => box.type === type);
}

/** The boxes between two places; stops at the first that makes no sense. */
async function boxes(handle: FileHandle, from: number, to: number): Promise<Box[]> {
  const found: Box[] = [];
  for (let start = from; start + 8 <= to && found.length < 10_000;) {
    const head = Buffer.alloc(16);
    await handle.read(head, 0, 16, start);
    const short = head.readUInt32BE(0);
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - start : short;
    const header = short === 1 ? 16 : 8;
    if (size < header || start + size > to) break;
    found.push({ type: head.toString('latin1', 4, 8), start, header, end: start + size });
    start += size;
  }
  return found;
}

async function bytes(handle: FileHandle, { start, header, end }: Box): Promise<Buffer | null> {
  const length = end - start - header;
  if (length > MOST) return null;
  const content = Buffer.alloc(length);
  await handle.read(content, 0, length, start + header);
  return content;
}
