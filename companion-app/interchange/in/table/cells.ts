/** Tables as rows of text, from CSV in any dialect and from the first filled sheet of an XLSX. */
import path from 'node:path';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { IN_LIMITS } from '../file/limits';
import { decodeText, readBytes } from '../file/read-text';
import { tooLarge, unreadable } from '../file/refuse';

export const TABLE = /\.(?:csv|tsv|xlsx)$/i;

/** Excel counts days from here; lengths typed as times of day come as such dates. */
const EXCEL_ZERO = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

function cellText(value: unknown): string {
  if (value instanceof Date) {
    const ms = value.getTime() - EXCEL_ZERO;
    return ms >= 0 && ms < DAY ? `${Math.round(ms)} ms` : Number.isNaN(ms) ? '' : value.toISOString().slice(0, 10);
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : '';
}

/** The sheets unpacked, in bytes, without unpacking them: a small file can grow without end. */
function unpackedSize(bytes: Uint8Array): number {
  let sum = 0;
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      sum += originalSize;
      return false;
    },
  });
  return sum;
}

async function sheetRows(file: string, bytes: Uint8Array): Promise<string[][]> {
  try {
    const size = unpackedSize(bytes);
    if (size > IN_LIMITS.textBytes * 2)
      throw tooLarge(file, `${Math.round(size / 1_048_576)} MB unpacked`, 'Save it as CSV.');
    const sheets = await readXlsxFile(Buffer.from(bytes));
    const filled = sheets.find((sheet) => sheet.data.some((row) => row.some((cell) => cell !== null)));
    return (filled?.data ?? []).map((row) => row.map(cellText));
  } catch (error) {
    if (error instanceof Error && error.name === 'InbetweenError') throw error;
    throw unreadable(file, 'it is not an Excel workbook', 'Save it as CSV or XLSX.', error);
  }
}

/** Rows of trimmed text, empty ones left out. Throws InbetweenError `board-unreadable` or `board-too-large`. */
export async function readCells(file: string): Promise<string[][]> {
  const bytes = await readBytes(file, IN_LIMITS.textBytes);
  const rows =
    path.extname(file).toLowerCase() === '.xlsx'
      ? await sheetRows(file, bytes)
      : Papa.parse<string[]>(
          decodeText(bytes)
            .replace(/^\uFEFF/, '')
            .replace(/^sep=.\r?\n/i, ''),
          { skipEmptyLines: true },
        ).data.map((row) => row.map((cell) => cell.trim()));
  const full = rows.filter((row) => row.some((cell) => cell !== ''));
  if (full.length > IN_LIMITS.boards) throw tooLarge(file, `${full.length} rows`, 'Split it into several.');
  return full;
}
