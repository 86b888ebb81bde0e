/** The texts of both user interfaces, in five languages: a missing one does not compile. */
import { IntlMessageFormat } from 'intl-messageformat';

export const LANGUAGES = ['en', 'fr', 'de', 'es', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in every language, in ICU message syntax: "{n, plural, one {# shot} other {# shots}}". */
export type Entry = Readonly<Record<Language, string>>;
/** The texts of one screen by name. */
export type Words = Readonly<Record<string, Entry>>;
export type Values = Readonly<Record<string, string | number>>;

const formats = new Map<string, IntlMessageFormat>();

/** The entry's text in this language with its values filled in. */
export function say(language: Language, entry: Entry, values?: Values): string {
  const text = entry[language];
  if (values === undefined && !/[{}'<]/.test(text)) return text;
  const key = `${language}\n${text}`;
  let format = formats.get(key);
  if (!format) {
    format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(values));
}

/** The first of the wanted languages ("fr-CA", "ja") that there are texts for, else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split(/[-_]/, 1)[0]);
    if (found) return found;
  }
  return 'en';
}
