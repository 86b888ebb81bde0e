/**
 * What moves when an artist draws a loose loop around something: the thing in it, not the paper around it. Whole things
 * stay whole, strokes that only pass through stay behind.
 */
import { components } from '../raster/components';
import { distanceTo } from '../raster/distance';
import type { Reading } from '../relief';
import { span } from '../relief/study';

/** A thing with this share of it inside the loop is meant as a whole. */
const MEANT = 0.6;
/** Things that take up this share of the loop are what it was drawn around. */
const FILLS = 0.2;
/** Where so little of the loop is drawn on, all of it moves: a cloud of wash, a patch of tone. */
const NOTHING_THERE = 0.03;
/** Where strokes hold nearly all of the loop they are hatching, not an outline. */
const HATCHED = 0.85;

/** 1 on the pixels of the study that move, within `area` or whole things reaching out of it. */
export function grasp({ relief, ink, study: s }: Reading, area: Uint8Array): Uint8Array {
  const inArea = count(area);
  const things = thingsIn(relief.labels, area);
  const taken = count(things);
  if (relief.kind === 'tone') return taken >= FILLS * inArea ? things : area.slice();
  const held = enclosed(s.width, s.height, area, strokesIn(ink.mask, relief.labels, area, s), span(s, 5, 2));
  if (taken >= FILLS * inArea && count(held) > HATCHED * inArea) return things;
  for (let i = 0; i < held.length; i++) held[i] = things[i] === 1 || (held[i] === 1 && relief.labels[i] === 0) ? 1 : 0;
  return count(held) < NOTHING_THERE * inArea ? area.slice() : held;
}

/** The things meant as a whole; where those are the lesser part of what is drawn there, the parts of things inside the loop. */
function thingsIn(labels: Uint16Array, area: Uint8Array): Uint8Array {
  const most = labels.reduce((a, b) => Math.max(a, b), 0);
  const inside = new Int32Array(most + 1);
  const whole = new Int32Array(most + 1);
  for (let i = 0; i < labels.length; i++) {
    whole[labels[i]!]! += 1;
    inside[labels[i]!]! += area[i]!;
  }
  const meant = Uint8Array.from(whole, (n, label) => (label > 0 && n > 0 && inside[label]! >= MEANT * n ? 1 : 0));
  const parts = inside.reduce((sum, n, label) => sum + (label > 0 && !meant[label] ? n : 0), 0);
  const wholes = inside.reduce((sum, n, label) => sum + (meant[label] ? n : 0), 0);
  return Uint8Array.from(labels, (label, i) => {
    if (meant[label]) return 1;
    return label > 0 && parts > wholes && area[i] ? 1 : 0;
  });
}

/** Strokes inside the loop; those of which more lies outside pass through. Strokes of things are judged with the things. */
function strokesIn(
  ink: Uint8Array,
  labels: Uint16Array,
  area: Uint8Array,
  s: { width: number; height: number },
): Uint8Array {
  const loose = ink.map((v, i) => (v && labels[i] === 0 ? 1 : 0));
  const parts = components(loose, s.width, s.height, true);
  const inside = new Int32Array(parts.count + 1);
  for (let i = 0; i < area.length; i++) if (area[i]) inside[parts.labels[i]!]! += 1;
  return loose.map((v, i) => {
    const part = parts.labels[i]!;
    return v && area[i] && 2 * inside[part]! >= parts.area[part]! ? 1 : 0;
  });
}

/** What a ball of `radius` rolled in from outside the loop cannot reach without crossing a stroke. */
function enclosed(width: number, height: number, area: Uint8Array, strokes: Uint8Array, radius: number): Uint8Array {
  const room = distanceTo(strokes, width, height);
  const centres = Uint8Array.from(room, (d) => (d > radius ? 1 : 0));
  const spaces = components(centres, width, height, false);
  const open = new Uint8Array(spaces.count + 1);
  for (let i = 0; i < area.length; i++) if (!area[i]) open[spaces.labels[i]!] = 1;
  open[0] = 0;
  const reached = Uint8Array.from(spaces.labels, (label) => open[label]!);
  const away = distanceTo(reached, width, height);
  return Uint8Array.from(area, (v, i) => (v && away[i]! > radius ? 1 : 0));
}

function count(mask: Uint8Array): number {
  let n = 0;
  for (const v of mask) n += v;
  return n;
}
