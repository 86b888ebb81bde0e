import fc from 'fast-check';
import { predict, queueRemaining, remaining, type Timing, type WorkSize } from '../../companion-app/queue/estimate';

const work = (frames: number, width = 1920): WorkSize => ({
  engine: 'parallax',
  quality: 'full',
  pixels: width * 1080,
  frames,
  boards: 1,
});
const run = (frames: number, seconds: number, parts: Partial<Timing> = {}): Timing => ({
  ...work(frames),
  requested: 'auto',
  device: 'cpu',
  seconds,
  ...parts,
});

describe('a prediction', () => {
  it('says nothing before a comparable run was measured', () => {
    expect(predict(work(24), [])).toBeNull();
    expect(predict(work(24), [run(24, 5, { engine: 'diffusion' })])).toBeNull();
    expect(predict(work(24), [run(24, 5, { quality: 'preview' })])).toBeNull();
  });

  it('goes by size and length, and by the device that was used last', () => {
    expect(predict(work(48), [run(24, 5)])!.likely).toBeCloseTo(10);
    expect(predict(work(24, 3840), [run(24, 5)])!.likely).toBeCloseTo(10);
    expect(predict(work(24), [run(24, 1, { device: 'webgpu' }), run(24, 5), run(24, 5)])!.likely).toBeCloseTo(1);
  });

  it('knows an engine by what was asked for and by what did the work', () => {
    expect(predict({ ...work(24), engine: 'auto' }, [run(24, 5)])).not.toBeNull();
    expect(predict({ ...work(24), engine: 'parallax' }, [run(24, 5)])).not.toBeNull();
  });

  it('does not take one kind of shot for another where "auto" gives them to different engines', () => {
    const timings = [run(24, 100, { boards: 2, engine: 'inbetween' }), run(24, 5)];
    expect(predict({ ...work(24), engine: 'auto', boards: 2 }, timings)!.likely).toBeCloseTo(100);
    expect(predict({ ...work(24), engine: 'auto', boards: 1 }, timings)!.likely).toBeCloseTo(5);
    expect(predict({ ...work(24), engine: 'auto', boards: 2 }, [run(24, 5)])).toBeNull();
  });

  it('learns a machine of any speed and any start-up time', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (fixed, slope) => {
          const seconds = (frames: number): number => fixed + slope * frames * 1.92 * 1.08;
          const timings = [12, 240, 48, 96, 31, 150].map((frames) => run(frames, seconds(frames)));
          const told = predict(work(72), timings)!;
          expect(told.likely).toBeCloseTo(seconds(72), 3);
          expect(told.low).toBeLessThan(told.likely);
          expect(told.high).toBeGreaterThan(told.likely);
        },
      ),
    );
  });

  it('is a narrow range when runs agree and a wide one when they do not or are few', () => {
    const width = (timings: Timing[]): number => {
      const told = predict(work(24), timings)!;
      return told.high / told.low;
    };
    const steady = Array.from({ length: 12 }, () => run(24, 5));
    const wild = Array.from({ length: 12 }, (_, n) => run(24, n % 2 ? 2 : 8));
    expect(width(steady)).toBeLessThan(1.3);
    expect(width(wild)).toBeGreaterThan(width(steady));
    expect(width([run(24, 5)])).toBeGreaterThan(width(steady));
  });

  it('is finite and in order whatever was measured', () => {
    const timing = fc.record({
      frames: fc.integer({ min: 1, max: 36_000 }),
      seconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(timing, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 36_000 }),
        (measured, frames) => {
          const told = predict(
            work(frames),
            measured.map((each) => run(each.frames, each.seconds)),
          )!;
          for (const each of [told.low, told.likely, told.high]) expect(Number.isFinite(each)).toBe(true);
          expect(0 <= told.low && told.low <= told.likely && told.likely <= told.high).toBe(true);
        },
      ),
    );
  });
});

describe('the rest of a running job', () => {
  it('is not told before anything was measured', () => {
    expect(remaining(null, { seconds: 3, part: 0 })).toBeNull();
    expect(remaining(null, { seconds: 3, part: 0.01 })).toBeNull();
    expect(remaining(null, { seconds: 3, part: 0.1 })!.likely).toBeCloseTo(27);
  });

  it('follows the pace of the job itself more and more', () => {
    const predicted = { low: 8, likely: 10, high: 12 };
    expect(remaining(predicted, { seconds: 0, part: 0 })!.likely).toBeCloseTo(10);
    const late = remaining(predicted, { seconds: 18, part: 0.9 })!;
    expect(late.likely).toBeGreaterThan(0.9);
    expect(late.likely).toBeLessThan(2.1);
  });

  it('falls to nothing at the end and is never negative, however long it takes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.nat(100),
        (likely, seconds, done) => {
          const left = remaining({ low: likely / 2, likely, high: likely * 2 }, { seconds, part: done / 100 })!;
          expect(left.low).toBeGreaterThanOrEqual(0);
          expect(left.low <= left.likely && left.likely <= left.high).toBe(true);
        },
      ),
    );
    expect(remaining({ low: 8, likely: 10, high: 12 }, { seconds: 10, part: 1 })!.likely).toBeCloseTo(0);
  });
});

describe('the whole queue', () => {
  const now = { low: 1, likely: 2, high: 3 };

  it('is the rest of the running job and all that waits', () => {
    const told = queueRemaining(now, [{ ...work(24), count: 3 }], [run(24, 5)])!;
    expect(told.likely).toBeCloseTo(17);
  });

  it('is not told while a part of it cannot be', () => {
    expect(queueRemaining(null, [], [run(24, 5)])).toBeNull();
    expect(queueRemaining(now, [{ ...work(24), engine: 'diffusion', count: 1 }], [run(24, 5)])).toBeNull();
    expect(queueRemaining(now, [], [])).toEqual(now);
  });
});
