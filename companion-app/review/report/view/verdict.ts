/** All of it in one sentence: what is done, what is not, how long it took and what it costs. It does not flatter. */
import type { Report, ReportShot } from '../../../../shared/protocol/pages';
import { reportWords as words, type Language } from '../../../../shared/words';
import { speech, type Standing } from './words';

export const isMade = ({ state }: ReportShot): boolean => state === 'placed' || state === 'rendered';

/** A made take that a check speaks against, and that nobody has approved or rejected. */
export const isFlagged = (shot: ReportShot): boolean =>
  isMade(shot) && shot.checks.some(({ ok }) => !ok) && shot.verdict !== 'approved' && shot.verdict !== 'rejected';

export function standingOf(shot: ReportShot): Standing {
  if (shot.state === 'failed' || shot.state === 'cancelled' || shot.state === 'waiting') return shot.state;
  if (shot.verdict === 'approved' || shot.verdict === 'rejected') return shot.verdict;
  return isFlagged(shot) ? 'flagged' : shot.state;
}

const LONGEST_NAME = 48;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Cut where it is very long; kept from turning round what stands beside it where it is written from the right. */
function inSentence(name: string): string {
  const letters = Array.from(name);
  const short = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
  return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

/** So many names are said; the rest is counted. */
const MOST_NAMES = 4;

export function verdict({ shots, money }: Report, language: Language): string {
  const { t, length, duration, money: priced } = speech(language);
  if (shots.length === 0) return t(words.nothing);
  const made = shots.filter(isMade);
  const failed = shots.filter(({ state }) => state === 'failed');
  const waiting = shots.filter(({ state }) => state === 'waiting').length;
  const flagged = made.filter(({ checks }) => checks.some(({ ok }) => !ok)).length;
  const sum = (of: readonly ReportShot[], value: (shot: ReportShot) => number): number =>
    of.reduce((all, shot) => all + value(shot), 0);
  const names = failed
    .slice(0, MOST_NAMES)
    .map(({ name }) => inSentence(name))
    .join(language === 'ja' ? '、' : ', ');
  const more = failed.length - MOST_NAMES;
  const parts = [
    t(words.verdictMade, {
      made: made.length,
      all: shots.length,
      video: length(sum(made, ({ videoSeconds }) => videoSeconds)),
      work: duration(sum(shots, ({ seconds }) => seconds)),
    }),
    flagged > 0 ? t(words.verdictFlagged, { n: flagged }) : '',
    failed.length > 0
      ? t(words.verdictFailed, {
          n: failed.length,
          names: more > 0 ? t(words.verdictMore, { names, n: more }) : names,
        })
      : '',
    waiting > 0 ? t(words.verdictWaiting, { n: waiting }) : '',
    money && money.perUsableSecond !== null
      ? t(words.verdictCost, { money: priced(money.perUsableSecond, money.currency) })
      : '',
  ].filter((part) => part !== '');
  if (language === 'ja') return `${parts.join('。')}。`;
  return `${parts.join(language === 'fr' ? '\u00a0; ' : '; ')}.`;
}
