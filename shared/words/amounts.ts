/** Amounts as a person reads them in their language. A runtime without Intl gets plain numbers with their units. Pure. */
import type { Language } from './say';

/** What Intl makes of it, or the plain form where there is no Intl, or none for that. */
function orPlain(make: () => string, plain: string): string {
  try {
    return make();
  } catch {
    return plain;
  }
}

export const numberText = (language: Language, value: number, most = 0): string =>
  orPlain(
    () => new Intl.NumberFormat(language, { maximumFractionDigits: most }).format(value),
    String(Number(value.toFixed(most))),
  );

const UNITS = { second: 's', minute: 'min', hour: 'h' } as const;

function unitText(language: Language, value: number, unit: keyof typeof UNITS): string {
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 } as const;
  return orPlain(() => new Intl.NumberFormat(language, style).format(value), `${value} ${UNITS[unit]}`);
}

/** "45 s", "12 min", "3 h 20 min". */
export function durationText(language: Language, seconds: number): string {
  if (seconds < 59.5) return unitText(language, Math.max(1, Math.round(seconds)), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unitText(language, minutes, 'minute');
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const whole = unitText(language, hours, 'hour');
  return rest === 0 ? whole : `${whole} ${unitText(language, rest, 'minute')}`;
}

/** Under ten cents two digits that tell, so that small sums are not all nothing. */
const SMALL = 0.1;

/** "€12.40", "€0.0034". */
export function moneyText(language: Language, currency: string, value: number): string {
  const small = value !== 0 && Math.abs(value) < SMALL;
  const digits = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return orPlain(
    () => new Intl.NumberFormat(language, { style: 'currency', currency, ...digits }).format(value),
    `${small ? String(Number(value.toPrecision(2))) : value.toFixed(2)} ${currency}`,
  );
}

const two = (n: number): string => String(n).padStart(2, '0');

/** "06:10" on this machine's clock. Milliseconds since 1970. */
export function clockText(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

const DAY_MS = 86_400_000;

/** "06:10"; with the day of the week where it is more than most of a day away. Both in milliseconds since 1970, on this machine's clock. */
export function momentText(language: Language, at: number, now: number): string {
  const [date, clock] = [new Date(at), clockText(at)];
  if (at - now < 0.8 * DAY_MS) return clock;
  const far = at - now > 6 * DAY_MS;
  const day = orPlain(
    () =>
      new Intl.DateTimeFormat(language, far ? { day: 'numeric', month: 'short' } : { weekday: 'short' }).format(date),
    `${two(date.getDate())}.${two(date.getMonth() + 1)}.`,
  );
  return `${day} ${clock}`;
}
