/** Texts, money and lengths of time in one language. Needs neither browser nor Node. */
import {
  checkDetail,
  checkName,
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
}

export function speech(language: Language): Speech {
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  return {
    language,
    t: (entry, values) => say(language, entry, values),
    money: (value, currency) => {
      const small = value !== 0 && Math.abs(value) < 0.1;
      const digits = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
      return new Intl.NumberFormat(language, { style: 'currency', currency, ...digits }).format(value);
    },
    told: (english) => sayTold(language, english),
    checkName: (name) => checkName(language, name),
    checkDetail: (detail) => checkDetail(language, detail),
    number,
    duration: (seconds) => {
      if (seconds < 59.95) return `${number(seconds, 1)} s`;
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return `${minutes} min`;
      return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
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
