/** Texts with their values, whatever this runtime has for it. Pure. */
import { say, type Entry, type Language, type Values } from '../../../shared/words';

/** The entry's text with its values. A UXP without Intl gets the plain form: values put in, the `other` branch of plurals. */
export function spoken(language: Language, entry: Entry, values?: Values): string {
  try {
    return say(language, entry, values);
  } catch {
    return plain(entry[language], values ?? {});
  }
}

export function plain(text: string, values: Values): string {
  const chosen = text.replace(
    /\{(\w+), (?:plural|select)(?:[^{}]|\{[^{}]*\})*?other \{([^{}]*)\}\}/g,
    (_, name: string, other: string) => other.replaceAll('#', String(values[name] ?? '')),
  );
  return chosen.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
