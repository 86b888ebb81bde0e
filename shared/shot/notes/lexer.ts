/** Text to tokens: words, numbers, timecodes, marks and line ends, each with its place in the original text. */

export type TokenKind = 'word' | 'number' | 'clock' | 'mark' | 'line';

export interface Token {
  readonly kind: TokenKind;
  /** Place in the text, UTF-16 units, half-open. */
  readonly start: number;
  readonly end: number;
  /** Lower case, no accents, full-width letters and half-width kana made ordinary. */
  readonly text: string;
  /** White space (or the text's edge) lies before the token. */
  readonly spaced: boolean;
  /** An abbreviation written with dots or a slash (T.I., w/o, T/O). */
  readonly dotted: boolean;
  /** Kana or kanji: written without spaces, so the lexicon decides where words end. */
  readonly joined: boolean;
}

const LETTERS = /[\p{L}\p{M}]+/uy;
const NUMBER = /\p{Nd}+(?:[.,．，]\p{Nd}+)*/uy;
const CLOCK = /\d{1,2}(?::\d{2}){2}[:;.]\d{2,3}|\d{1,3}:\d{2}/y;
const INITIALS = /\p{L}(?:[./．・]\p{L})+(?!\p{L})[.．]?/uy;
const JOINED = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆ヶ\uFF70\uFF9E\uFF9F]/u;
const SPACE = /[^\S\n\r\u2028\u2029]+/y;
const LINE = /(?:\r\n|[\n\r\u2028\u2029])+/y;
const ELIDED = new Set(['l', 'd', 's', 'j', 'm', 't', 'c', 'n', 'qu', 'jusqu', 'lorsqu', 'puisqu']);
const APOSTROPHE = /['’ʼ]/;

/** The spelling two writings of one word share. Never throws; the length may differ from the original's. */
export function normalise(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ß', 'ss')
    .normalize('NFC');
}

const MARKS: Readonly<Record<string, string>> = {
  '→': '->',
  '➔': '->',
  '➜': '->',
  '➡': '->',
  '⇒': '->',
  '⟶': '->',
  '►': '->',
  '▶': '->',
  '＞': '>',
  '›': '>',
  '，': ',',
  '、': ',',
  '；': ';',
  '：': ':',
  '。': '.',
  '！': '!',
  '？': '?',
  '（': '(',
  '）': ')',
  '／': '/',
  '＋': '+',
  '＆': '&',
  '％': '%',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '~': '-',
  '～': '-',
  '〜': '-',
  '×': '×',
  '✕': '×',
  '˚': '°',
  º: '°',
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '＂': '"',
  '’': "'",
  '‘': "'",
  '′': "'",
  '…': '.',
  '＝': '=',
  '＠': '@',
  '＃': '#',
  '⬅': '←',
  '⇐': '←',
  '⬆': '↑',
  '⇑': '↑',
  '⬇': '↓',
  '⇓': '↓',
  '½': '½',
  '•': '*',
  '·': '*',
  '・': '*',
  '－': '-',
  '．': '.',
};

/** Splits a text into tokens. Time grows with its length only. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = true;
  const take = (re: RegExp): string | undefined => {
    re.lastIndex = at;
    return re.exec(text)?.[0];
  };
  const push = (
    kind: TokenKind,
    length: number,
    norm: string,
    more: { dotted?: boolean; joined?: boolean } = {},
  ): void => {
    tokens.push({
      kind,
      start: at,
      end: at + length,
      text: norm,
      spaced,
      dotted: more.dotted ?? false,
      joined: more.joined ?? false,
    });
    at += length;
    spaced = false;
  };
  while (at < text.length) {
    const space = take(SPACE);
    if (space !== undefined) {
      at += space.length;
      spaced = true;
      continue;
    }
    const line = take(LINE);
    if (line !== undefined) {
      push('line', line.length, '\n');
      spaced = true;
      continue;
    }
    const clock = take(CLOCK);
    if (clock !== undefined) {
      push('clock', clock.length, clock);
      continue;
    }
    const number = take(NUMBER);
    if (number !== undefined) {
      push('number', number.length, normalise(number).replaceAll(',', '.'));
      continue;
    }
    const initials = take(INITIALS);
    if (initials !== undefined && !JOINED.test(initials)) {
      push('word', initials.length, normalise(initials).replace(/[./・]/g, ''), { dotted: true });
      continue;
    }
    const letters = take(LETTERS);
    if (letters !== undefined) {
      pushLetters(letters);
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (/^[wW]$/.test(char)) {
      push('word', 1, char);
      continue;
    }
    push('mark', char.length, MARKS[char] ?? char);
  }
  return joinMarks(tokens);

  /** One run of letters: a word with its apostrophe parts, or a run of kana and kanji. */
  function pushLetters(run: string): void {
    const isJoined = JOINED.test(String.fromCodePoint(run.codePointAt(0) ?? 0));
    let length = 0;
    for (const char of run) {
      if (JOINED.test(char) !== isJoined && !/\p{M}/u.test(char)) break;
      length += char.length;
    }
    if (isJoined) {
      push('word', length, normalise(run.slice(0, length)), { joined: true });
      return;
    }
    const word = run.slice(0, length);
    const rest = /^['’ʼ]\p{L}+/u.exec(text.slice(at + length, at + length + 40));
    if (rest && ELIDED.has(normalise(word)) && rest[0].length > 2) {
      push('word', length + 1, normalise(word));
      return;
    }
    const full = rest ? word + rest[0] : word;
    push('word', full.length, normalise(full).replace(APOSTROPHE, "'"));
  }
}

/** Joins "-" ">" to an arrow and drops hyphens inside words ("push-in"), which only bind. */
function joinMarks(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const next = tokens[i + 1];
    const before = out.at(-1);
    const dash = token.kind === 'mark' && (token.text === '-' || token.text === '=');
    if (dash && next && !next.spaced && (next.text === '>' || next.text === '->')) {
      out.push({ ...token, text: '->', end: next.end });
      i += 1;
    } else if (dash && next && !next.spaced && next.text === '-') {
      continue;
    } else if (
      dash &&
      token.text === '-' &&
      !token.spaced &&
      next &&
      !next.spaced &&
      before?.kind === 'word' &&
      next.kind === 'word'
    ) {
      continue;
    } else if (token.kind === 'mark' && token.text === '<' && next && !next.spaced && next.text === '-') {
      out.push({ ...token, text: '←', end: next.end });
      i += 1;
    } else {
      out.push(token);
    }
  }
  return out;
}
