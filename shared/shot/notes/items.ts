/** Tokens to items: the longest lexicon phrase at each place, with all its meanings. */
import type { Token } from './lexer';
import type { Family, HeadSense, Role, Sense } from './senses';
import type { Lexicon } from './lexicon/build';

/** A phrase of the note with what it may mean; unknown words have no senses. */
export interface Item {
  readonly start: number;
  readonly end: number;
  /** Normalised words. */
  readonly text: string;
  readonly kind: Token['kind'];
  readonly spaced: boolean;
  readonly dotted: boolean;
  readonly senses: readonly Sense[];
  /** Recognised only after mending a letter. */
  readonly mended: boolean;
}

type SenseOf<T extends Sense['t']> = Extract<Sense, { t: T }>;

const isSense =
  <T extends Sense['t']>(t: T) =>
  (sense: Sense): sense is SenseOf<T> =>
    sense.t === t;

/** The item's first meaning of one sort. */
export function sense<T extends Sense['t']>(item: Item | undefined, t: T): SenseOf<T> | undefined {
  return item?.senses.find(isSense(t));
}

/** True when the item can play one of these parts. */
export function has(item: Item | undefined, ...roles: readonly Role[]): boolean {
  return item?.senses.some((s) => s.t === 'role' && roles.includes(s.role)) ?? false;
}

export function headOf(item: Item | undefined, family?: Family): HeadSense | undefined {
  return item?.senses.find((s): s is HeadSense => s.t === 'head' && (family === undefined || s.family === family));
}

/** A word the lexicon does not know (not a number, mark or line end). */
export function isUnknown(item: Item | undefined): boolean {
  return item !== undefined && item.kind === 'word' && item.senses.length === 0;
}

/**
 * Finds the longest phrase at each token. Joined scripts are segmented by the lexicon first; a word no phrase knows is
 * mended where `mend` finds the one it was meant to be.
 */
export function itemise(
  tokens: readonly Token[],
  lexicon: Lexicon,
  mend: (token: Token) => string | undefined,
): Item[] {
  const words = tokens
    .flatMap((token) => (token.joined ? segment(token, lexicon) : [token]))
    .map((token): Word => mended(token, lexicon, mend));
  const items: Item[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i];
    if (!word) break;
    const found = longest(words, i, lexicon);
    const length = found?.length ?? 1;
    const all = words.slice(i, i + length);
    const last = all.at(-1) ?? word;
    items.push({
      ...word,
      end: last.end,
      text: found?.words ?? word.text,
      senses: found?.senses ?? [],
      mended: found !== undefined && all.some((one) => one.mended),
    });
    i += length;
  }
  return items;
}

type Word = Token & { readonly mended: boolean };

function mended(token: Token, lexicon: Lexicon, mend: (token: Token) => string | undefined): Word {
  const mendable = token.kind === 'word' && !token.joined && !lexicon.knows(token.text);
  const better = mendable ? mend(token) : undefined;
  return better === undefined ? { ...token, mended: false } : { ...token, text: better, mended: true };
}

interface Found {
  readonly length: number;
  readonly words: string;
  readonly senses: readonly Sense[];
}

function longest(tokens: readonly Token[], at: number, lexicon: Lexicon): Found | undefined {
  const first = tokens[at];
  if (!first || first.kind === 'line' || first.kind === 'clock') return undefined;
  const reach = lexicon.reach(first.text);
  for (let length = Math.min(reach, tokens.length - at); length >= 1; length--) {
    const words = tokens.slice(at, at + length);
    if (words.some((word, k) => k > 0 && word.kind === 'line')) continue;
    const entry = lexicon.find(words.map((word) => word.text));
    if (entry) return { length, words: entry.words, senses: entry.senses };
  }
  return undefined;
}

/** Cuts a run of kana and kanji at the lexicon's words, longest first; what lies between stays together. */
function segment(token: Token, lexicon: Lexicon): Token[] {
  const chars = Array.from(token.text);
  // Half-width kana may shrink when normalised: places inside the run are then spread evenly, its ends stay exact.
  const width = (token.end - token.start) / Math.max(1, token.text.length);
  const place = (units: number): number => token.start + Math.min(token.end - token.start, Math.round(units * width));
  const out: Token[] = [];
  let unit = 0;
  let pending = 0;
  const emit = (from: number, to: number): void => {
    if (to > from)
      out.push({
        ...token,
        start: place(from),
        end: place(to),
        text: token.text.slice(from, to),
        spaced: from === 0 && token.spaced,
      });
  };
  for (let i = 0; i < chars.length;) {
    let matched = '';
    for (let length = Math.min(lexicon.longestJoined, chars.length - i); length >= 1; length--) {
      const word = chars.slice(i, i + length).join('');
      if (lexicon.find([word])) {
        matched = word;
        break;
      }
    }
    if (matched === '') {
      unit += chars[i]?.length ?? 1;
      i += 1;
      continue;
    }
    emit(pending, unit);
    emit(unit, unit + matched.length);
    unit += matched.length;
    pending = unit;
    i += Array.from(matched).length;
  }
  emit(pending, unit);
  return out;
}
