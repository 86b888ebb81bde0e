/** A problem in the person's language: what happened, what is safe, the one thing to do. */
import type { Problem } from '../../problem';
import type { Language } from '../say';
import { checkName } from './check';
import { DO_CONNECTION } from './do-connection';
import { DO_QUEUE } from './do-queue';
import { DO_RENDERING } from './do-rendering';
import { DO_STORYBOARDS } from './do-storyboards';
import { NOTES } from './notes';
import { SAFE_FILES } from './safe-files';
import { SAFE_WORK } from './safe-work';
import { catalogue } from './tell';
import { WHAT_CONNECTION } from './what-connection';
import { whatHappened } from './what-happened';
import { WHAT_NIGHT } from './what-night';
import { WHAT_QUEUE } from './what-queue';
import { WHAT_RENDERING } from './what-rendering';
import { WHAT_SEQUENCE } from './what-sequence';
import { whatToDo } from './what-to-do';

const sentences = catalogue(
  [
    ...[...WHAT_NIGHT, ...WHAT_CONNECTION, ...WHAT_RENDERING, ...WHAT_QUEUE, ...WHAT_SEQUENCE, ...NOTES],
    ...[...SAFE_WORK, ...SAFE_FILES, ...DO_STORYBOARDS, ...DO_CONNECTION, ...DO_RENDERING, ...DO_QUEUE],
  ],
  (language, name, value) => (name === 'check' ? checkName(language, value) : null),
);

/** A remark of the companion in that language; as it came where the catalogue has none. */
export const sayTold = (language: Language, english: string): string =>
  language === 'en' ? english : (sentences.tell(language, english) ?? english);

export interface SaidProblem {
  /** What happened. */
  readonly what: string;
  /** What goes on regardless; empty where nothing needs to be said. */
  readonly safe: string;
  /** The one thing to do. */
  readonly action: string;
  /** What happened in the companion's own English, where `what` tells less than it. */
  readonly original: string | null;
}

export type Told = Pick<Problem, 'message' | 'safe' | 'action'> & Partial<Pick<Problem, 'code'>>;

/** Its sentences where the catalogue has them, else what its code says. English stays as it came. */
export function sayProblem(language: Language, { code, message, safe, action }: Told): SaidProblem {
  const toDo = code === undefined ? action : whatToDo[code][language];
  if (language === 'en') return { what: message, safe, action: action || toDo, original: null };
  const what = sentences.tell(language, message);
  return {
    what: what ?? (code === undefined ? message : whatHappened[code][language]),
    safe: sentences.tell(language, safe) ?? '',
    action: sentences.tell(language, action) ?? toDo,
    original: what === null && code !== undefined ? message : null,
  };
}

/** What happened and what to do as one line, for lists. */
export function problemLine(language: Language, problem: Told): string {
  const { what, action } = sayProblem(language, problem);
  return [what, action].filter(Boolean).join(' ');
}
