import fc from 'fast-check';
import { assertEncodable, clipSize, CODECS, type Codec } from '../../companion-app/media';
import { withinPixels } from '../../companion-app/media/board/fit';
import { sampleAt } from '../../companion-app/media/sound-mix';
import { timescale } from '../../companion-app/media/video-options';
import { RATES } from '../../shared/shot';

const side = fc.integer({ min: 1, max: 20_000 });
const rates = fc.constantFrom(...Object.values(RATES));

describe('sizes', () => {
  it('of clips are even, never larger than asked but for the least of two', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const made = clipSize({ width, height });
        expect([made.width % 2, made.height % 2]).toEqual([0, 0]);
        expect(made.width).toBe(Math.max(2, width - (width % 2)));
        expect(made.height).toBe(Math.max(2, height - (height % 2)));
      }),
    );
  });

  it('are scaled down to what memory allows, keeping their shape', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 10_000, max: 50_000_000 }), (width, height, pixels) => {
        const made = withinPixels({ width, height }, pixels);
        if (width * height <= pixels) expect(made).toEqual({ width, height });
        else {
          expect(made.width * made.height).toBeLessThanOrEqual(Math.max(pixels, Math.max(made.width, made.height)));
          expect(Math.abs(made.width - (made.height * width) / height)).toBeLessThanOrEqual(1 + width / height);
        }
      }),
    );
  });

  it.each(Object.keys(CODECS) as Codec[])('that %s cannot hold are refused with a way out', (codec) => {
    const refused = (width: number, height: number): unknown => {
      try {
        assertEncodable(codec, { width, height });
      } catch (error) {
        return error;
      }
      return null;
    };
    expect(refused(1920, 1080)).toBeNull();
    expect(refused(1080, 1920)).toBeNull();
    for (const [width, height] of [
      [1921, 1080],
      [8, 8],
      [9000, 100],
      [8192, 8192],
      [NaN, 100],
    ] as const) {
      expect(refused(width, height)).toMatchObject({ problem: { code: 'shot-invalid' } });
    }
  });
});

describe('time', () => {
  it('units of a clip divide its frames exactly', () => {
    for (const rate of Object.values(RATES)) expect((timescale(rate) * rate.den) % rate.num).toBe(0);
  });

  it('of a sound in samples is exact to the nearest and never drifts', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 10_000_000 }), (rate, frame) => {
        const exact = BigInt(frame) * BigInt(rate.den) * 48_000n;
        const off = BigInt(sampleAt(frame, rate)) * BigInt(rate.num) - exact;
        expect(off * 2n <= BigInt(rate.num) && off * 2n >= -BigInt(rate.num)).toBe(true);
      }),
    );
  });
});
