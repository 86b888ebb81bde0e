/** Motion regions of a shot: lassos with a way to go, in parts of the drawing. */
import { LIMITS } from '../../../../../shared/protocol';
import type { MotionRegion, Point, Shot } from '../../../../../shared/shot';
import { areaOf, kept, middleOf } from '../geometry/line';

const MOST_CORNERS = 160;
const MOST_STOPS = 24;
/** Smallest lasso, in parts of the drawing's area: less is a slip of the hand. */
const LEAST_AREA = 0.0004;

export const roomForRegion = (shot: Shot): boolean => (shot.regions ?? []).length < LIMITS.regionsPerShot;

/** The shot with a lasso more, or the same shot where there is no room or no area. */
export function withLasso(shot: Shot, drawn: readonly Point[], name: (n: number) => string): Shot {
  const outline = kept(drawn, MOST_CORNERS);
  if (!roomForRegion(shot) || outline.length < 3 || Math.abs(areaOf(outline)) < LEAST_AREA) return shot;
  const regions = shot.regions ?? [];
  const n = [1, 2, 3, 4, 5, 6, 7].find((k) => !regions.some(({ id }) => id === `region-${k}`)) ?? 7;
  const still = { x: 0, y: 0 };
  const region: MotionRegion = {
    ...{ id: `region-${n}`, name: name(n), outline, path: [still, still] },
    ...{ from: 0, to: Math.max(1, shot.frames), ease: 'ease-in-out' },
  };
  return { ...shot, regions: [...regions, region] };
}

/** The region's way as drawn over the drawing, from wherever it was begun. */
export function withPath(shot: Shot, id: string, drawn: readonly Point[]): Shot {
  const [start] = drawn;
  if (!start || drawn.length < 2) return shot;
  const path = kept(drawn, MOST_STOPS).map(({ x, y }) => ({ x: off(x - start.x), y: off(y - start.y) }));
  return changed(shot, id, { path });
}

/** The region going straight to a place, relative to where it is drawn. */
export const withEnd = (shot: Shot, id: string, end: Point): Shot =>
  changed(shot, id, {
    path: [
      { x: 0, y: 0 },
      { x: off(end.x), y: off(end.y) },
    ],
  });

export const changed = (shot: Shot, id: string, change: Partial<MotionRegion>): Shot => ({
  ...shot,
  regions: (shot.regions ?? []).map((region) => (region.id === id ? { ...region, ...change } : region)),
});

/** The outline carried to another place of the drawing. */
export const carried = (shot: Shot, { id, outline }: MotionRegion, by: Point): Shot =>
  changed(shot, id, { outline: outline.map(({ x, y }) => ({ x: off(x + by.x), y: off(y + by.y) })) });

export function without({ regions = [], ...shot }: Shot, id: string): Shot {
  const rest = regions.filter((region) => region.id !== id);
  return rest.length > 0 ? { ...shot, regions: rest } : shot;
}

/** The way as it lies on the drawing, from the region's middle. */
export function wayOf({ outline, path }: MotionRegion): readonly Point[] {
  const middle = middleOf(outline);
  return path.map(({ x, y }) => ({ x: middle.x + x, y: middle.y + y }));
}

const off = (value: number): number => Number(Math.min(10, Math.max(-10, value)).toFixed(4)) + 0;
