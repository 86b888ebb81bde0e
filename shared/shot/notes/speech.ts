/** Finds what is said or heard: quoted text, "NAME: …" lines, sound cues. */
import type { Item } from './items';
import { has, headOf, sense } from './items';

export interface Range {
  readonly start: number;
  readonly end: number;
}

const PAIRS: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
  '‘': '’',
  '"': '"',
  '〝': '〟',
  '＂': '＂',
};

/** Quoted stretches, quotes included. An unclosed quote runs to the end of its line. */
export function quotes(text: string): Range[] {
  const found: Range[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const closing = char === "'" && opensWord(text, i) ? "'" : PAIRS[char];
    if (closing === undefined || (char === '"' && /[\d'"]/.test(text.charAt(i - 1)))) continue;
    const lineEnd = endOfLine(text, i);
    const end = closes(text, i + 1, lineEnd, closing);
    if (end === undefined && (char === "'" || char === '‘' || char === '»' || char === '"') && !/["]/.test(char))
      continue;
    const stop = end ?? lineEnd;
    found.push({ start: i, end: stop });
    i = stop - 1;
  }
  return found;
}

function endOfLine(text: string, at: number): number {
  const end = text.slice(at).search(/[\n\r\u2028\u2029]/);
  return end < 0 ? text.length : at + end;
}

/** A straight ' that can open a quotation: a word starts after it, none ends before it. */
function opensWord(text: string, at: number): boolean {
  return !/[\p{L}\p{N}'"]/u.test(text.charAt(at - 1)) && /[\p{L}]/u.test(text.charAt(at + 1));
}

function closes(text: string, from: number, to: number, closing: string): number | undefined {
  for (let i = from; i < to; i++) {
    if (!closing.includes(text.charAt(i))) continue;
    if ((closing === "'" || closing === '’') && /[\p{L}\p{N}]/u.test(text.charAt(i + 1))) continue;
    return i + 1;
  }
  return undefined;
}

/** "ANNA: don't go", "SFX: boom": label and the rest of its line. */
export function labelled(items: readonly Item[], quoted: readonly Range[]): Range[] {
  const found: Range[] = [];
  let first = 0;
  for (let i = 0; i <= items.length; i++) {
    const item = items[i];
    if (item && item.kind !== 'line') continue;
    const range = speechLine(items.slice(first, i), quoted);
    if (range) found.push(range);
    first = i + 1;
  }
  return found;
}

function speechLine(line: readonly Item[], quoted: readonly Range[]): Range | undefined {
  for (let i = 0; i < line.length; i++) {
    if (line[i]?.text !== ':') continue;
    let from = i;
    while (from > 0 && !/^[.!?;,]$/.test(line[from - 1]?.text ?? '')) from -= 1;
    const label = line.slice(from, i);
    const last = line.at(-1);
    const [start] = label;
    if (!start || !last || !speaks(label) || announces(label, line.slice(i + 1, i + 3))) continue;
    // TOM: "Go!" Camera whips left. — the quotes say where the speech ends.
    const colon = line[i]?.end ?? 0;
    const next = line[i + 1]?.start ?? last.end;
    const quote = quoted.find((range) => range.start >= colon && range.start < next);
    return { start: start.start, end: quote ? colon : last.end };
  }
  return undefined;
}

/** "Explosion offscreen: cam shakes": two words and more that are no name, and then the camera. */
function announces(label: readonly Item[], next: readonly Item[]): boolean {
  const words = label.filter((item) => item.kind === 'word');
  const named = words.some((item) => has(item, 'soundlabel', 'speechlabel', 'person', 'poss'));
  return words.length >= 2 && !named && next.some((item) => has(item, 'camera') || headOf(item)?.risk === 'none');
}

/** Up to four words, none of them about the camera: a name, or a label of sound or dialogue. */
function speaks(label: readonly Item[]): boolean {
  const words = label.filter((item) => item.kind === 'word');
  if (words.length === 0 || words.length > 4) return false;
  if (words.some((item) => has(item, 'soundlabel', 'speechlabel'))) return true;
  if (
    words.some(
      (item) => headOf(item) !== undefined || sense(item, 'size') !== undefined || sense(item, 'dir') !== undefined,
    )
  )
    return false;
  if (words.some((item) => has(item, 'camera', 'label', 'seq', 'start', 'end', 'sim', 'shotword', 'cut', 'aux')))
    return false;
  return words.some((item) => item.senses.length === 0) || words.every((item) => has(item, 'person', 'poss'));
}
