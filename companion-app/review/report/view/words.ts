/** Texts, money and lengths of time in one language. Needs neither browser nor Node. */
import {
  checkDetail,
  checkName,
  moneyText,
  reportWords,
  say,
  sayTold,
  type Entry,
  type Language,
  type Values,
} from '../../../../shared/words';

export interface Speech {
  readonly language: Language;
  readonly t: (entry: Entry, values?: Values) => string;
  /** "0.42 €"; two digits that tell for less than ten cents. */
  readonly money: (value: number, currency: string) => string;
  /** A remark of the companion. */
  readonly told: (english: string) => string;
  readonly checkName: (name: string) => string;
  readonly checkDetail: (detail: string) => string;
  readonly number: (value: number, digits: number) => string;
  /** "8.4 s", "12 min", "3 h 20 min". */
  readonly duration: (seconds: number) => string;
  /** The length of a film: "8.4 s", "19 min 28 s". */
  readonly length: (seconds: number) => string;
}

/** Less than this would be said as 60.0 s. */
const LEAST_MINUTE = 59.95;

export function speech(language: Language): Speech {
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const short = (seconds: number): string => say(language, reportWords.aFewSeconds, { n: number(seconds, 1) });
  const joined = (...parts: [Entry, number][]): string =>
    parts
      .filter(([, n]) => n > 0)
      .map(([entry, n]) => say(language, entry, { n: number(n, 0) }))
      .join(language === 'ja' ? '' : ' ');
  return {
    language,
    t: (entry, values) => say(language, entry, values),
    money: (value, currency) => moneyText(language, currency, value),
    told: (english) => sayTold(language, english),
    checkName: (name) => checkName(language, name),
    checkDetail: (detail) => checkDetail(language, detail),
    number,
    duration: (seconds) => {
      if (seconds < LEAST_MINUTE) return short(seconds);
      const minutes = Math.round(seconds / 60);
      return joined([reportWords.hours, Math.floor(minutes / 60)], [reportWords.minutes, minutes % 60]);
    },
    length: (seconds) => {
      if (seconds < LEAST_MINUTE) return short(seconds);
      const whole = Math.round(seconds);
      return joined([reportWords.minutes, Math.floor(whole / 60)], [reportWords.aFewSeconds, whole % 60]);
    },
  };
}

/** How a shot stands, in words; a verdict says more than a state. */
export const standingWords = {
  placed: reportWords.placed,
  rendered: reportWords.rendered,
  failed: reportWords.failed,
  cancelled: reportWords.cancelled,
  waiting: reportWords.waiting,
  flagged: reportWords.flagged,
  approved: reportWords.approved,
  rejected: reportWords.rejected,
};
export type Standing = keyof typeof standingWords;
