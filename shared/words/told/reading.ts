/** What was remarked while a storyboard was read, in the person's language. */
import type { Language } from '../say';
import { sayTold } from './problem';
import { READ_BOARDS } from './read-boards';
import { READ_TABLES } from './read-tables';
import { READ_TIMELINES } from './read-timelines';
import { catalogue } from './tell';

const remarks = catalogue([...READ_BOARDS, ...READ_TABLES, ...READ_TIMELINES], (language, name, value) =>
  name === 'why' ? sayTold(language, value) : null,
);

/** Of several scenes or documents each remark begins with the name of its own. */
const OF_ONE = /^(.+?): (.+)$/s;

/** A remark in that language; as it came where the catalogue has none. */
export function readingTold(language: Language, english: string): string {
  if (language === 'en') return english;
  const told = remarks.tell(language, english);
  if (told !== null) return told;
  const [, of, rest] = OF_ONE.exec(english) ?? [];
  const inner = rest === undefined ? null : remarks.tell(language, rest);
  return inner === null ? english : `${of}${language === 'fr' ? ' : ' : ': '}${inner}`;
}
