import fc from 'fast-check';
import { MemoryStore } from '../../companion-app/queue';
import { Pace } from '../../companion-app/queue/pace';
import { TimeLeft } from '../../companion-app/queue/time-left';
import { handClock, spec, takeOf } from './fixtures/specs';

/** A run whose frames are made between these two moments, and that ends later. */
function run(pace: Pace, from: number, to: number, end: number): void {
  pace.began();
  for (let n = 0; n <= 100; n += 1) pace.reached(n / 100, from + ((to - from) * n) / 100);
  pace.ended('diffusion', end);
}

it('takes progress for time until an engine has shown otherwise', () => {
  const pace = new Pace();
  for (const part of [0, 0.13, 0.5, 1]) expect(pace.share('diffusion', part)).toBeCloseTo(part);
});

it('knows what comes after the last frame, of the engine that it was seen with', () => {
  const pace = new Pace();
  run(pace, 0, 6, 10);
  expect(pace.share('diffusion', 1)).toBeCloseTo(0.6);
  expect(pace.share('diffusion', 0.5)).toBeCloseTo(0.3);
  expect(pace.share('parallax', 1)).toBeCloseTo(1);
});

it('learns from a run whose last word came before its end', () => {
  const pace = new Pace();
  pace.began();
  for (let n = 0; n <= 96; n += 1) pace.reached(n / 100, n / 20);
  pace.ended('diffusion', 10);
  expect(pace.share('diffusion', 0.95)).toBeCloseTo(0.475);
  expect(pace.share('diffusion', 1)).toBeCloseTo(1);
});

it('lets newer runs count more, and those that told too little not at all', () => {
  const pace = new Pace();
  run(pace, 0, 6, 10);
  run(pace, 0, 8, 10);
  expect(pace.share('diffusion', 1)).toBeCloseTo(0.7);
  pace.began();
  pace.reached(0.4, 1);
  pace.ended('diffusion', 100);
  expect(pace.share('diffusion', 1)).toBeCloseTo(0.7);
});

it('stays between none and all, and never falls while progress grows, whatever was told', () => {
  const moments = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(moments, fc.double({ min: 0, max: 1e4, noNaN: true }), (told, end) => {
      const pace = new Pace();
      pace.began();
      const seconds = [...told].sort((a, b) => a - b);
      seconds.forEach((at, n) => pace.reached((n + 1) / seconds.length, at));
      pace.ended('parallax', end);
      const shares = Array.from({ length: 51 }, (_, n) => pace.share('parallax', n / 50));
      for (const [n, share] of shares.entries()) {
        expect(share >= 0 && share <= 1).toBe(true);
        expect(share).toBeGreaterThanOrEqual((shares[n - 1] ?? 0) - 1e-12);
      }
    }),
  );
});

it('does not learn the pace of a run from the end of another, as they come from a farm', () => {
  const clock = handClock(0);
  const left = new TimeLeft(new MemoryStore(), clock);
  const slow = spec(1);
  const lease = { spec: slow, run: slow, attempt: 1, tries: 0, remarks: [] };
  const told = (done: number) => left.progress(lease, { done, of: 100, stage: 'frames' }, () => []).secondsLeft;
  left.began(slow);
  for (let n = 0; n <= 95; n += 1) {
    clock.set(n * 1000);
    told(n);
  }
  const before = told(95);
  expect(before?.likely).toBeCloseTo(5);
  left.measured(spec(2), takeOf(spec(2)), 10);
  expect(told(95)).toEqual(before);
});
