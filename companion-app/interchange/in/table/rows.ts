/** Rows of a shot list with their meaning. */
import path from 'node:path';
import type { FrameRate } from '../../../../shared/shot';
import type { Warnings } from '../file/warnings';
import type { Words } from '../timeline/model';
import { joinWords } from '../timeline/words';
import { columnOf, type Column, type Field } from './columns';
import { rowLengths } from './row-lengths';

export interface ShotRow extends Words {
  /** As people count: the line in the sheet, from 1. */
  readonly line: number;
  readonly file: string;
  readonly scene: string;
  readonly shot: string;
  readonly panel: string;
  readonly milliseconds?: number;
}

const MOST_HEADING_ROWS = 30;
/** Headings further down a field's names may head tables of anything else. */
const SURE = 12;

/** Fields that may be spread over several columns. */
const JOINED: ReadonlySet<Field> = new Set(['notes', 'action', 'dialogue', 'camera']);

interface Heading {
  readonly row: number;
  readonly columns: readonly Column[];
}

function columnsOf(texts: readonly string[]): Column[] {
  const all = texts.flatMap((text, index) => (text === '' ? [] : (columnOf(text, index) ?? [])));
  return all.filter(
    (column) =>
      JOINED.has(column.field) ||
      !all.some(
        (other) =>
          other.field === column.field &&
          // Seconds and frames may stand beside each other.
          (other.field !== 'duration' || other.unit === column.unit || other.unit === null || column.unit === null) &&
          (other.rank < column.rank || (other.rank === column.rank && other.index < column.index)),
      ),
  );
}

/** The row that most headings are known of; null where none is. */
export function headingOf(cells: readonly (readonly string[])[]): Heading | null {
  const rows = cells.slice(0, MOST_HEADING_ROWS).map((texts, row) => ({ row, columns: columnsOf(texts) }));
  const best = rows.reduce<Heading | null>(
    (top, row) => (row.columns.length > (top?.columns.length ?? 0) ? row : top),
    null,
  );
  const telling =
    best?.columns.some(({ field, rank }) => (field === 'file' || field === 'shot') && rank < SURE) ?? false;
  return best !== null && (best.columns.length >= 2 || telling) ? best : null;
}

const FILE = /\.[a-z0-9]{2,5}(?:[?#].*)?$|^[\w./\\:-]{1,80}$/i;

/** A column "Image" or "画面" that describes pictures instead of naming files. */
function isProse(rows: readonly (readonly string[])[], { field, index }: Column): boolean {
  if (field !== 'file') return false;
  const filled = rows.map((row) => row[index] ?? '').filter((text) => text !== '');
  return filled.length > 0 && filled.filter((text) => FILE.test(text)).length < filled.length / 2;
}

/** Rows that name a picture, a shot or a panel. Null where no heading row is found. `file` is for messages. */
export function readRows(
  cells: readonly (readonly string[])[],
  file: string,
  rate: FrameRate,
  warnings: Warnings,
): ShotRow[] | null {
  const heading = headingOf(cells);
  if (heading === null) return null;
  const body = cells.slice(heading.row + 1);
  const columns = heading.columns.map((column) =>
    isProse(body, column) ? { ...column, field: 'action' as const } : column,
  );
  const known = new Set(columns.map((column) => column.index));
  const unknown = (cells[heading.row] ?? []).filter((text, i) => text !== '' && !known.has(i));
  if (unknown.length > 0)
    warnings.add(
      `${path.basename(file)}: the columns ${unknown
        .slice(0, 12)
        .map((t) => `"${t.slice(0, 60)}"`)
        .join(', ')} are not known and were not read.`,
    );
  const titles = cells[heading.row] ?? [];
  const lengths = rowLengths(body, columns, rate, warnings);
  const hasPanel = columns.some((column) => column.field === 'panel');
  // In lists of scenes and panels, as Storyboard Pro's, a scene is a shot.
  const shotField: Field = columns.some(({ field }) => field === 'shot' || field === 'file') ? 'shot' : 'scene';
  let [scene, shot] = ['', ''];
  return body.flatMap((row, i): ShotRow[] => {
    const line = heading.row + 2 + i;
    const filled = row.filter((text) => text !== '');
    const raw = (field: Field): string => row[columns.find((c) => c.field === field)?.index ?? -1] ?? '';
    const of = (field: Field): string =>
      joinWords(columns.filter((c) => c.field === field).map((c) => row[c.index] ?? ''));
    const isHeading = filled.length > 1 && row.every((text, at) => text === (titles[at] ?? ''));
    if (filled.length === 0 || isHeading || isSum(filled, raw('file'))) return [];
    const section = filled.length === 1 && SECTION.test(filled[0] ?? '');
    // Merged cells hold their text in the first of their rows only.
    if (section) [scene, shot] = [filled[0] ?? '', ''];
    else if (raw('scene') !== '') [scene, shot] = [raw('scene'), ''];
    if (section) return [];
    const own = raw(shotField);
    shot = own || (hasPanel && raw('panel') !== '' ? shot || (shotField === 'scene' ? scene : '') : '');
    const milliseconds = lengths.of(i, line);
    const read = {
      line,
      file: raw('file'),
      scene: shotField === 'scene' ? '' : scene,
      shot,
      panel: raw('panel'),
      notes: joinWords([of('camera'), of('notes')]),
      action: of('action'),
      dialogue: of('dialogue'),
      ...(milliseconds === undefined ? {} : { milliseconds }),
    };
    const says = [read.file, own, read.panel, read.notes, read.action, read.dialogue].some(Boolean);
    return says ? [read] : [];
  });
}

/** "SCENE 3 - INT. KITCHEN" alone in a row. */
const SECTION =
  /^(?:scene|sc|szene|scène|scena|cena|escena|scène|act|akt|acte|sequence|sequenz|séquence|secuencia|seq|part|сцена|シーン|场|場|씬)(?:[\s.:_#-]|\d|$)/iu;
const SUM =
  /^(?:(?:(?:grand |sub)?totals?|totale|gesamt(?:dauer|länge)?|summe|somme|durée totale|suma|trt|total run ?time)(?![\p{L}\p{N}])|итого|всего|合計|合计|总计|總計|합계)/iu;

/** The last line of many lists adds up their lengths. */
const isSum = (filled: readonly string[], file: string): boolean =>
  file === '' && filled.length <= 3 && filled.some((text) => SUM.test(text));
