/**
 * What moves when an artist draws a loose loop around something: the thing in it, not the paper around it. A loop goes round
 * what is meant, so of the closed parts of a drawing those inside it move and those it cuts through stay behind.
 */
import { components, growLabels } from '../raster/components';
import type { Reading } from '../relief';
import { toneEdges, type Ink } from '../relief/ink';
import { cellsOf, SKETCHED, trappedBall } from '../relief/regions';
import { span, type Study } from '../relief/study';

/** A part with this share of it inside the loop is meant as a whole. */
const MEANT = 0.75;
/** Things of a painting that take up this share of the loop are what it was drawn around. */
const FILLS = 0.2;
/** Where so little of the loop is drawn on, all of it moves: a cloud of wash, a patch of tone. */
const NOTHING_THERE = 0.03;
/** Of the darkest strokes in the loop: paler ones (floor lines, guides) bound nothing there. */
const BOLD = 0.4;
/** A tone step this high (grey levels) bounds a part like a stroke does. */
const SILHOUETTE = 40;

/** 1 on the pixels of the study that move, within `area` or whole parts reaching out of it. */
export function grasp({ relief, ink, study }: Reading, area: Uint8Array): Uint8Array {
  const inArea = count(area);
  if (relief.kind === 'tone') {
    const things = meant(relief.labels, area);
    things.forEach((v, i) => (things[i] = v && relief.labels[i] ? 1 : 0));
    return count(things) >= FILLS * inArea ? things : area.slice();
  }
  const strokes = boundingStrokes(study, ink, area);
  const taken = Int32Array.from(meant(cellsOf(study, trappedBall(study, strokes, SKETCHED)), area));
  const outline = span(study, 3, 1);
  growLabels(taken, ink.mask, study.width, study.height, outline);
  addStrokes(taken, ink.mask, area, study);
  return count(taken) < NOTHING_THERE * inArea ? area.slice() : Uint8Array.from(taken);
}

/** The labelled parts that lie mostly inside the loop. */
function meant(labels: Int32Array | Uint16Array, area: Uint8Array): Uint8Array {
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  const inside = new Int32Array(most + 1);
  const whole = new Int32Array(most + 1);
  for (let i = 0; i < labels.length; i++) {
    whole[labels[i]!]! += 1;
    inside[labels[i]!]! += area[i]!;
  }
  const out = new Uint8Array(labels.length);
  for (let i = 0; i < out.length; i++) {
    const label = labels[i]!;
    if (inside[label]! > 0 && inside[label]! >= MEANT * whole[label]!) out[i] = 1;
  }
  return out;
}

function boundingStrokes(s: Study, ink: Ink, area: Uint8Array): Uint8Array {
  const depths = ink.depth.filter((_, i) => area[i] && ink.mask[i]).sort();
  const least = BOLD * (depths[Math.floor(0.9 * depths.length)] ?? 0);
  const edges = toneEdges(s, ink, SILHOUETTE);
  return Uint8Array.from(edges, (edge, i) => (edge || (ink.mask[i] && ink.depth[i]! >= least) ? 1 : 0));
}

/** Strokes beside the taken parts (limbs of a stick figure, hair, a cast shadow) come along unless more of them lies outside the loop. */
function addStrokes(taken: Int32Array, ink: Uint8Array, area: Uint8Array, s: Study): void {
  const loose = ink.map((v, i) => (v && !taken[i] ? 1 : 0));
  const parts = components(loose, s.width, s.height, true);
  const inside = new Int32Array(parts.count + 1);
  for (let i = 0; i < area.length; i++) if (area[i]) inside[parts.labels[i]!]! += 1;
  for (let i = 0; i < taken.length; i++) {
    const part = parts.labels[i]!;
    if (part > 0 && inside[part]! >= MEANT * parts.area[part]!) taken[i] = 1;
  }
}

function count(mask: ArrayLike<number> & Iterable<number>): number {
  let n = 0;
  for (const v of mask) n += v;
  return n;
}
