import * as fc from 'fast-check';
import {
  canDrop,
  formatTimecode,
  nominalRate,
  parseTimecode,
  RATES,
  TimeError,
  type FrameRate,
} from '../../../shared/shot';

const all = Object.values(RATES);
const two = (n: number): string => String(n).padStart(2, '0');

/** Drop-frame counted second by second, leaving out the numbers ST 12-1 leaves out: text and frame of each second's ends. */
function* secondsOfADay(fps: 30 | 60): Generator<readonly [text: string, frame: number]> {
  const skipped = fps / 15;
  let frame = 0;
  for (let h = 0; h < 24; h++) {
    for (let m = 0; m < 60; m++) {
      for (let s = 0; s < 60; s++) {
        const first = s === 0 && m % 10 !== 0 ? skipped : 0;
        yield [`${two(h)}:${two(m)}:${two(s)};${two(first)}`, frame];
        frame += fps - first;
        yield [`${two(h)}:${two(m)}:${two(s)};${two(fps - 1)}`, frame - 1];
      }
    }
  }
}

describe('drop-frame timecode', () => {
  it.each([
    [RATES['29.97'], 30, 2_589_408],
    [RATES['59.94'], 60, 5_178_816],
  ] as const)('agrees with counting through a day at %j', (rate, fps, length) => {
    const wrong: unknown[] = [];
    let last = 0;
    for (const [text, frame] of secondsOfADay(fps)) {
      if (formatTimecode(frame, rate, true) !== text || parseTimecode(text, rate) !== frame) wrong.push([text, frame]);
      last = frame;
    }
    expect(wrong).toEqual([]);
    expect(last).toBe(length - 1);
    expect(formatTimecode(length, rate, true)).toBe('00:00:00;00');
  });

  it.each([
    ['00:00:59;29', 1799],
    ['00:01:00;02', 1800],
    ['00:09:59;29', 17_981],
    ['00:10:00;00', 17_982],
    ['01:00:00;00', 107_892],
    ['23:59:59;29', 2_589_407],
  ])('%s is frame %i at 29.97', (text, frame) => {
    expect(parseTimecode(text, RATES['29.97'])).toBe(frame);
    expect(formatTimecode(frame, RATES['29.97'], true)).toBe(text);
  });

  it('refuses numbers that drop-frame skips', () => {
    for (const text of ['00:01:00;00', '00:01:00;01', '12:59:00;01'])
      expect(() => parseTimecode(text, RATES['29.97'])).toThrow(TimeError);
    for (const text of ['00:01:00;03', '10:31:00;00'])
      expect(() => parseTimecode(text, RATES['59.94'])).toThrow(TimeError);
    expect(parseTimecode('00:01:00:00', RATES['29.97'])).toBe(1800);
    expect(parseTimecode('00:01:00;00', RATES['29.97'], false)).toBe(1800);
  });

  it('exists only for 29.97 and 59.94', () => {
    expect(all.filter(canDrop)).toEqual([RATES['29.97'], RATES['59.94']]);
    expect(() => formatTimecode(1, RATES['24'], true)).toThrow(TimeError);
    expect(() => parseTimecode('00:00:01:00', RATES['25'], true)).toThrow(TimeError);
  });
});

describe('non-drop timecode', () => {
  it.each([
    [RATES['24'], '01:00:00:00', 86_400],
    [RATES['23.976'], '01:00:00:00', 86_400],
    [RATES['25'], '10:11:12:13', 916_813],
    [RATES['30'], '23:59:59:29', 2_591_999],
    [RATES['29.97'], '00:01:00:00', 1800],
    [RATES['50'], '00:00:01:49', 99],
    [RATES['60'], '00:00:00:59', 59],
  ] as const)('%j counts %s as frame %i', (rate, text, frame) => {
    expect(parseTimecode(text, rate)).toBe(frame);
    expect(formatTimecode(frame, rate)).toBe(text);
  });
});

describe('timecode both ways', () => {
  const day = (rate: FrameRate, drop: boolean): number => {
    const fps = nominalRate(rate);
    return 86_400 * fps - (drop ? (fps / 15) * 9 * 144 : 0);
  };
  const cases = all.flatMap((rate) =>
    canDrop(rate)
      ? [
          { rate, drop: false },
          { rate, drop: true },
        ]
      : [{ rate, drop: false }],
  );

  it('returns every frame of a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ rate, drop }, part) => {
          const frame = Math.floor(part * day(rate, drop));
          const text = formatTimecode(frame, rate, drop);
          expect(parseTimecode(text, rate, drop)).toBe(frame);
          expect(text).toMatch(drop ? /^\d\d:\d\d:\d\d;\d\d$/ : /^\d\d:\d\d:\d\d:\d\d$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never shows the same number for neighbours, and counts up', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.integer({ min: 0, max: 2_000_000 }), ({ rate, drop }, frame) => {
        expect(formatTimecode(frame, rate, drop) < formatTimecode(frame + 1, rate, drop)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes frames before zero with a minus and wraps after a day', () => {
    expect(formatTimecode(-25, RATES['24'])).toBe('-00:00:01:01');
    expect(parseTimecode('-00:00:01:01', RATES['24'])).toBe(-25);
    expect(formatTimecode(86_400 * 24 + 1, RATES['24'])).toBe('00:00:00:01');
  });

  it.each([
    '',
    '1:2:3:4',
    '00:00:00',
    '00:60:00:00',
    '00:00:60:00',
    '00:00:00:24',
    '00:00:00:-1',
    'aa:bb:cc:dd',
    '00:00:00:00:00',
    '00 00 00 00',
  ])('refuses "%s"', (text) => {
    expect(() => parseTimecode(text, RATES['24'])).toThrow(TimeError);
  });

  it('refuses part frames', () => {
    expect(() => formatTimecode(0.5, RATES['24'])).toThrow(TimeError);
  });
});
