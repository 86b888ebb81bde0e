import { processorHours, toldHours } from '../../../../companion-app/engines/diffusion/memory/processor-time';

const SVD = { family: 'svd', bytes: 6.1e9, pixels: 1024 * 576, frames: 14, steps: 25, cores: 8 } as const;

test('a real model on a processor is a matter of hours, more cores make it fewer, a tiny pack is none of it', () => {
  const hours = processorHours(SVD);
  expect(hours).toBeGreaterThan(1);
  expect(hours).toBeLessThan(48);
  expect(processorHours({ ...SVD, cores: 16 })).toBeCloseTo(hours / 2);
  expect(processorHours({ ...SVD, frames: 28 })).toBeCloseTo(hours * 2);
  expect(toldHours(processorHours({ ...SVD, bytes: 20_000 }))).toBeUndefined();
});

test.each([
  [1, /about an hour/],
  [30.4, /about 30 hours/],
  [240, /about 10 days/],
])('%d hours are told', (hours, words) => expect(toldHours(hours)).toMatch(words));
