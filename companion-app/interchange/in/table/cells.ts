/** Tables as rows of text, from CSV in any dialect and from the sheet of an XLSX that lists shots. */
import path from 'node:path';
import { Unzip, UnzipInflate, unzipSync, zipSync } from 'fflate';
import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { textOfCell } from '../../formula';
import { IN_LIMITS } from '../file/limits';
import { decodings, readBytes } from '../file/read-text';
import { tooLarge, unreadable } from '../file/refuse';
import { headingOf } from './rows';

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

/** Bytes unpacked at a time: what a packed file claims to hold is not believed, a small one can grow without end. */
const SLICE = 32_768;

function unpacksWithin(bytes: Uint8Array, most: number): boolean {
  let sum = 0;
  const unzip = new Unzip((file) => {
    file.ondata = (error, chunk) => {
      if (error) throw error;
      sum += chunk.length;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && sum <= most; at += SLICE)
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  return sum <= most;
}

/**
 * The same parts in an archive of our own: readers that stream never end on some damaged ones, and one with two tables of contents
 * shows each reader other parts. Throws RangeError when the parts claim more than `most` bytes, or what fflate throws for damage.
 */
function repacked(bytes: Uint8Array, most: number): Uint8Array {
  let sum = 0;
  const filter = ({ originalSize }: { originalSize: number }): boolean => {
    sum += originalSize;
    if (sum > most) throw new RangeError('The parts claim too much.');
    return true;
  };
  return zipSync(unzipSync(bytes, { filter }), { level: 0 });
}

async function sheetsIn(file: string, bytes: Uint8Array): Promise<string[][][]> {
  try {
    if (!unpacksWithin(bytes, IN_LIMITS.sheetBytes))
      throw tooLarge(file, 'it unpacks to more than a shot list holds', 'Save it as CSV.');
    const sheets = await readXlsxFile(Buffer.from(repacked(bytes, IN_LIMITS.sheetBytes)));
    return sheets.map(({ data }) => data.map((row) => row.map(cellText)));
  } catch (error) {
    if (error instanceof Error && error.name === 'InbetweenError') throw error;
    throw unreadable(file, 'it is not an Excel workbook', 'Save it as CSV or XLSX.', error);
  }
}

/** How columns are set apart; the parser's own guess first. */
const BETWEEN = ['', ',', ';', '\t', '|'] as const;
/** So many lines tell how a table is written. */
const TELLING_LINES = 40;

const known = (rows: readonly (readonly string[])[]): number => headingOf(rows)?.columns.length ?? 0;

function parsed(text: string, delimiter: string, lines = 0): string[][] {
  const clean = text.replace(/^\uFEFF/, '').replace(/^"?sep=.{1,2}"?\r?\n/i, '');
  return Papa.parse<string[]>(clean, { delimiter, preview: lines }).data.map((row) =>
    row.map((cell) => textOfCell(cell.trim())),
  );
}

/** The text read the way in which most headings are known: letters of another country, columns behind a title with commas. */
function tableIn(bytes: Uint8Array): string[][] {
  const ways = decodings(bytes).flatMap((text) => BETWEEN.map((between) => ({ text, between })));
  let best: { readonly text: string; readonly between: string; readonly headings: number } | undefined;
  for (const { text, between } of ways) {
    const headings = known(parsed(text, between, TELLING_LINES));
    if (best === undefined || headings > best.headings) best = { text, between, headings };
  }
  return best === undefined ? [] : parsed(best.text, best.between);
}

/**
 * Rows of trimmed text, of a workbook those of the sheet whose headings are known best. Rows keep their place: empty ones are there too.
 * Throws InbetweenError `board-unreadable` or `board-too-large`.
 */
export async function readCells(file: string): Promise<string[][]> {
  const bytes = await readBytes(file, IN_LIMITS.textBytes);
  const isBook = path.extname(file).toLowerCase() === '.xlsx';
  const sheets = isBook ? await sheetsIn(file, bytes) : [tableIn(bytes)];
  const rows = sheets.reduce<string[][]>((best, sheet) => (known(sheet) > known(best) ? sheet : best), sheets[0] ?? []);
  const full = rows.filter((row) => row.some((cell) => cell !== ''));
  if (full.length > IN_LIMITS.boards) throw tooLarge(file, `${full.length} rows`, 'Split it into several.');
  return rows;
}
