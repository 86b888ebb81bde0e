/** The time a take is looked at: no more than passed, none of it idle, asleep or behind another window. */
import fc from 'fast-check';
import { Looking } from '../../companion-app/ui/pages/review/looking';

/** Looks once a second for so long; `at` says what is so in each second. */
function looked(
  seconds: number,
  at: (second: number) => { inFront?: boolean; playing?: boolean; hand?: boolean },
): number {
  const looking = new Looking(0);
  for (let second = 1; second <= seconds; second += 1) {
    const { inFront = true, playing = false, hand = false } = at(second);
    if (hand) looking.sign(1000 * second);
    looking.look(1000 * second, { inFront, playing });
  }
  return looking.owed;
}

test('who goes away is counted for less than a minute, who plays or uses it for all of it', () => {
  expect(looked(600, () => ({}))).toBe(44);
  expect(looked(600, () => ({ playing: true }))).toBe(600);
  expect(looked(600, (second) => ({ hand: second % 30 === 0 }))).toBe(600);
  expect(looked(100, (second) => ({ hand: second === 80 }))).toBe(44 + 21);
});

test('two tabs, of which one has the focus, are counted once', () => {
  const which = fc.array(fc.boolean(), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(which, (first) => {
      const tab = (mine: boolean): number =>
        looked(first.length, (second) => ({ playing: true, inFront: first[second - 1] === mine }));
      expect(tab(true) + tab(false)).toBe(first.length);
    }),
  );
});

test('a machine that slept was not looked at, a clock that stands still adds nothing', () => {
  const looking = new Looking(0);
  looking.look(3_600_000, { inFront: true, playing: true });
  expect(looking.owed).toBe(2);
  looking.look(3_600_000, { inFront: true, playing: true });
  looking.look(3_500_000, { inFront: true, playing: true });
  expect(looking.owed).toBe(2);
});

test('what could not be told is owed again, with what came meanwhile', () => {
  const looking = new Looking(0);
  looking.look(1000, { inFront: true, playing: true });
  const told = looking.take();
  looking.look(2000, { inFront: true, playing: true });
  looking.giveBack(told);
  expect([told, looking.owed, looking.take(), looking.owed]).toEqual([1, 2, 2, 0]);
});
