/** Which parts of a line drawing are things in front of the background: closed contours with the strokes that make them. */
import { components } from '../raster/components';
import { distanceTo } from '../raster/distance';
import { floorNear, type Stage } from './ground';
import type { RegionFacts, Regions } from './regions';
import { span, type Study } from './study';

/** A thing that moves as one piece. Rows and columns in study pixels, inclusive. */
export interface Figure {
  readonly label: number;
  readonly area: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Row where it meets the ground: its lowest part, single stray pixels left out. */
  readonly foot: number;
  /** True when the frame's lower edge cuts it: it stands nearer than the frame shows. */
  readonly cut: boolean;
}

export interface Figures {
  /** Figure of each pixel, 0 for background. */
  readonly labels: Uint16Array;
  readonly figures: readonly Figure[];
}

/**
 * True for a region that is a thing; walls, floors, panels, skies and open paper are not. A straight-sided one is a thing
 * when it reaches low enough to stand on the floor (a box, a table); a window or a picture on the wall stays with the wall.
 */
export function isThing(f: RegionFacts, s: Study): boolean {
  const { width, height } = s;
  const frame = width * height;
  if (f.area === 0) return false;
  const sides = [f.top, f.bottom, f.left, f.right].filter((n) => n > 0).length;
  const drawn = f.bottom > 0 ? f.straight - f.straightToOpen : f.straight;
  const straight = f.outline > 0 ? drawn / f.outline : 0;
  const spans = f.x1 - f.x0 > 0.92 * width || f.y1 - f.y0 > 0.97 * height;
  if (f.area > 0.45 * frame || f.outline === 0) return false;
  if (f.top > 0.04 * width) return false;
  const box = f.y1 > 0.5 * height && f.area < 0.2 * frame;
  if (sides === 0) return f.area <= 0.3 * frame && (straight < 0.55 || f.area < 0.015 * frame || box);
  if (spans || straight > 0.4) return false;
  if (sides === 1) return f.bottom > 0 ? f.bottom < 0.75 * width : f.area < 0.12 * frame;
  return f.bottom > 0 && f.top === 0 && !(f.left > 0 && f.right > 0) && f.area < 0.35 * frame;
}

/** Joins regions that are things with the strokes around and inside them, stroke by stroke. */
export function findFigures(
  s: Study,
  ink: Uint8Array,
  straight: Uint8Array,
  regions: Regions,
  facts: readonly RegionFacts[],
): Figures {
  const { width, height } = s;
  const thing = facts.map((f, i) => i > 0 && isThing(f, s));
  const solid = new Uint8Array(ink.length);
  for (let i = 0; i < solid.length; i++) {
    solid[i] = (ink[i] && !straight[i]) || thing[regions.labels[i]!] ? 1 : 0;
  }
  claimStraight(s, solid, straight, regions.labels, thing);
  const parts = components(solid, width, height, true);
  const figures = measure(s, parts.labels, parts.count, regions.labels, thing);
  const labels = new Uint16Array(ink.length);
  const kept = new Map<number, Figure>();
  for (const figure of figures) kept.set(figure.label, { ...figure, label: kept.size + 1 });
  for (let i = 0; i < labels.length; i++) labels[i] = kept.get(parts.labels[i]!)?.label ?? 0;
  return { labels, figures: [...kept.values()] };
}

/** A straight stroke that bounds a thing (the edge of a table) is part of the thing. */
function claimStraight(
  s: Study,
  solid: Uint8Array,
  straight: Uint8Array,
  labels: Int32Array,
  thing: readonly boolean[],
): void {
  const inside = new Uint8Array(labels.length);
  for (let i = 0; i < inside.length; i++) inside[i] = thing[labels[i]!] ? 1 : 0;
  const away = distanceTo(inside, s.width, s.height);
  for (let i = 0; i < solid.length; i++) if (straight[i] && away[i]! <= span(s, 4, 2)) solid[i] = 1;
}

interface Draft {
  label: number;
  area: number;
  inside: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  foot: number;
  cut: boolean;
}

/** Sizes every part and keeps those that are things: an inside of their own, or strokes too tall to be hatching. */
function measure(s: Study, labels: Int32Array, count: number, regions: Int32Array, thing: readonly boolean[]): Draft[] {
  const { width, height } = s;
  const drafts = Array.from({ length: count + 1 }, (_, label): Draft => ({
    label, area: 0, inside: 0, x0: width, y0: height, x1: -1, y1: -1, foot: 0, cut: false,
  })); // prettier-ignore
  const bottoms = new Int32Array(count + 1);
  for (let at = 0; at < labels.length; at++) {
    const draft = drafts[labels[at]!]!;
    const x = at % width;
    const y = (at - x) / width;
    draft.area++;
    if (thing[regions[at]!]) draft.inside++;
    if (x < draft.x0) draft.x0 = x;
    if (x > draft.x1) draft.x1 = x;
    if (y < draft.y0) draft.y0 = y;
    draft.y1 = y;
    if (y >= height - 2) bottoms[draft.label]! += 1;
  }
  const tall = 0.07 * height;
  const tiny = 0.0006 * width * height;
  return drafts.slice(1).filter((d) => {
    d.cut = bottoms[d.label]! > 0.01 * width;
    d.foot = d.y1;
    const w = d.x1 - d.x0 + 1;
    const h = d.y1 - d.y0 + 1;
    if (d.inside === 0 && (w > 0.6 * width || h > 0.9 * height)) return false;
    return d.inside >= tiny || (h >= tall && d.area >= tiny / 4 && (w > h / 4 || h > 2 * tall));
  });
}

/** Nearness of a figure from where it touches the ground; one cut by the frame stands nearer than the frame shows. */
export function figureNear(f: Figure, stage: Stage, s: Study): number {
  const centre = Math.min(s.width - 1, Math.max(0, Math.round((f.x0 + f.x1) / 2)));
  if (f.cut) {
    const share = Math.min(1, (f.x1 - f.x0 + 1) / s.width);
    return Math.min(1, floorNear(s.height, stage.horizon, s.height) + 0.08 + 0.2 * share);
  }
  return floorNear(Math.max(f.foot, stage.base[centre]!), stage.horizon, s.height);
}
