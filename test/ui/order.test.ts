/** Where a moved job goes: whatever is moved, the order of the others stays, and so does that among the moved ones. */
import fc from 'fast-check';
import type { OrderPlace } from '../../shared/protocol';
import { dropped, nudged } from '../../companion-app/ui/pages/queue/order';

/** What the companion does with a move. */
function moved(waiting: readonly string[], ids: ReadonlySet<string>, to: OrderPlace): string[] {
  const mine = waiting.filter((id) => ids.has(id));
  const rest = waiting.filter((id) => !ids.has(id));
  const at = to === 'front' ? 0 : to === 'back' ? rest.length : rest.indexOf(to.before);
  expect(at).toBeGreaterThanOrEqual(0);
  return [...rest.slice(0, at), ...mine, ...rest.slice(at)];
}

const someOf = fc
  .uniqueArray(fc.integer({ min: 10, max: 99 }).map(String), { minLength: 1, maxLength: 12 })
  .chain((waiting) => fc.tuple(fc.constant(waiting), fc.subarray(waiting, { minLength: 1 })))
  .map(([waiting, ids]) => [waiting, new Set(ids)] as const);

test('one job goes one place up or down, and nowhere at the ends', () => {
  const four = ['a', 'b', 'c', 'd'];
  expect(moved(four, new Set('c'), nudged(four, new Set('c'), 'up') ?? 'back')).toEqual(['a', 'c', 'b', 'd']);
  expect(moved(four, new Set('b'), nudged(four, new Set('b'), 'down') ?? 'front')).toEqual(['a', 'c', 'b', 'd']);
  expect(moved(four, new Set('c'), nudged(four, new Set('c'), 'down') ?? 'front')).toEqual(['a', 'b', 'd', 'c']);
  expect(nudged(four, new Set('a'), 'up')).toBeNull();
  expect(nudged(four, new Set('d'), 'down')).toBeNull();
  expect(nudged(four, new Set('x'), 'up')).toBeNull();
});

test('several jobs go together, past the next one that stays', () => {
  fc.assert(
    fc.property(someOf, fc.constantFrom('up' as const, 'down' as const), ([waiting, ids], by) => {
      const to = nudged(waiting, ids, by);
      if (to === null) return;
      const after = moved(waiting, ids, to);
      expect(after.filter((id) => !ids.has(id))).toEqual(waiting.filter((id) => !ids.has(id)));
      const [before, now] = [waiting, after].map((order) => order.findIndex((id) => ids.has(id)));
      if (by === 'up') expect(now).toBe(before! - 1);
      else expect(after).not.toEqual(waiting);
    }),
  );
});

test('what is dropped lies where it was dropped', () => {
  fc.assert(
    fc.property(someOf, fc.nat(), fc.constantFrom('before' as const, 'after' as const), ([waiting, ids], n, side) => {
      const id = waiting[n % waiting.length]!;
      const to = dropped(waiting, ids, { id, side });
      if (to === null || ids.has(id)) return;
      const after = moved(waiting, ids, to);
      const [target, last] = [after.indexOf(id), after.map((each) => ids.has(each)).lastIndexOf(true)];
      const first = after.findIndex((each) => ids.has(each));
      if (side === 'before') expect(last).toBe(target - 1);
      else expect(first).toBe(target + 1);
    }),
  );
});
