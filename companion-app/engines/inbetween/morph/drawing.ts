/** A board read for matching: its strokes, the directions they face, and the regions they enclose. */
import { distanceTo } from '../../parallax/scene/raster/distance';
import { close } from '../../parallax/scene/raster/morphology';
import { findInk, toneEdges } from '../../parallax/scene/relief/ink';
import { cellsOf } from '../../parallax/scene/relief/regions';
import { study, span, type Study } from '../../parallax/scene/relief/study';
import { regionsOf } from './regions';

/** Directions are told apart in so many steps of a turn. */
export const FACES = 8;
/** A tone step this high (grey levels) bounds a region like a stroke does. */
const TONE_STEP = 18;

/** A picture at the frame's size: 8-bit RGB. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A region of the drawing. Tone is the mean colour of its inside; borders are indexes into the drawing's edges. */
export interface Region {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly tone: readonly [number, number, number];
  /** Pixels on the edges of the frame. */
  readonly rim: number;
  readonly border: readonly number[];
  readonly inside: readonly number[];
}

export interface Drawing {
  readonly study: Study;
  readonly width: number;
  readonly height: number;
  /** Pixels of the study in one of a 640-pixel picture. */
  readonly unit: number;
  /** 1 on strokes and steps of tone. */
  readonly ink: Uint8Array;
  /** Board without its strokes, RGB. */
  readonly tone: Uint8Array;
  /** Region of every free pixel, 0 on ink. */
  readonly regions: Int32Array;
  /** The same with strokes shared out to the nearest region. */
  readonly cells: Int32Array;
  /** By label; index 0 stands for nothing. */
  readonly facts: readonly Region[];
  /** Pixels where ink ends, and the direction (radians) they face. */
  readonly edges: Int32Array;
  readonly facing: Float32Array;
  /** Distance to the nearest edge that faces so, for each of FACES directions, in pixels. */
  readonly near: readonly Float32Array[];
  /** Distance to the nearest ink. */
  readonly toInk: Float32Array;
}

export function readDrawing(picture: Picture): Drawing {
  const s = study(picture);
  const { width, height } = s;
  const found = findInk(s);
  const ink = found.mask.slice();
  const steps = toneEdges(s, found, TONE_STEP);
  for (let i = 0; i < ink.length; i++) if (steps[i]) ink[i] = 1;
  const parts = regionsOf(s, ink);
  const cells = cellsOf(s, parts);
  const { edges, facing } = edgesOf(s, ink);
  return {
    study: s,
    width,
    height,
    unit: s.unit,
    ink,
    tone: toneOf(s),
    regions: parts.labels,
    cells,
    facts: factsOf(s, parts.labels, parts.count, edges),
    edges,
    facing,
    near: faced(edges, facing, width, height),
    toInk: distanceTo(ink, width, height),
  };
}

function toneOf(s: Study): Uint8Array {
  const tone = new Uint8Array(s.rgb.length);
  const plane = new Uint8Array(s.luma.length);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane.length; i++) plane[i] = s.rgb[3 * i + c]!;
    const closed = close(plane, s.width, s.height, span(s, 7, 2));
    for (let i = 0; i < plane.length; i++) tone[3 * i + c] = closed[i]!;
  }
  return tone;
}

function edgesOf(s: Study, ink: Uint8Array): { edges: Int32Array; facing: Float32Array } {
  const { width, height, dark } = s;
  const edges: number[] = [];
  const facing: number[] = [];
  const at = (x: number, y: number): number =>
    dark[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!ink[i]) continue;
      const open =
        (x > 0 && !ink[i - 1]) ||
        (x < width - 1 && !ink[i + 1]) ||
        (y > 0 && !ink[i - width]) ||
        (y < height - 1 && !ink[i + width]);
      if (!open) continue;
      let gx = 0;
      let gy = 0;
      for (let d = -1; d <= 1; d++) {
        const w = d === 0 ? 2 : 1;
        gx += w * (at(x + 1, y + d) - at(x - 1, y + d));
        gy += w * (at(x + d, y + 1) - at(x + d, y - 1));
      }
      edges.push(i);
      facing.push(Math.atan2(gy, gx));
    }
  }
  return { edges: Int32Array.from(edges), facing: Float32Array.from(facing) };
}

/** Steps of a turn that a direction falls on, the two nearest. */
export function faceOf(angle: number): number {
  const turns = (angle / (2 * Math.PI)) * FACES;
  return ((Math.round(turns) % FACES) + FACES) % FACES;
}

function faced(edges: Int32Array, facing: Float32Array, width: number, height: number): Float32Array[] {
  return Array.from({ length: FACES }, (_, face) => {
    const mask = new Uint8Array(width * height);
    edges.forEach((at, i) => {
      const off = Math.abs(
        (((((facing[i]! / (2 * Math.PI)) * FACES - face) % FACES) + FACES * 1.5) % FACES) - FACES / 2,
      );
      if (off <= 1) mask[at] = 1;
    });
    return distanceTo(mask, width, height);
  });
}

const MOST_INSIDE = 120;

function factsOf(s: Study, labels: Int32Array, count: number, edges: Int32Array): Region[] {
  const { width, height, rgb } = s;
  const drafts = Array.from({ length: count + 1 }, () => ({
    area: 0, x: 0, y: 0, r: 0, g: 0, b: 0, rim: 0, border: [] as number[], inside: [] as number[],
  })); // prettier-ignore
  for (let i = 0; i < labels.length; i++) {
    const d = drafts[labels[i]!]!;
    const x = i % width;
    const y = (i - x) / width;
    d.area++;
    d.x += x;
    d.y += y;
    d.r += rgb[3 * i]!;
    d.g += rgb[3 * i + 1]!;
    d.b += rgb[3 * i + 2]!;
    if (x <= 1 || y <= 1 || x >= width - 2 || y >= height - 2) d.rim++;
  }
  const seen = new Int32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const d = drafts[labels[i]!]!;
    const step = Math.max(1, Math.floor(d.area / MOST_INSIDE));
    const k = seen[labels[i]!]!++;
    if (k % step === Math.floor(step / 2)) d.inside.push(i);
  }
  edges.forEach((at, e) => {
    const x = at % width;
    const beside = new Set<number>();
    if (x > 0) beside.add(labels[at - 1]!);
    if (x < width - 1) beside.add(labels[at + 1]!);
    if (at >= width) beside.add(labels[at - width]!);
    if (at + width < labels.length) beside.add(labels[at + width]!);
    for (const label of beside) if (label > 0) drafts[label]!.border.push(e);
  });
  return drafts.map((d) => {
    const n = Math.max(1, d.area);
    return {
      area: d.area, x: d.x / n, y: d.y / n, tone: [d.r / n, d.g / n, d.b / n], rim: d.rim, border: d.border, inside: d.inside,
    }; // prettier-ignore
  });
}

/** Every so manieth of a list, at most `most` of them. */
export function thinned(list: readonly number[], most: number): readonly number[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / most)]!);
}
