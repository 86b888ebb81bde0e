/** A Storyboarder project in the edit's order and lengths; every other byte of it stays. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { zBoard } from '../in/storyboarder/schema';
import type { Conformed, Row } from './compare';
import { elements, members, whole, withValues, type Span } from './json-spans';

const zTop = z.object({ boards: z.array(z.unknown()) });
const zNewShot = z.object({ newShot: z.boolean() });

interface OriginalBoard {
  readonly span: Span;
  /** Undefined where the board does not say. */
  readonly newShot: boolean | undefined;
}

/** The boards that the reader counts, in its order. */
function boardsIn(text: string, array: Span): OriginalBoard[] {
  const raw = zTop.parse(JSON.parse(text.replace(/^\uFEFF/, ''))).boards;
  return elements(text, array).flatMap((span, i): OriginalBoard[] => {
    if (!zBoard.safeParse(raw[i]).success) return [];
    const said = zNewShot.safeParse(raw[i]);
    return [{ span, newShot: said.success ? said.data.newShot : undefined }];
  });
}

/** Milliseconds as Storyboarder keeps them: whole, from running sums so that they do not drift. */
function timesOf(rows: readonly Row[], { rate }: Conformed): { time: number; duration: number }[] {
  const ms = (frames: number): number => Math.round((frames * 1000 * rate.den) / rate.num);
  let frames = 0;
  return rows.map(({ use }) => {
    const time = ms(frames);
    frames += use.frames;
    return { time, duration: ms(frames) - time };
  });
}

/** "1A", "1B", "2A": shot and board within it; past Z goes on with AA. */
function label(shot: number, inShot: number): string {
  let letters = '';
  for (let n = inShot; n >= 0; n = Math.floor(n / 26) - 1) letters = String.fromCharCode(65 + (n % 26)) + letters;
  return `${shot}${letters}`;
}

/** A new key for the second use of a board: five letters and digits, as Storyboarder makes them, the same each time. */
function freshId(id: string, copy: number): string {
  const digest = createHash('sha256').update(`${id} ${copy}`).digest();
  return Array.from(digest.subarray(0, 5), (byte) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[byte % 36]).join('');
}

export interface ConformedProject {
  readonly text: string;
  /** What could not be carried over, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * `original` is the project's text, `boardOf` gives the number of a row's board in it. Boards are written in the edit's order with its
 * lengths; `time`, `number`, `shot` and `newShot`, which follow from those, are brought in step where the board has them.
 * Clips that are no boards have no drawing and cannot stand in the project. Null where the file has no boards, only names of scenes.
 */
export function conformStoryboarder(original: string, conformed: Conformed): ConformedProject | null {
  const boards = members(original, whole(original)).get('boards');
  if (!boards) return null;
  const known = boardsIn(original, boards);
  const rows = conformed.rows.filter((row) => row.use.panel !== null);
  const times = timesOf(rows, conformed);
  const grouped = known.some((board) => board.newShot === true);
  const places = grouped
    ? placesOf(rows, known[(rows[0]?.was ?? 1) - 1]?.newShot === true)
    : rows.map((_, i): Place => ({ shot: i + 1, inShot: 0, opens: false }));
  const copies = new Map<number, number>();
  const texts = rows.map((row, i) => {
    const index = (row.was ?? 1) - 1;
    const board = known[index];
    const [time, place] = [times[i], places[i]];
    if (!board || !time || !place) throw new RangeError(`The project has no board ${index + 1}.`);
    const copy = copies.get(index) ?? 0;
    copies.set(index, copy + 1);
    return withValues(original, board.span, changesOf(original, board, row, { time, place, number: i + 1, copy }));
  });
  const spans = elements(original, boards);
  const first = spans[0];
  const lead = first ? original.slice(boards.from + 1, first.from) : '';
  const last = spans.at(-1);
  const tail = last ? original.slice(last.to, boards.to - 1) : '';
  const between = spans[1] && first ? original.slice(first.to, spans[1].from) : `,${lead}`;
  const body = texts.length === 0 ? '' : `${lead}${texts.join(between)}${tail}`;
  const strangers = conformed.rows.filter((row) => row.use.panel === null);
  return {
    text: `${original.slice(0, boards.from)}[${body}]${original.slice(boards.to)}`,
    warnings: [
      ...strangers.map((row) => `"${row.use.name}" is no board of the project and is not in it.`),
      ...(conformed.gapFrames > 0 ? ['Storyboarder knows no gaps: those of the edit are closed in the project.'] : []),
    ],
  };
}

const sliceOf = (text: string, span: Span | undefined): string => (span ? text.slice(span.from, span.to) : 'null');

interface Place {
  readonly shot: number;
  readonly inShot: number;
  /** Whether a shot begins with it. */
  readonly opens: boolean;
}

/** A row opens a shot where the board before it belongs to another one; the very first does so whether it says it or not. */
function placesOf(rows: readonly Row[], firstOpens: boolean): Place[] {
  let shot = 0;
  let inShot = 0;
  return rows.map((row, i): Place => {
    const opens = i > 0 && rows[i - 1]?.use.panel?.shot !== row.use.panel?.shot;
    if (i === 0 || opens) {
      shot += 1;
      inShot = 0;
    } else inShot += 1;
    return { shot, inShot, opens: i === 0 ? firstOpens : opens };
  });
}

interface Becomes {
  readonly time: { readonly time: number; readonly duration: number };
  readonly place: Place;
  readonly number: number;
  /** 0 for the first use of a board. */
  readonly copy: number;
}

/** The values of a board that the edit changes, as JSON texts. */
function changesOf(
  original: string,
  board: OriginalBoard,
  row: Row,
  { time, place, number, copy }: Becomes,
): Map<string, string> {
  const has = members(original, board.span);
  const values = new Map<string, string>();
  if (row.framesWere !== row.use.frames) values.set('duration', String(time.duration));
  if (has.has('time')) values.set('time', String(time.time));
  if (has.has('number')) values.set('number', String(number));
  if (has.has('shot')) values.set('shot', JSON.stringify(label(place.shot, place.inShot)));
  if ((board.newShot ?? false) !== place.opens) values.set('newShot', String(place.opens));
  const id: unknown = JSON.parse(sliceOf(original, has.get('uid')));
  if (copy > 0 && typeof id === 'string') values.set('uid', JSON.stringify(freshId(id, copy)));
  return values;
}
