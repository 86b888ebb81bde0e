/** What the checks of a take found, in the person's language. */
import { moveWords } from '../panel-moves';
import type { Entry, Language } from '../say';
import { CHECK_DETAILS } from './check-details';
import { checkNames } from './check-names';
import { MACHINE } from './machine';
import { catalogue } from './tell';

const names = new Map<string, Entry>(Object.entries(checkNames));
const moves = new Map<string, Entry>(Object.entries(moveWords));

/** "pan-left with roll-cw": moves that happen together. */
function movesTold(language: Language, value: string): string | null {
  const told = value.split(' with ').map((kind) => moves.get(kind)?.[language]);
  return told.every((each) => each !== undefined) ? told.join(' + ') : null;
}

/** "1.20× larger, 4.0 % of the width up": ways of moving in a row. */
function waysTold(language: Language, value: string): string | null {
  const parts = value.split(', ');
  if (parts.length < 2) return null;
  const told = parts.map((part) => details.tell(language, part));
  return told.every((each) => each !== null) ? told.join(language === 'ja' ? '、' : ', ') : null;
}

const details = catalogue(CHECK_DETAILS, (language, name, value) => {
  if (name === 'move') return movesTold(language, value);
  return name === 'asked' || name === 'got' ? waysTold(language, value) : null;
});

/** Several findings of one check follow each other: each begins with its move and its frames. */
const NEXT_FINDING = /(?<=\.) (?=[a-z -]+ \(frames? \d)/;

/** A check's name; as it is stored where the catalogue has none. */
export function checkName(language: Language, name: string): string {
  const entry = names.get(name);
  return entry ? entry[language] : name;
}

/** What a check found; as it came where the catalogue does not know its sentence. */
export function checkDetail(language: Language, detail: string): string {
  if (language === 'en') return detail;
  return detail
    .split(NEXT_FINDING)
    .map((finding) => details.tell(language, finding) ?? finding)
    .join(language === 'ja' ? '' : ' ');
}

const machine = catalogue(MACHINE);

/** What the doctor looked at, or found; as it came where the catalogue does not know it. */
export const machineTold = (language: Language, english: string): string =>
  language === 'en' ? english : (machine.tell(language, english) ?? english);
