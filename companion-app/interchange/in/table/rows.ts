/** Rows of a shot list with their meaning. */
import path from 'node:path';
import type { FrameRate } from '../../../../shared/shot';
import type { Warnings } from '../file/warnings';
import type { Words } from '../timeline/model';
import { joinWords } from '../timeline/words';
import { columnOf, type Column, type Field } from './columns';
import { bareLength, guessUnit, parseLength } from './lengths';

export interface ShotRow extends Words {
  /** As people count: the line in the sheet, from 1. */
  readonly line: number;
  readonly file: string;
  readonly scene: string;
  readonly shot: string;
  readonly panel: string;
  readonly milliseconds?: number;
}

const MOST_HEADING_ROWS = 20;

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
          (other.rank < column.rank || (other.rank === column.rank && other.index < column.index)),
      ),
  );
}

function headingOf(cells: readonly (readonly string[])[]): Heading | null {
  const rows = cells.slice(0, MOST_HEADING_ROWS).map((texts, row) => ({ row, columns: columnsOf(texts) }));
  const best = rows.reduce<Heading | null>(
    (top, row) => (row.columns.length > (top?.columns.length ?? 0) ? row : top),
    null,
  );
  const telling = best?.columns.some((column) => column.field === 'file' || column.field === 'shot') ?? false;
  return best !== null && (best.columns.length >= 2 || telling) ? best : null;
}

interface Lengths {
  of(row: readonly string[], line: number): number | undefined;
}

function lengthsIn(
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  rate: FrameRate,
  warnings: Warnings,
): Lengths {
  const column = columns.find((c) => c.field === 'duration');
  const start = columns.find((c) => c.field === 'start');
  const end = columns.find((c) => c.field === 'end');
  const read = (row: readonly string[], at: Column | undefined) => {
    const text = at === undefined ? '' : (row[at.index] ?? '');
    return text === '' ? undefined : { text, length: parseLength(text, rate) };
  };
  const bare = cells.flatMap((row) => {
    const length = read(row, column)?.length;
    return length && 'bare' in length ? [length.bare] : [];
  });
  const unit = column?.unit ?? guessUnit(bare);
  if (bare.length > 0 && column?.unit === null)
    warnings.add(`The lengths in the table do not say what they count; they were read as ${unit}.`);
  const milliseconds = (found: ReturnType<typeof read>): number | undefined => {
    if (!found?.length) return undefined;
    return 'bare' in found.length ? bareLength(found.length.bare, unit, rate) : found.length.milliseconds;
  };
  return {
    of: (row, line) => {
      const found = read(row, column);
      if (found && !found.length) warnings.add(`Row ${line}: "${found.text}" is no length; the usual one was taken.`);
      const [from, to] = [milliseconds(read(row, start)), milliseconds(read(row, end))];
      const between = from !== undefined && to !== undefined && to > from ? to - from : undefined;
      const own = milliseconds(found) ?? between;
      return own !== undefined && own > 0 && own <= 86_400_000 ? own : undefined;
    },
  };
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
  const { columns } = heading;
  const known = new Set(columns.map((column) => column.index));
  const unknown = (cells[heading.row] ?? []).filter((text, i) => text !== '' && !known.has(i));
  if (unknown.length > 0)
    warnings.add(
      `${path.basename(file)}: the columns ${unknown
        .slice(0, 12)
        .map((t) => `"${t.slice(0, 60)}"`)
        .join(', ')} are not known and were not read.`,
    );
  const body = cells.slice(heading.row + 1);
  const lengths = lengthsIn(body, columns, rate, warnings);
  return body.flatMap((row, i): ShotRow[] => {
    const line = heading.row + 2 + i;
    const of = (field: Field): string =>
      joinWords(columns.filter((c) => c.field === field).map((c) => row[c.index] ?? ''));
    const raw = (field: Field): string => row[columns.find((c) => c.field === field)?.index ?? -1] ?? '';
    const milliseconds = lengths.of(row, line);
    const read = {
      line,
      file: raw('file'),
      scene: raw('scene'),
      shot: raw('shot'),
      panel: raw('panel'),
      notes: joinWords([of('camera'), of('notes')]),
      action: of('action'),
      dialogue: of('dialogue'),
      ...(milliseconds === undefined ? {} : { milliseconds }),
    };
    return [read.file, read.shot, read.panel, read.notes, read.action, read.dialogue].some(Boolean) ? [read] : [];
  });
}
