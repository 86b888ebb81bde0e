/** Times of day on the companion's own clock, as people write them, safe over the hours that a change of clocks skips or repeats. */

const DAY = 1440;
const MINUTE = 60_000;

/** Minutes since midnight that the clock on the wall shows at this moment (milliseconds since 1970). */
export type WallClock = (at: number) => number;

/** The wall clock of a time zone by its IANA name; this machine's own without one. */
export function wallClock(timeZone?: string): WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  });
  return (at) => minutesOf(format.format(at));
}

/** "22:00" as minutes since midnight. */
export function minutesOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The shorter way round the dial from `a` to `b`, −720 … 720 minutes. */
function between(a: number, b: number): number {
  const forward = (((b - a) % DAY) + DAY) % DAY;
  return forward > DAY / 2 ? forward - DAY : forward;
}

/**
 * The first moment after `at` at which the wall clock shows this time of day (milliseconds since 1970, on a whole minute). A time that
 * a change of clocks skips is the moment of the change; one that it repeats is its first showing, unless `at` is between the two.
 */
export function nextTime(at: number, timeOfDay: string, wall: WallClock): number {
  const wanted = minutesOf(timeOfDay);
  const minute = Math.floor(at / MINUTE) * MINUTE;
  const ahead = (((wanted - wall(minute)) % DAY) + DAY) % DAY;
  for (const days of [0, 1, 2]) {
    const guess = minute + (ahead + days * DAY) * MINUTE;
    const found = near(guess, wanted, wall);
    if (found > at) return found;
  }
  return minute + DAY * MINUTE;
}

/** Half a day around `guess`, the first minute at which the wall clock reaches `wanted`. */
function near(guess: number, wanted: number, wall: WallClock): number {
  const off = between(wall(guess), wanted);
  const found = guess + off * MINUTE;
  const left = between(wall(found), wanted);
  // The clock was put on past `wanted`: go back to the minute of the change.
  if (left !== 0) {
    let change = Math.min(found, found + left * MINUTE) - 1;
    change = Math.ceil(change / MINUTE) * MINUTE;
    while (between(wall(change), wanted) > 0) change += MINUTE;
    return change;
  }
  // The clock was put back and shows `wanted` twice: the first showing.
  const hourBefore = [60, 30].find((minutes) => wall(found - minutes * MINUTE) === wanted);
  return hourBefore === undefined ? found : found - hourBefore * MINUTE;
}

export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/** Whether the wall clock at this moment is in [from, to), past midnight too. Equal ends are the whole day. */
export function isInside(window: TimeWindow, at: number, wall: WallClock): boolean {
  const [from, to, now] = [minutesOf(window.from), minutesOf(window.to), wall(at)];
  if (from === to) return true;
  return from < to ? from <= now && now < to : from <= now || now < to;
}
