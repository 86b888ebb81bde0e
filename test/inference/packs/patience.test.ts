import { patience } from '../../../companion-app/inference/packs';

test('a first run may take what was estimated, later ones some times the slowest so far; a failed one teaches nothing', async () => {
  let now = 0;
  const told: number[] = [];
  const waits = patience(5_000, () => now);
  waits.listen((ms) => told.push(ms));
  const take = (name: string, ms: number) => waits.during(name, async () => void (now += ms));
  await take('unet/10', 1_000);
  await take('unet/10', 400);
  await take('unet/20', 100);
  await waits.during('unet/20', () => Promise.reject(new Error('no'))).catch(() => undefined);
  await take('unet/20', 1);
  expect(told).toEqual([5_000, 36_000, 5_000, 30_600, 30_600]);
  waits.listen(undefined);
  await take('unet/10', 1);
  expect(told).toHaveLength(5);
});
