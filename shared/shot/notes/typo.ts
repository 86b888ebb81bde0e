/** Mends one wrong letter in a camera word, where no ordinary word can be meant. */
import type { Token } from './lexer';
import { ORDINARY } from './lexicon/ordinary';

/** Longest word worth mending. */
const LONGEST = 24;

/** The vocabulary indexed by everything one letter left out gives, so that a look-up costs its word's length. */
export class Mender {
  private readonly cut = new Map<string, string[]>();
  private readonly known: ReadonlySet<string>;

  constructor(vocabulary: ReadonlySet<string>) {
    this.known = vocabulary;
    for (const word of [...vocabulary].sort()) {
      for (const key of [word, ...without(word)]) {
        const words = this.cut.get(key);
        if (words) words.push(word);
        else this.cut.set(key, [word]);
      }
    }
  }

  /** The one lexicon word this token is a slip of, or undefined. */
  mend(token: Token): string | undefined {
    const word = token.text;
    if (token.dotted || word.length < 3 || word.length > LONGEST || this.known.has(word) || ORDINARY.has(word))
      return undefined;
    const near = new Set<string>();
    for (const key of [word, ...without(word)])
      for (const found of this.cut.get(key) ?? []) if (safeSlip(word, found)) near.add(found);
    return near.size === 1 ? [...near][0] : best(near, word);
  }
}

/** Among several, the one with the letters merely swapped. */
function best(near: ReadonlySet<string>, word: string): string | undefined {
  const swapped = [...near].filter((found) => found.length === word.length && sorted(found) === sorted(word));
  return swapped.length === 1 ? swapped[0] : undefined;
}

const sorted = (word: string): string => Array.from(word).sort().join('');

function without(word: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < word.length; i++) out.push(word.slice(0, i) + word.slice(i + 1));
  return out;
}

/** Short words: only swapped or doubled letters; longer ones: any one letter but the first. */
function safeSlip(word: string, known: string): boolean {
  if (known.length < 3) return false;
  const kind = slip(word, known);
  if (kind === undefined) return false;
  if (kind === 'swap') return known.length >= 4;
  if (word.charAt(0) !== known.charAt(0)) return false;
  if (kind === 'double') return known.length >= 3;
  return kind === 'other' ? known.length >= 6 : known.length >= 5;
}

/** What sets the two apart: swapped neighbours, a doubled letter, one missing or added, one other. */
function slip(word: string, known: string): 'swap' | 'double' | 'length' | 'other' | undefined {
  if (word.length === known.length) {
    const at = first(word, known);
    const rest = (s: string, n: number): string => s.slice(at + n);
    if (rest(word, 1) === rest(known, 1)) return 'other';
    const swapped =
      word.charAt(at) === known.charAt(at + 1) &&
      word.charAt(at + 1) === known.charAt(at) &&
      rest(word, 2) === rest(known, 2);
    return swapped ? 'swap' : undefined;
  }
  const [long, short] = word.length > known.length ? [word, known] : [known, word];
  if (long.length !== short.length + 1) return undefined;
  const at = first(long, short);
  if (long.slice(at + 1) !== short.slice(at)) return undefined;
  return long.charAt(at) === long.charAt(at - 1) ? 'double' : 'length';
}

function first(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charAt(i) === b.charAt(i)) i += 1;
  return i;
}
