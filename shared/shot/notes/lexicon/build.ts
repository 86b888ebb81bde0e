/** The lexicon's tables made searchable: phrases by their words, languages switched on by their own words. */
import { lex, type Token } from '../lexer';
import type { Row, Sense } from '../senses';
import type { NoteLanguage } from '../types';
import { deRows } from './de';
import { enMoves } from './en-moves';
import { enWords } from './en-words';
import { esRows } from './es';
import { frRows } from './fr';
import { jaRows } from './ja';

export interface Entry {
  /** The phrase's words, joined by single spaces. */
  readonly words: string;
  readonly senses: readonly Sense[];
}

export interface Lexicon {
  /** The entry for exactly these normalised words. */
  find(words: readonly string[]): Entry | undefined;
  /** Most words a phrase starting with this one can have; 0 when none does. */
  reach(first: string): number;
  /** Length in characters of the longest phrase in kana or kanji. */
  readonly longestJoined: number;
  /** True for every word that occurs in a phrase. */
  knows(word: string): boolean;
  /** Words worth mending a typo to. */
  readonly vocabulary: ReadonlySet<string>;
}

const TABLES: Readonly<Record<NoteLanguage, readonly Row[]>> = {
  en: [...enMoves, ...enWords],
  fr: frRows,
  es: esRows,
  de: deRows,
  ja: jaRows,
};

function build(languages: readonly NoteLanguage[]): Lexicon {
  const entries = new Map<string, Sense[]>();
  const reaches = new Map<string, number>();
  const vocabulary = new Set<string>();
  const known = new Set<string>();
  let longestJoined = 0;
  // A language that shows in the note has the first say over what a word means; English the last.
  const order = [...languages].sort((a, b) => Number(a === 'en') - Number(b === 'en'));
  for (const row of order.flatMap((language) => TABLES[language])) {
    for (const phrase of row.words.split('|')) {
      const tokens = lex(phrase.trim());
      const words = tokens.map((token) => token.text);
      const [first] = words;
      if (first === undefined) continue;
      for (const word of words) known.add(word);
      const key = words.join(' ');
      const senses = entries.get(key);
      if (senses) senses.push(row.sense);
      else entries.set(key, [row.sense]);
      reaches.set(first, Math.max(reaches.get(first) ?? 0, words.length));
      if (tokens[0]?.joined === true) longestJoined = Math.max(longestJoined, Array.from(first).length);
      else if (words.length === 1 && mendable(first, row)) vocabulary.add(first);
    }
  }
  return {
    find: (words) => {
      const key = words.join(' ');
      const senses = entries.get(key);
      return senses && { words: key, senses };
    },
    reach: (first) => reaches.get(first) ?? 0,
    knows: (word) => known.has(word),
    longestJoined,
    vocabulary,
  };
}

/** Words that show a language is being written: those of its table that English does not have. */
function ownWords(language: NoteLanguage): ReadonlySet<string> {
  const words = (rows: readonly Row[]): string[] =>
    rows.flatMap((row) => row.words.split('|').flatMap((phrase) => lex(phrase.trim()).map((token) => token.text)));
  const english = new Set([...words(TABLES.en), ...LOANWORDS]);
  return new Set(
    words(TABLES[language]).filter((word) => word.length > 1 && /\p{L}/u.test(word) && !english.has(word)),
  );
}

/** Words of other languages that turn up in English notes (names, everyday English). */
const LOANWORDS =
  'die den des la le les de el un du dos con plan plano sol dame the man am an bis im ab ein los es se son pour sur en y o et ou si que tu main'.split(
    ' ',
  );

/** Sorts of words worth mending: those a move is made of. */
const MENDED: ReadonlySet<Sense['t']> = new Set(['head', 'dir', 'pace', 'ease']);

/** English words of four letters and short move words; of other languages only words so long that no everyday word is near. */
function mendable(word: string, row: Row): boolean {
  const { sense } = row;
  if (!MENDED.has(sense.t) || !/^[a-z]+$/.test(word)) return false;
  if (sense.t === 'head' && (sense.risk === 'camera' || (sense.shy === true && word !== 'static'))) return false;
  if (!TABLES.en.includes(row)) return word.length >= 8;
  return word.length >= 4 || (word.length === 3 && sense.t === 'head');
}

const cache = new Map<string, Lexicon>();
const own = new Map<NoteLanguage, ReadonlySet<string>>();

/** Latin abbreviations only Japanese boards use. */
const JAPANESE_SLATE = new Set(['tb', 'qtb', 'qtu']);

/** English and every language of which the note uses words, in a fixed order. */
export function languagesOf(tokens: readonly Token[], asked?: NoteLanguage): NoteLanguage[] {
  const others: readonly NoteLanguage[] = ['fr', 'es', 'de', 'ja'];
  return [
    'en',
    ...others.filter((language) => {
      if (language === asked) return true;
      if (language === 'ja')
        return tokens.some((token) => token.joined || (token.dotted && JAPANESE_SLATE.has(token.text)));
      let words = own.get(language);
      if (!words) own.set(language, (words = ownWords(language)));
      return tokens.some((token) => token.kind === 'word' && words.has(token.text));
    }),
  ];
}

export function lexiconFor(languages: readonly NoteLanguage[]): Lexicon {
  const key = languages.join();
  let lexicon = cache.get(key);
  if (!lexicon) cache.set(key, (lexicon = build(languages)));
  return lexicon;
}
