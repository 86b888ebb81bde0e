/** Lassos, ways, brush strokes and the way back: whatever the hand draws, the shot stays one that can be sent. */
import * as fc from 'fast-check';
import { kept, simplified } from '../../companion-app/ui/pages/editor/geometry/line';
import { begun, done, redone, undone, type History } from '../../companion-app/ui/pages/editor/shot/history';
import { carried, withEnd, withLasso, without, withPath } from '../../companion-app/ui/pages/editor/shot/regions';
import { FIRST_BRUSH, strokesOn, withoutStrokes, withStroke } from '../../companion-app/ui/pages/editor/shot/strokes';
import { LIMITS, zShot } from '../../shared/protocol';
import type { Point, Shot } from '../../shared/shot';

const [first, second] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const empty: Shot = {
  ...{ id: 's1', name: 'SH010', rate: { num: 24, den: 1 }, dropFrame: false, startFrame: 0, frames: 48 },
  ...{ size: { width: 1920, height: 1080 }, fit: 'fill', notes: '' },
  boards: [
    { board: first, at: 0, name: 'a.png' },
    { board: second, at: 24, name: 'b.png' },
  ],
};
const point = fc.record({
  x: fc.double({ min: -2, max: 3, noNaN: true }),
  y: fc.double({ min: -2, max: 3, noNaN: true }),
});
const scribble = fc.array(point, { minLength: 1, maxLength: 400 });
const name = (n: number): string => `Region ${n}`;
const square: Point[] = [
  { x: 0.1, y: 0.1 },
  { x: 0.3, y: 0.1 },
  { x: 0.3, y: 0.3 },
  { x: 0.1, y: 0.3 },
];

test('whatever is circled, led and painted, the shot can be sent', () => {
  fc.assert(
    fc.property(fc.array(scribble, { maxLength: 9 }), scribble, scribble, (lassos, way, paint) => {
      let shot = lassos.reduce((before, lasso) => withLasso(before, lasso, name), empty);
      const regions = shot.regions ?? [];
      expect(regions.length).toBeLessThanOrEqual(LIMITS.regionsPerShot);
      expect(new Set(regions.map(({ id }) => id)).size).toBe(regions.length);
      for (const { id } of regions) shot = withPath(shot, id, way);
      shot = withStroke(shot, 30, paint, FIRST_BRUSH);
      expect(zShot.safeParse(shot).error).toBeUndefined();
      expect(strokesOn(shot, 24)).toHaveLength(1);
      expect(strokesOn(shot, 23)).toHaveLength(0);
      for (const { path } of way.length > 1 ? (shot.regions ?? []) : []) expect(path[0]).toEqual({ x: 0, y: 0 });
    }),
  );
});

test('a line made shorter stays where it was drawn and keeps its ends', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 200 }), (line) => {
      const short = simplified(line, 0.05);
      expect(short[0]).toEqual(line[0]);
      expect(short.at(-1)).toEqual(line.at(-1));
      for (const p of line)
        expect(Math.min(...short.slice(1).map((to, i) => away(p, short[i] ?? to, to)))).toBeLessThanOrEqual(
          0.05 + 1e-9,
        );
      expect(kept(line, 12).length).toBeLessThanOrEqual(12);
    }),
  );
});

function away(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

test('a slip of the hand is no region; a seventh is refused; ways, ends, places and removal', () => {
  expect(
    withLasso(
      empty,
      [
        { x: 0.5, y: 0.5 },
        { x: 0.5001, y: 0.5 },
        { x: 0.5, y: 0.5001 },
      ],
      name,
    ),
  ).toBe(empty);
  let shot = empty;
  for (let i = 0; i < 7; i++) shot = withLasso(shot, square, name);
  expect(shot.regions?.map((region) => region.name)).toEqual([1, 2, 3, 4, 5, 6].map(name));
  shot = withLasso(without(shot, 'region-3'), square, name);
  expect(shot.regions?.at(-1)?.id).toBe('region-3');
  shot = withEnd(shot, 'region-1', { x: 0.2, y: -0.1 });
  expect(shot.regions?.[0]?.path).toEqual([
    { x: 0, y: 0 },
    { x: 0.2, y: -0.1 },
  ]);
  const [region] = shot.regions ?? [];
  if (!region) throw new Error('no region');
  expect(carried(shot, region, { x: 0.1, y: 0 }).regions?.[0]?.outline[0]?.x).toBeCloseTo(
    (region.outline[0]?.x ?? 9) + 0.1,
    4,
  );
  const gone = (shot.regions ?? []).reduce((before, { id }) => without(before, id), shot);
  expect('regions' in gone).toBe(false);
});

test('strokes have their board, a limit, and go all at once', () => {
  let shot = withStroke(empty, 0, [{ x: 0.5, y: 0.5 }], { ...FIRST_BRUSH, way: 'farther' });
  expect(shot.reliefEdits?.[0]).toEqual({ board: first, points: [{ x: 0.5, y: 0.5 }], radius: 0.06, amount: -0.3 });
  shot = withStroke(shot, 40, [{ x: 0.5, y: 0.5 }], FIRST_BRUSH);
  expect(withoutStrokes(shot, 0).reliefEdits?.map(({ board }) => board)).toEqual([second]);
  expect('reliefEdits' in withoutStrokes(withoutStrokes(shot, 0), 40)).toBe(false);
  for (let i = 0; i < LIMITS.reliefStrokesPerShot + 5; i++) shot = withStroke(shot, 0, square, FIRST_BRUSH);
  expect(shot.reliefEdits).toHaveLength(LIMITS.reliefStrokesPerShot);
});

test('every step can be taken back and made again; steps of one kind in a row are one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 30 }), (values) => {
      const steps: History<number>[] = [begun(NaN)];
      for (const value of values) steps.push(done(steps.at(-1) ?? begun(NaN), value));
      let now = steps.at(-1) ?? begun(NaN);
      const last = now.now;
      const back = [];
      while (now.past.length > 0) back.push((now = undone(now)).now);
      expect(undone(now)).toEqual(now);
      while (now.future.length > 0) now = redone(now);
      expect(now.now).toBe(last);
      expect(back.length).toBeLessThanOrEqual(values.length);
    }),
  );
  const typed = ['p', 'pa', 'pan'].reduce((before, text) => done(before, text, 'note'), begun(''));
  expect(undone(typed).now).toBe('');
  expect(done(undone(typed), 'x', 'note').future).toEqual([]);
});
