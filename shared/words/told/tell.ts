/**
 * Sentences that the companion says in English, found in a catalogue and said in the person's language with their values. These are put in
 * as they are: the panel's host has no Intl to format them with.
 */
import type { Entry, Language } from '../say';

/** A sentence of a catalogue as it is met: its English with anything in the place of its values. */
interface Pattern {
  readonly entry: Entry;
  readonly names: readonly string[];
  readonly is: RegExp;
}

export interface Catalogue {
  /** The sentence in that language; null where the catalogue has none. */
  readonly tell: (language: Language, english: string) => string | null;
}

const VALUE = /\{(\w+)\}/g;
/** So deep may sentences lie within sentences. */
const DEEPEST = 3;
/** Values that are sentences, or parts of some, themselves. The others are names and numbers. */
const SENTENCES: ReadonlySet<string> = new Set(['why', 'what', 'frames', 'move', 'asked', 'got']);

/** Values without a space. */
const ONE_WORD: ReadonlySet<string> = new Set(['n', 'code', 'signal', 'percent', 'levels', 'times', 'degrees']);

/** How a value of that name is said; null for as any other. */
export type Inside = (language: Language, name: string, value: string) => string | null;

export function catalogue(entries: readonly Entry[], inside: Inside = () => null): Catalogue {
  const plain = new Map(entries.filter(({ en }) => !en.includes('{')).map((entry) => [entry.en, entry]));
  // The sentence with the most words of its own is the one that is meant.
  const patterns = entries
    .filter(({ en }) => en.includes('{'))
    .sort((a, b) => b.en.replace(VALUE, '').length - a.en.replace(VALUE, '').length)
    .map(patternOf);
  const tell = (language: Language, english: string, depth: number): string | null => {
    const known = plain.get(english);
    if (known) return known[language];
    if (depth > DEEPEST) return null;
    for (const { entry, names, is } of patterns) {
      const found = is.exec(english);
      if (!found) continue;
      const value = (name: string, text: string): string =>
        inside(language, name, text) ??
        (SENTENCES.has(name) ? tell(language, text, depth + 1) : null) ??
        numbered(language, text);
      const said = new Map(names.map((name, i) => [name, value(name, found[i + 1] ?? '')]));
      return entry[language].replace(VALUE, (_all, name: string) => said.get(name) ?? '');
    }
    return null;
  };
  return { tell: (language, english) => tell(language, english, 0) };
}

function patternOf(entry: Entry): Pattern {
  const names = [...entry.en.matchAll(VALUE)].map(([, name]) => name ?? '');
  const parts = entry.en.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const is = parts.map((part, i) =>
    i === 0 ? part : `${ONE_WORD.has(names[i - 1] ?? '') ? '(\\S+)' : '(.+?)'}${part}`,
  );
  return { entry, names, is: new RegExp(`^${is.join('')}$`, 's') };
}

/** "1.25", "4.0 %", "3.1 GB": the decimal sign as the language writes it. */
function numbered(language: Language, text: string): string {
  if (language === 'en' || language === 'ja') return text;
  return /^\d+\.\d+( ?\S{1,2})?$/.test(text) ? text.replace('.', ',') : text;
}
