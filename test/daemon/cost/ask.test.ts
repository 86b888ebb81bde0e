/** What shots would take and cost before they are submitted, and when they would be there: hours, nights, deadlines, what is ahead. */
import * as fc from 'fast-check';
import { estimateShots, type AskedShots, type Surroundings } from '../../../companion-app/daemon/cost/ask';
import { finishOf } from '../../../companion-app/daemon/cost/finish';
import { isInside, wallClock } from '../../../companion-app/queue';
import type { Timing } from '../../../companion-app/queue/estimate';
import { CLOUD_PRICES } from '../../../companion-app/review/cost';
import { DEFAULT_SETTINGS, zBatchEstimate } from '../../../shared/protocol';
import { problem } from '../../../shared/problem';

const wall = wallClock('UTC');
const noon = Date.UTC(2026, 2, 10, 12);
const hours = (n: number): number => n * 3_600_000;
const at = (low: number, likely = low, high = likely) => ({ low, likely, high });
const night = (window: { from: string; to: string } | null, deadline: string | null = null) => ({ window, deadline });
const timing = (over: Partial<Timing>): Timing => ({
  ...{ requested: 'parallax', engine: 'parallax', device: 'cpu', quality: 'full', pixels: 1e6, frames: 24, boards: 1 },
  ...{ seconds: 24, ...over },
});
const around = (over: Partial<Surroundings> = {}): Surroundings => ({
  ...{ timings: [timing({}), timing({ frames: 48, seconds: 48 }), timing({ frames: 96, seconds: 96 })] },
  ...{ settings: DEFAULT_SETTINGS, previewsFirst: false, cloud: CLOUD_PRICES, waiting: at(0), running: [] },
  ...{ holds: [], wall, now: noon, ...over },
});
const shots = (over: Partial<AskedShots> = {}): AskedShots => ({
  ...{ engine: 'parallax', quality: 'full', pixels: 1e6, frames: 24, boards: 1, count: 10, seconds: 1, ...over },
});

