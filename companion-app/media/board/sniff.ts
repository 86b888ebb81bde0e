/** What a file is by its first bytes, before any decoder sees its name: libvips alone would also open SVG, PDF and more. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { boardUnreadable } from './board-error';
import { describeUnknown, pictureKind, type PictureKind } from './picture-kind';

const HEAD_BYTES = 4096;

/** The file's first bytes, zeros where it is shorter. Rejects as the file system does. */
export async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The kind of a file that libvips may be given. Throws 'board-unreadable' for what is no picture, and for layered files. */
export async function flatKindOf(file: string): Promise<Exclude<PictureKind, 'psd'>> {
  const head = await headOf(file);
  const kind = pictureKind(head);
  if (kind === null || kind === 'psd')
    throw boardUnreadable(path.basename(file), kind === null ? describeUnknown(head) : 'it is a layered file');
  return kind;
}

/** True for a Photoshop file. Rejects as the file system does. */
export async function isLayered(file: string): Promise<boolean> {
  return pictureKind(await headOf(file)) === 'psd';
}
