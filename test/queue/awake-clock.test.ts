import { awakeClock } from '../../companion-app/queue/awake-clock';
import { JobQueue, MemoryStore } from '../../companion-app/queue';
import { handClock, sha, shelfOf, silent, spec, takeOf } from './fixtures/specs';

const HOUR = 3_600_000;

/** A machine whose clock is looked at every two seconds while it is awake. */
function machine() {
  const hand = handClock(0);
  let look = (): void => undefined;
  const gaps: number[] = [];
  const clock = awakeClock(
    hand,
    (_ms, act) => {
      look = act;
      return () => undefined;
    },
    (ms) => gaps.push(ms),
  );
  return {
    clock,
    gaps,
    work: (ms: number): void => {
      for (let at = hand.now() + 2000, end = hand.now() + ms; at <= end; at += 2000) {
        hand.set(at);
        look();
      }
    },
    sleep: (ms: number): void => hand.set(hand.now() + ms),
  };
}

it('counts work, not sleep, and says how long it slept', () => {
  const { clock, gaps, work, sleep } = machine();
  work(60_000);
  sleep(5 * HOUR);
  work(30_000);
  expect(clock.monotonic()).toBe(88_000);
  expect(gaps).toEqual([5 * HOUR + 2000]);
  expect(clock.now()).toBe(5 * HOUR + 90_000);
});

it('learns the working time of a job in whose middle the machine slept for hours', async () => {
  const { clock, work, sleep } = machine();
  const store = new MemoryStore();
  const queue = new JobQueue({ store, shelf: shelfOf(new Map([[sha('board'), '/b']])), clock, log: silent });
  await queue.submit([spec(1), spec(2)]);
  const began = clock.monotonic();
  const lease = queue.lease()!;
  work(20_000);
  sleep(7 * HOUR);
  work(22_000);
  const told: number[] = [];
  queue.subscribe({ progress: (progress) => told.push(progress.secondsLeft?.likely ?? NaN) });
  queue.progress(lease, { done: 1, of: 2, stage: 'frames' });
  queue.finish(lease, takeOf(spec(1)), (clock.monotonic() - began) / 1000);
  expect(told[0]).toBeCloseTo(40, 0);
  expect(store.timings(1)[0]?.seconds).toBeCloseTo(40, 0);
});
