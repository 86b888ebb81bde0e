import fc from 'fast-check';
import { isInside, minutesOf, nextTime, wallClock } from '../../../companion-app/queue/plan/wall-clock';

const utc = wallClock('UTC');
const berlin = wallClock('Europe/Berlin');
const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

describe('a window', () => {
  it.each([
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '00:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['09:00', '17:30', '12:00', true],
    ['09:00', '17:30', '17:30', false],
    ['10:00', '10:00', '03:00', true],
  ])('of %s–%s at %s: %s', (from, to, time, inside) => {
    expect(isInside({ from, to }, at(`2026-11-22T${time}:30Z`), utc)).toBe(inside);
  });

  it('goes by the clock on the wall over a change of clocks', () => {
    const night = { from: '02:15', to: '03:15' };
    // In the night to 25 October 2026 it is 02:30 twice in Berlin, in that to 29 March 2026 never.
    expect(isInside(night, at('2026-10-25T00:30Z'), berlin)).toBe(true);
    expect(isInside(night, at('2026-10-25T01:30Z'), berlin)).toBe(true);
    expect(isInside(night, at('2026-03-29T00:59Z'), berlin)).toBe(false);
    expect(isInside(night, at('2026-03-29T01:00Z'), berlin)).toBe(true);
  });
});

describe('the next time of day', () => {
  it.each([
    ['Europe/Berlin', '2026-11-22T17:00Z', '08:00', '2026-11-23T07:00'],
    ['Europe/Berlin', '2026-11-23T07:00Z', '08:00', '2026-11-24T07:00'],
    // Clocks are put back in this night: it lasts an hour longer.
    ['Europe/Berlin', '2026-10-24T16:00Z', '08:00', '2026-10-25T07:00'],
    ['Europe/Berlin', '2026-03-28T17:00Z', '08:00', '2026-03-29T06:00'],
    // A time that does not exist that night: the moment of the change.
    ['Europe/Berlin', '2026-03-28T17:00Z', '02:30', '2026-03-29T01:00'],
    // A time that comes twice: the first one, then the second.
    ['Europe/Berlin', '2026-10-24T16:00Z', '02:30', '2026-10-25T00:30'],
    ['America/New_York', '2026-03-08T03:00Z', '07:00', '2026-03-08T11:00'],
    ['Asia/Kathmandu', '2026-11-22T17:00Z', '08:00', '2026-11-23T02:15'],
    ['Australia/Lord_Howe', '2026-10-03T10:00Z', '02:15', '2026-10-03T15:30'],
  ])('in %s after %s, %s is %s', (zone, from, time, expected) => {
    expect(iso(nextTime(at(from), time, wallClock(zone)))).toBe(expected);
  });

  it('is ahead, within two days, and shows that time wherever the clocks allow it', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
    const walls = new Map(zones.map((zone) => [zone, wallClock(zone)]));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') }),
        fc.nat(1439),
        (zone, from, minutes) => {
          const wall = walls.get(zone)!;
          const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          const next = nextTime(from, time, wall);
          expect(next).toBeGreaterThan(from);
          expect(next - from).toBeLessThanOrEqual(26 * 3_600_000);
          const shown = wall(next);
          // Only a skipped time is shown as a later one, and then the minute before is before it.
          if (shown !== minutesOf(time)) expect(wall(next - 60_000)).toBeLessThan(minutesOf(time));
        },
      ),
      { numRuns: 300 },
    );
  });
});
