/** Which parts of a line drawing are things in front of the background: closed contours with the strokes that make them. */
import { components, growLabels } from '../raster/components';
import { distanceTo } from '../raster/distance';
import { dilate } from '../raster/morphology';
import { floorNear, type Stage } from './ground';
import { isThing } from './judge';
import { cellsOf, regionFacts, type Regions } from './regions';
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

/** Joins regions that are things with the strokes around and inside them, stroke by stroke. */
export function findFigures(s: Study, ink: Uint8Array, lines: Uint8Array, regions: Regions, stage: Stage): Figures {
  const { width, height } = s;
  const cells = cellsOf(s, regions);
  const facts = regionFacts(s, regions, cells, lines);
  const thing = facts.map((f, i) => i > 0 && isThing(i, f, cells, stage, s));
  const terrain = terrainStrokes(s, ink, cells, thing);
  const straight = structure(s, lines, cells, thing);
  const solid = new Uint8Array(ink.length);
  for (let i = 0; i < solid.length; i++) {
    solid[i] = (ink[i] && !straight[i] && !terrain[i]) || thing[regions.labels[i]!] ? 1 : 0;
  }
  claimStraight(s, solid, straight, regions.labels, thing);
  const parts = components(dilate(solid, width, height, span(s, 2, 0)), width, height, true);
  for (let i = 0; i < solid.length; i++) if (!solid[i]) parts.labels[i] = 0;
  const figures = measure(s, parts.labels, parts.count, regions.labels, thing);
  const labels = new Uint16Array(ink.length);
  const kept = new Map<number, Figure>();
  for (const figure of figures) kept.set(figure.label, { ...figure, label: kept.size + 1 });
  for (let i = 0; i < labels.length; i++) labels[i] = kept.get(parts.labels[i]!)?.label ?? 0;
  for (let round = 0; round < 2; round++) claimCrumbs(s, labels, ink, straight, terrain);
  return { labels, figures: [...kept.values()] };
}

/**
 * The straight strokes that bound some part of the stage. One with the same open paper on both sides is a limb or a prop
 * unless it is very long.
 */
function structure(s: Study, lines: Uint8Array, cells: Int32Array, thing: readonly boolean[]): Uint8Array {
  const { width, height } = s;
  const parts = components(lines, width, height, true);
  const bounds = new Int32Array(parts.count + 1);
  const reach = span(s, 4, 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const part = parts.labels[y * width + x]!;
      if (part === 0) continue;
      const left = cells[y * width + Math.max(0, x - reach)]!;
      const right = cells[y * width + Math.min(width - 1, x + reach)]!;
      const up = cells[Math.max(0, y - reach) * width + x]!;
      const down = cells[Math.min(height - 1, y + reach) * width + x]!;
      if ((left !== right && !(thing[left] && thing[right])) || (up !== down && !(thing[up] && thing[down])))
        bounds[part]!++;
    }
  }
  const long = span(s, 380);
  return lines.map((v, i) => {
    const part = parts.labels[i]!;
    return v && (bounds[part]! > 0.3 * parts.area[part]! || parts.area[part]! > long) ? 1 : 0;
  });
}

/** Strokes between two parts of the stage: a ridge, a horizon, the edge of a road. A limb has the same paper on both sides. */
function terrainStrokes(s: Study, ink: Uint8Array, cells: Int32Array, thing: readonly boolean[]): Uint8Array {
  const { width, height } = s;
  const line = new Uint8Array(ink.length);
  for (let at = 0; at < line.length; at++) {
    if (!ink[at] || thing[cells[at]!]) continue;
    const x = at % width;
    const right = x + 1 < width ? at + 1 : at;
    const below = at + width < line.length ? at + width : at;
    for (const next of [right, below]) {
      if (cells[next] !== cells[at] && !thing[cells[next]!]) line[at] = 1;
    }
  }
  const wide = dilate(line, width, height, span(s, 3));
  for (let at = 0; at < wide.length; at++) if (!ink[at]) wide[at] = 0;
  return wide;
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

/** Short strokes close beside a thing (fingers, ruffled hair, a second line) go with it. */
function claimCrumbs(s: Study, labels: Uint16Array, ink: Uint8Array, straight: Uint8Array, terrain: Uint8Array): void {
  const { width, height } = s;
  const reached = Int32Array.from(labels);
  growLabels(reached, undefined, width, height, span(s, 7, 2));
  const left = new Uint8Array(labels.length);
  for (let i = 0; i < left.length; i++) left[i] = ink[i] && !labels[i] && !straight[i] && !terrain[i] ? 1 : 0;
  const crumbs = components(left, width, height, true);
  const owner = new Int32Array(crumbs.count + 1);
  for (let i = 0; i < left.length; i++) if (left[i] && reached[i]) owner[crumbs.labels[i]!] = reached[i]!;
  const most = span(s, 160, 8);
  for (let i = 0; i < left.length; i++) {
    const crumb = crumbs.labels[i]!;
    if (crumb > 0 && crumbs.area[crumb]! <= most && owner[crumb]) labels[i] = owner[crumb]!;
  }
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
