/** The edit as a shot list that can be read in again. */
import Papa from 'papaparse';
import { formatTimecode, framesToSeconds } from '../../../shared/shot';
import { spreadsheetText } from '../formula';
import type { Conformed, Row } from './compare';

const HEADINGS = [
  'Nr',
  'Shot',
  'Panel',
  'Image',
  'Timecode',
  'Duration (frames)',
  'Seconds',
  'Camera',
  'Action',
  'Dialogue',
  'Change',
  'Was Nr',
  'Was frames',
] as const;

function cells(row: Row, conformed: Conformed): (string | number)[] {
  const { use } = row;
  const { rate, dropFrame, startFrame } = conformed;
  const board = use.panel?.board;
  return [
    row.number,
    use.panel?.shot ?? use.name,
    use.panel ? use.panel.inShot + 1 : '',
    board?.name ?? use.file,
    formatTimecode(startFrame + use.start, rate, dropFrame),
    use.frames,
    framesToSeconds(use.frames, rate).toFixed(3),
    board?.notes ?? '',
    board?.action ?? '',
    board?.dialogue ?? '',
    row.change,
    row.was ?? '',
    row.framesWere ?? '',
  ];
}

/** CSV with a heading row; texts that a spreadsheet would take for formulas are marked as such. */
export function conformedCsv(conformed: Conformed): string {
  const rows = conformed.rows.map((row) =>
    cells(row, conformed).map((cell) => (typeof cell === 'string' ? spreadsheetText(cell) : cell)),
  );
  return `\uFEFF${Papa.unparse({ fields: [...HEADINGS], data: rows }, { newline: '\r\n' })}\r\n`;
}
