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

/** Half of a UTF-16 text in Latin letters is zeros: the first of each two bytes, or the second. */
function unmarked(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 512);
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const many = head.length / 5;
  if ((zeros[1] ?? 0) > many && zeros[0] === 0) return 'utf-16le';
  return (zeros[0] ?? 0) > many && zeros[1] === 0 ? 'utf-16be' : null;
}

function unicode(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const wide = unmarked(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes as text. UTF-8 that is none is taken for Windows-1252, as old spreadsheets and edit lists are written in. */
const decodeText = (bytes: Uint8Array): string => unicode(bytes) ?? new TextDecoder('windows-1252').decode(bytes);

/** What spreadsheets of other countries and of old Macs write. */
const LETTERS = ['windows-1252', 'shift_jis', 'gb18030', 'euc-kr', 'big5', 'windows-1251', 'macintosh'] as const;

/** Larger texts than this are not tried in all letters. */
const TRIED_BYTES = 4 * 1024 * 1024;
/** So much of what is not Latin is kana in any Japanese text. */
const KANA = 0.3;

function isJapanese(text: string): boolean {
  const foreign = text.match(/[^\u0000-\u007f]/gu) ?? [];
  const kana = text.match(/[\u3040-\u30ff]/gu) ?? [];
  return kana.length > 1 && kana.length >= KANA * foreign.length;
}

/** The bytes in every way they may be meant: one where they are Unicode. The likeliest first. */
export function decodings(bytes: Uint8Array): string[] {
  const sure = unicode(bytes) ?? (bytes.length > TRIED_BYTES ? decodeText(bytes) : null);
  if (sure !== null) return [sure];
  const out = new Set<string>();
  for (const letters of LETTERS) {
    try {
      out.add(new TextDecoder(letters, { fatal: true }).decode(bytes));
    } catch {
      // These letters have no such bytes.
    }
  }
  const japanese = new Set([...out].filter(isJapanese));
  return [...japanese, ...[...out].filter((text) => !japanese.has(text))];
}

/** A text file within the limits. */
export async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file, IN_LIMITS.textBytes));
}
