/** An estimate in words: one line, then its parts. One telling for the panel and the companion's pages. Pure. */
import { durationText, moneyText, momentText, numberText } from './amounts';
import { common } from './common';
import { estimateWords as words } from './estimate';
import { queueWords } from './queue';
import type { Entry, Language, Values } from './say';

interface Spread {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** What the companion answers, as far as it is told; an older one leaves out the last four. */
export interface EstimateToSay {
  readonly jobs: number;
  readonly unknown: number;
  readonly seconds: Spread | null;
  readonly wattHours: Spread | null;
  readonly currency: string;
  readonly money: Spread | null;
  readonly assumed: boolean;
  readonly footage?: { readonly seconds: number };
  readonly perSecond?: Spread | null;
  readonly cloud?: readonly CloudPrice[];
  readonly finish?: Finish;
}

interface CloudPrice {
  readonly service: string;
  readonly currency: string;
  readonly perSecond: number;
  readonly total: number;
  readonly date: string;
}

interface Finish {
  readonly at: Spread | null;
  readonly window: { readonly from: string; readonly to: string; readonly ends: number } | null;
  readonly deadline: number | null;
  /** What somebody has to end first. */
  readonly holds: readonly unknown[];
}

export interface Telling {
  readonly language: Language;
  /** The entry's text with its values. */
  readonly t: (entry: Entry, values?: Values) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface SaidEstimate {
  /** The most important of it in one line. */
  readonly line: string;
  /** True where the line has something that a person should look at. */
  readonly late: boolean;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly cloud: readonly { readonly service: string; readonly price: string }[];
  /** What a reader has to know of the numbers. */
  readonly remarks: readonly string[];
}

/** `seconds`: of the shots on the timeline, where the asker knows them better than the answer. */
export function sayEstimate(told: EstimateToSay, telling: Telling, seconds?: number): SaidEstimate {
  const { language, t } = telling;
  const { footage, money, currency, perSecond, wattHours } = told;
  const length = footage?.seconds ?? seconds;
  const film = length === undefined ? null : t(words.seconds, { seconds: filmText(length, language) });
  const time = told.seconds && rangeText(told.seconds, (value) => durationText(language, value), t);
  const price = (value: number): string => moneyText(language, currency, value);
  const cost = money && rangeText(money, price, t);
  const each = perSecond && t(words.perSecond, { money: price(perSecond.likely) });
  const finish = told.finish ? finishText(told.finish, telling) : null;
  const cloud = [...(told.cloud ?? [])].sort((a, b) => a.perSecond - b.perSecond);
  const some = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');
  const partly =
    told.unknown > 0
      ? t(words.partly, {
          n: numberText(language, told.jobs - told.unknown),
          of: numberText(language, told.jobs),
        })
      : null;
  const clouds = cloudText(cloud, telling);
  return {
    line: time
      ? some([film, time, partly, finish?.short, money && t(words.about, { likely: price(money.likely) }), each])
      : some([film, t(words.notMeasured), clouds]),
    late: finish?.late ?? false,
    facts: [
      ...(film === null ? [] : [{ name: t(words.footage), value: film }]),
      { name: t(words.machine), value: time ?? t(words.notMeasured) },
      ...(finish ? [{ name: t(words.done), value: some([finish.text, finish.remark]) }] : []),
      ...(cost ? [{ name: t(words.cost), value: some([cost, each]) }] : []),
      ...(wattHours ? [{ name: t(words.electricity), value: energyText(wattHours, telling) }] : []),
    ],
    cloud: cloud.map(({ service, total, perSecond: one, currency: theirs, date }) => ({
      service,
      price: t(words.cloudPrice, {
        total: moneyText(language, theirs, total),
        each: moneyText(language, theirs, one),
        date,
      }),
    })),
    remarks: [
      ...(told.unknown > 0 && told.unknown < told.jobs
        ? [
            t(words.unknown, {
              n: numberText(language, told.unknown),
              of: t(common.shots, { n: told.jobs }),
            }),
          ]
        : []),
      ...(cost ? [t(words.mark)] : []),
      ...(cost && told.assumed ? [t(words.assumed)] : []),
      ...(cloud.length > 0 ? [t(words.notChecked)] : []),
    ],
  };
}

/** A frame is not nothing, and of a film nobody counts the tenths. */
const filmText = (seconds: number, language: Language): string =>
  numberText(language, seconds, seconds < 1 ? 2 : seconds < 100 ? 1 : 0);

/** "about 6 min (4 min–9 min)"; the middle alone where its ends would read the same. */
export function rangeText({ low, likely, high }: Spread, text: (value: number) => string, t: Telling['t']): string {
  const [least, middle, most] = [text(low), text(likely), text(high)];
  return least === most
    ? t(words.about, { likely: middle })
    : t(queueWords.leftAbout, { low: least, likely: middle, high: most });
}

function energyText({ likely }: Spread, { language, t }: Telling): string {
  const digits = likely >= 1 || likely <= 0 ? 1 : Math.min(6, 1 - Math.floor(Math.log10(likely)));
  const text =
    likely < 100 ? `${numberText(language, likely, digits)} Wh` : `${numberText(language, likely / 1000, 2)} kWh`;
  return t(words.about, { likely: text });
}

function cloudText(cloud: readonly CloudPrice[], { language, t }: Telling): string | null {
  const [first] = cloud;
  const last = cloud.at(-1);
  // Sums in several currencies have no least and most.
  if (!first || !last || cloud.some(({ currency }) => currency !== first.currency)) return null;
  const text = (value: number): string => moneyText(language, first.currency, value);
  return t(words.cloudFrom, { least: text(first.total), most: text(last.total) });
}

interface FinishSaid {
  /** Null where it is not known, or waits for somebody. */
  readonly short: string | null;
  readonly text: string;
  readonly late: boolean;
  readonly remark: string | null;
}

function finishText({ at, window, deadline, holds }: Finish, { language, t, now }: Telling): FinishSaid {
  if (!at) return { short: null, text: t(words.notTold), late: false, remark: null };
  const clock = (moment: number): string => momentText(language, moment, now);
  const [low, likely, high] = [clock(at.low), clock(at.likely), clock(at.high)];
  const text = low === high ? t(words.atTime, { likely }) : t(words.atTimeRange, { low, likely, high });
  const late = deadline !== null && at.likely > deadline;
  const remarks = [
    window &&
      t(at.high <= window.ends ? words.within : at.likely <= window.ends ? words.mayPass : words.moreNights, {
        from: window.from,
        to: window.to,
      }),
    late ? t(words.tooLate, { at: clock(deadline) }) : null,
  ];
  return {
    short: holds.length > 0 ? null : t(words.doneAt, { likely }),
    text: holds.length > 0 ? t(words.ifNow, { at: text }) : text,
    late: late || (window !== null && at.high > window.ends),
    remark: remarks.filter(Boolean).join(' · ') || null,
  };
}