describe('when it would be there', () => {
  const ask = { ahead: at(0), batch: at(hours(1) / 1000), holds: [], now: noon, wall } as const;

  test('at once where shots may be begun at any time; behind what waits', () => {
    expect(finishOf({ ...ask, night: night(null) })).toMatchObject({
      at: at(noon + hours(1)),
      from: noon,
      window: null,
      deadline: null,
    });
    const behind = finishOf({ ...ask, ahead: at(3600, 7200, 10_800), night: night(null, '13:00') });
    expect(behind).toMatchObject({
      at: at(noon + hours(2), noon + hours(3), noon + hours(4)),
      deadline: noon + hours(1),
    });
  });

  test('in the hours of the night, and in those of the next where they do not do', () => {
    const window = { from: '22:00', to: '06:00' };
    expect(finishOf({ ...ask, night: night(window) })).toMatchObject({
      at: at(noon + hours(11)),
      from: noon + hours(10),
      window: { ...window, ends: noon + hours(18) },
    });
    // Nine hours of work: eight tonight, one from 22:00 tomorrow.
    expect(finishOf({ ...ask, batch: at(9 * 3600), night: night(window) }).at).toEqual(at(noon + hours(35)));
    expect(finishOf({ ...ask, batch: at(8 * 3600), night: night(window) }).at).toEqual(at(noon + hours(18)));
    expect(finishOf({ ...ask, batch: at(1e9), night: night(window) }).at).toBeNull();
    expect(finishOf({ ...ask, night: night({ from: '08:00', to: '08:00' }) }).window).toBeNull();
  });

  test('not told where a part was never measured; what somebody has to end is named, what ends by itself is not', () => {
    expect(finishOf({ ...ask, ahead: null, night: night(null) })).toMatchObject({ at: null, from: null });
    expect(finishOf({ ...ask, batch: null, night: night(null) })).toMatchObject({ at: null, from: noon });
    const told = problem({ code: 'busy', message: 'No.' });
    const holds = ['window', 'paused', 'premiere', 'battery'].map((kind) => ({ kind, problem: told }));
    expect(finishOf({ ...ask, holds, night: night(null) }).holds.map(({ kind }) => kind)).toEqual([
      'paused',
      'battery',
    ]);
  });

  test('whatever the hours: it ends inside them, never earlier than the work takes, more work never earlier', () => {
    const time = fc
      .record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) })
      .map(({ h, m }) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(time, time, fc.nat(hours(24)), fc.nat(50_000), fc.nat(50_000), (from, to, later, a, b) => {
        const now = noon + later;
        const window = { from, to };
        const of = (seconds: number) => finishOf({ ...ask, now, batch: at(seconds), night: night(window) }).at?.likely;
        const [first, both] = [of(a), of(a + b)];
        // Very short nights may not do in two months.
        if (first === undefined || both === undefined) return;
        expect(first - now).toBeGreaterThanOrEqual(a * 1000);
        expect(both).toBeGreaterThanOrEqual(first);
        // Its last moment of work is inside.
        if (a > 0) expect(isInside(window, first - 1, wall)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('shots not yet submitted', () => {
  test('length, time, money, a second’s price and others’ prices belong together', () => {
    const told = zBatchEstimate.parse(estimateShots([shots()], around()));
    expect(told).toMatchObject({ jobs: 10, unknown: 0, footage: { seconds: 10, known: 10 } });
    expect(told.seconds?.likely).toBeCloseTo(240, 0);
    expect(told.perSecond?.likely).toBeCloseTo((told.money?.likely ?? 0) / 10, 9);
    expect(told.cloud).toHaveLength(CLOUD_PRICES.services.length);
    for (const { total, perSecond } of told.cloud ?? []) expect(total).toBeCloseTo(perSecond * 10, 9);
    expect((told.finish?.at?.likely ?? 0) - noon).toBeCloseTo((told.seconds?.likely ?? 0) * 1000, -1);
  });

  test('what was never measured is in the length and in the price of others, in nothing else', () => {
    const told = estimateShots([shots(), shots({ engine: 'diffusion', count: 5, seconds: 4 })], around());
    const alone = estimateShots([shots()], around());
    expect(told).toMatchObject({ jobs: 15, unknown: 5, footage: { seconds: 30, known: 10 }, money: alone.money });
    expect(told.perSecond).toEqual(alone.perSecond);
    expect(told.finish?.at).toBeNull();
    const nothing = estimateShots([shots()], around({ timings: [] }));
    expect(nothing).toMatchObject({ unknown: 10, seconds: null, money: null, perSecond: null });
    expect(nothing.cloud?.[0]?.total).toBeGreaterThan(0);
  });

  test('previews count, asked for or set for the night; a shot stays one shot', () => {
    const timings = [...around().timings, timing({ quality: 'preview', seconds: 3 })];
    const plain = estimateShots([shots()], around({ timings }));
    const asked = estimateShots([shots({ preview: true })], around({ timings }));
    const set = estimateShots([shots()], around({ timings, previewsFirst: true }));
    expect(asked.seconds?.likely).toBeCloseTo((plain.seconds?.likely ?? 0) + 30, 1);
    expect(set).toEqual(asked);
    expect(asked).toMatchObject({ jobs: 10, footage: plain.footage });
  });

  test('an older panel that tells no seconds is answered as before; what is at work is ahead', () => {
    const { seconds: _seconds, ...old } = shots();
    const told = estimateShots([old], around());
    expect(told.footage ?? told.perSecond ?? told.cloud).toBeUndefined();
    const later = estimateShots([shots()], around({ running: [shots({ frames: 96 })], waiting: at(100) }));
    const free = estimateShots([shots()], around());
    const shift = ((later.finish?.at?.likely ?? 0) - (free.finish?.at?.likely ?? 0)) / 1000;
    expect(shift).toBeGreaterThan(140);
    expect(shift).toBeLessThan(156);
    expect(estimateShots([shots()], around({ running: [shots({ engine: 'diffusion' })] })).finish?.at).toBeNull();
  });
});
