/** A text file as text, whatever wrote it: UTF-8 with or without a mark, UTF-16, or Windows' own letters. */
import { readFile, stat } from 'node:fs/promises';
import { IN_LIMITS } from './limits';
import { tooLarge, unreadable } from './refuse';

/** The file's bytes. Throws InbetweenError `board-unreadable` or, above `most` bytes, `board-too-large`. */
export async function readBytes(file: string, most: number): Promise<Uint8Array> {
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, 'it is not there or may not be opened', 'Check the path and the rights of the file.', error);
  });
  if (!info.isFile()) throw unreadable(file, 'it is not a file', 'Name the file itself.');
  if (info.size > most) {
    const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);
    throw tooLarge(
      file,
      `${megabytes(info.size)} MB of at most ${megabytes(most)} MB`,
      'Export a part of it by itself.',
    );
  }
  return readFile(file).catch((error: unknown) => {
    throw unreadable(file, 'it may not be opened', 'Check the rights of the file.', error);
  });
}

/** Bytes as text. UTF-8 that is none is taken for Windows-1252, as old spreadsheets and edit lists are written in. */
export function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A text file within the limits. */
export async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file, IN_LIMITS.textBytes));
}
