import fc from 'fast-check';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/protocol';
import { wallClock, type WorkGroup } from '../../../companion-app/queue';
import { nightHolds, UNKNOWN, type Reading } from '../../../companion-app/daemon/night/holds';
import { diskForAll, diskForOne, memoryForOne, roomProblem } from '../../../companion-app/daemon/night/needs';

const utc = wallClock('UTC');
const NOON = Date.parse('2026-11-22T12:00:00Z');
const group = (parts: Partial<WorkGroup> = {}): WorkGroup => ({
  ...{ engine: 'auto', quality: 'full', pixels: 1920 * 1080, frames: 48, boards: 1, count: 1 },
  ...parts,
});
const night = (parts: Partial<Settings['night']>): Settings['night'] => ({ ...DEFAULT_SETTINGS.night, ...parts });
const kinds = (parts: Partial<Settings['night']>, reading: Partial<Reading>, work = [group()], at = NOON): string[] =>
  nightHolds(night(parts), { ...UNKNOWN, ...reading }, at, utc, work).map((hold) => hold.kind);

it('holds nothing back where nothing is set or known', () => {
  expect(kinds({}, {})).toEqual([]);
  expect(kinds({ pauseAboveCelsius: 80, pauseWhileInUseMinutes: 10 }, {})).toEqual([]);
});

it.each([
  ['window', { window: { from: '22:00', to: '07:00' } }, {}],
  ['battery', {}, { onBattery: true }],
  ['in-use', { pauseWhileInUseMinutes: 10 }, { idleSeconds: 599 }],
  ['hot', { pauseAboveCelsius: 80 }, { celsius: 80.5 }],
  ['hot', { pauseAboveCelsius: 80 }, { celsius: 78, cooling: true }],
  ['disk', {}, { freeDisk: 200 * 1024 ** 2 }],
  ['memory', {}, { freeMemory: 300 * 1024 ** 2 }],
] as const)('holds back for %s, and says what would end it', (kind, settings, reading) => {
  expect(kinds(settings, reading)).toEqual([kind]);
  const [hold] = nightHolds(night(settings), { ...UNKNOWN, ...reading }, NOON, utc, [group()]);
  expect(hold!.problem.message).not.toBe('');
  expect(hold!.problem.action).not.toBe('');
});

it.each([
  [{ window: { from: '22:00', to: '07:00' } }, {}, Date.parse('2026-11-22T23:00:00Z')],
  [{ pauseOnBattery: false }, { onBattery: true }, NOON],
  [{ pauseWhileInUseMinutes: 10 }, { idleSeconds: 600 }, NOON],
  [{ pauseAboveCelsius: 80 }, { celsius: 80 }, NOON],
  [{}, { freeMemory: 300 * 1024 ** 2, memoryWaitedFor: true }, NOON],
] as const)('lets go with %j at %j', (settings, reading, at) => {
  expect(kinds(settings, reading, [group()], at)).toEqual([]);
});

it('says when a window opens and when the machine will have been quiet for long enough', () => {
  const until = (settings: Partial<Settings['night']>, reading: Partial<Reading>) =>
    nightHolds(night(settings), { ...UNKNOWN, ...reading }, NOON, utc, [])[0]!.until;
  expect(until({ window: { from: '22:00', to: '07:00' } }, {})).toBe(Date.parse('2026-11-22T22:00:00Z'));
  expect(until({ pauseWhileInUseMinutes: 10 }, { idleSeconds: 60 })).toBe(NOON + 540_000);
});

it('does not mind a full disk or little memory while nothing waits', () => {
  expect(kinds({}, { freeDisk: 0, freeMemory: 0 }, [])).toEqual([]);
});

it('asks for more room for more, longer and larger shots, and never for less than the system needs', () => {
  const size = fc.record({ pixels: fc.integer({ min: 1, max: 4e7 }), frames: fc.nat(36_000), count: fc.nat(500) });
  fc.assert(
    fc.property(fc.array(size), size, (sizes, more) => {
      const work = sizes.map(group);
      for (const need of [diskForAll, diskForOne, memoryForOne]) {
        expect(need(work)).toBeGreaterThan(1e8);
        expect(need([...work, group(more)])).toBeGreaterThanOrEqual(need(work));
      }
    }),
  );
});

it('tells before the batch that it will not fit, in numbers', () => {
  const work = [group({ count: 40, frames: 240 })];
  // ProRes Proxy is 45 Mbit/s at 1080p24: 40 clips of ten seconds are 2.3 GB.
  expect(diskForAll(work)).toBeGreaterThan(2.25e9);
  expect(diskForAll(work)).toBeLessThan(4.5e9);
  expect(roomProblem(work, 3e9)?.code).toBe('disk-full');
  expect(roomProblem(work, 3e9)?.message).toContain('40 shots');
  expect(roomProblem(work, 5e9)).toBeNull();
  expect(roomProblem(work, null)).toBeNull();
  expect(roomProblem([], 0)).toBeNull();
});
