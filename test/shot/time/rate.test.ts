import * as fc from 'fast-check';
import {
  formatRate,
  frameRate,
  framesToSeconds,
  framesToTicks,
  millisecondsToFrames,
  nearestFrame,
  nominalRate,
  parseRate,
  rateFromTimebase,
  RATES,
  sameRate,
  ticksPerFrame,
  ticksToFrame,
  TICKS_PER_SECOND,
  TimeError,
  type FrameRate,
} from '../../../shared/shot';

const known = fc.constantFrom(...Object.values(RATES));
const frame = fc.integer({ min: -10_000_000, max: 10_000_000 });

/** Timebases Premiere reports (ticks a frame), worked out apart from the code: 254016000000 * den / num. */
const TIMEBASES: readonly (readonly [keyof typeof RATES, bigint])[] = [
  ['23.976', 10_594_584_000n],
  ['24', 10_584_000_000n],
  ['25', 10_160_640_000n],
  ['29.97', 8_475_667_200n],
  ['30', 8_467_200_000n],
  ['50', 5_080_320_000n],
  ['59.94', 4_237_833_600n],
  ['60', 4_233_600_000n],
];

describe('frame rates', () => {
  it.each(TIMEBASES)('%s has the timebase Premiere gives it', (name, ticks) => {
    expect(ticksPerFrame(RATES[name])).toBe(ticks);
    expect(rateFromTimebase(ticks)).toEqual(RATES[name]);
  });

  it.each([
    ['23.976', 24000, 1001],
    ['23.98', 24000, 1001],
    ['24', 24, 1],
    ['24 fps', 24, 1],
    ['25p', 25, 1],
    ['24000/1001', 24000, 1001],
    ['30000:1001', 30000, 1001],
    ['48/2', 24, 1],
    ['29.97', 30000, 1001],
    ['59.94', 60000, 1001],
    ['47.952', 48000, 1001],
    ['119.88', 120000, 1001],
    ['12.5', 25, 2],
    ['15', 15, 1],
  ])('reads %s', (text, num, den) => expect(parseRate(text)).toEqual({ num, den }));

  it.each(['', 'abc', '0', '-24', '24.1.2', '1e3', '24/0', '0/24', 'Infinity', '2000', '1/2', '24 000'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseRate(text)).toThrow(TimeError);
    },
  );

  it('refuses parts that are no positive whole numbers', () => {
    for (const [num, den] of [
      [0, 1],
      [24, 0],
      [23.976, 1],
      [Number.NaN, 1],
      [24, -1],
      [1, 2],
      [1001, 1],
    ] as const) {
      expect(() => frameRate(num, den)).toThrow(TimeError);
    }
  });

  it('writes a rate so that it reads back', () => {
    fc.assert(fc.property(known, (rate) => expect(parseRate(formatRate(rate))).toEqual(rate)));
    expect(formatRate({ num: 25, den: 2 })).toBe('12.5');
    expect(formatRate({ num: 48000, den: 1001 })).toBe('47.952');
  });

  it('compares and reduces ratios', () => {
    fc.assert(
      fc.property(known, fc.integer({ min: 1, max: 1000 }), (rate, k) => {
        expect(frameRate(rate.num * k, rate.den * k)).toEqual(rate);
        expect(sameRate(rate, { num: rate.num * k, den: rate.den * k })).toBe(true);
      }),
    );
    expect(sameRate(RATES['24'], RATES['23.976'])).toBe(false);
  });

  it('counts whole frames in a second of timecode', () => {
    const names = ['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'] as const;
    expect(names.map((name) => nominalRate(RATES[name]))).toEqual([24, 24, 25, 30, 30, 50, 60, 60]);
  });

  it('refuses a rate with no whole number of ticks, and a timebase of nothing', () => {
    expect(() => ticksPerFrame({ num: 997, den: 1 })).toThrow(TimeError);
    expect(() => rateFromTimebase(0n)).toThrow(TimeError);
    expect(() => rateFromTimebase(-5n)).toThrow(TimeError);
  });
});

describe('ticks', () => {
  it('goes to ticks and back without loss, negative frames included', () => {
    fc.assert(fc.property(known, frame, (rate, n) => expect(ticksToFrame(framesToTicks(n, rate), rate)).toBe(n)));
  });

  it('puts every tick of a frame into that frame', () => {
    fc.assert(
      fc.property(known, frame, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (rate, n, part) => {
        const per = ticksPerFrame(rate);
        const inside = framesToTicks(n, rate) + BigInt(Math.floor(part * Number(per)));
        expect(ticksToFrame(inside, rate)).toBe(n);
        expect(ticksToFrame(framesToTicks(n, rate) - 1n, rate)).toBe(n - 1);
      }),
    );
  });

  it('rounds to the nearest frame, halves up', () => {
    fc.assert(
      fc.property(known, frame, (rate, n) => {
        const half = ticksPerFrame(rate) / 2n;
        expect(nearestFrame(framesToTicks(n, rate) + half, rate)).toBe(n + 1);
        expect(nearestFrame(framesToTicks(n, rate) + half - 1n, rate)).toBe(n);
        expect(nearestFrame(framesToTicks(n, rate) - half, rate)).toBe(n);
      }),
    );
  });

  it('stays exact where doubles drift: a day of 23.976', () => {
    const rate: FrameRate = RATES['23.976'];
    const frames = 2_071_527;
    expect(framesToTicks(frames, rate)).toBe(21_946_966_809_768_000n);
    expect(framesToTicks(24_000, rate)).toBe(TICKS_PER_SECOND * 1001n);
  });

  it('refuses part frames', () => {
    expect(() => framesToTicks(1.5, RATES['24'])).toThrow(TimeError);
    expect(() => framesToTicks(Number.NaN, RATES['24'])).toThrow(TimeError);
  });
});

describe('seconds and milliseconds', () => {
  it('counts seconds for display', () => {
    expect(framesToSeconds(24000, RATES['23.976'])).toBeCloseTo(1001, 9);
    expect(framesToSeconds(0, RATES['25'])).toBe(0);
  });

  it('turns milliseconds into the nearest frames, one at least', () => {
    expect(millisecondsToFrames(1000, RATES['24'])).toBe(24);
    expect(millisecondsToFrames(2000, RATES['23.976'])).toBe(48);
    expect(millisecondsToFrames(1, RATES['24'])).toBe(1);
    expect(millisecondsToFrames(0, RATES['24'], 0)).toBe(0);
    fc.assert(
      fc.property(known, fc.integer({ min: 1, max: 500_000 }), (rate, n) => {
        expect(millisecondsToFrames(framesToSeconds(n, rate) * 1000, rate)).toBe(n);
      }),
    );
  });
});
