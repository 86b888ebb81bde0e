/** Where the strokes are, what lies under them, and whether a board is drawn in line at all. */
import { close, gradient } from '../raster/morphology';
import { components } from '../raster/components';
import { span, type Study } from './study';

export interface Ink {
  /** 1 on strokes. */
  readonly mask: Uint8Array;
  /** The board without its strokes: paper, washes, solid blacks (0…255). */
  readonly tone: Uint8Array;
  /** Depth of the strokes: tone minus board (0…255). */
  readonly depth: Uint8Array;
  /** 1 on the strokes that draw the picture: where a board has both dark lines and pale ones (grids, blue pencil under ink), the dark. */
  readonly bold: Uint8Array;
  /** Tone of the paper (0…255). */
  readonly paper: number;
}

/** What a board is drawn in: strokes on paper, full tone, or nothing at all. */
export type BoardKind = 'blank' | 'line' | 'tone';

/** Most frequent tone, the lighter of near ties: paper is what there is most of. */
function commonestTone(tone: Uint8Array): { value: number; share: number } {
  const bins = new Float64Array(64);
  for (const v of tone) bins[v >> 2]! += 1;
  let best = 63;
  let bestShare = -1;
  for (let i = 63; i >= 0; i--) {
    const share = bins[i]! + (bins[i + 1] ?? 0) + (bins[i - 1] ?? 0);
    if (share > bestShare * 1.1) {
      best = i;
      bestShare = share;
    }
  }
  let near = 0;
  for (const v of tone) if (Math.abs(v - (best * 4 + 2)) <= 14) near++;
  return { value: Math.min(255, best * 4 + 2), share: near / tone.length };
}

/** Grain of paper or sensor in grey levels: the median step between neighbours, as a standard deviation. */
function grain(luma: Uint8Array, width: number): number {
  const steps = new Float64Array(256);
  let count = 0;
  for (let i = 1; i < luma.length; i++) {
    if (i % width === 0) continue;
    steps[Math.abs(luma[i]! - luma[i - 1]!)]! += 1;
    count++;
  }
  let seen = 0;
  for (let v = 0; v < 256; v++) {
    seen += steps[v]!;
    if (seen >= count / 2) return v / 0.954;
  }
  return 0;
}

/** Finds strokes: narrow details darker than what surrounds them, weak ends kept where they join a strong part. */
export function findInk(s: Study): Ink {
  const { width, height, dark } = s;
  const tone = close(dark, width, height, span(s, 7, 2));
  const depth = new Uint8Array(dark.length);
  for (let i = 0; i < depth.length; i++) depth[i] = tone[i]! - dark[i]!;
  const noise = grain(s.luma, width);
  const low = Math.max(11, 3.5 * noise);
  const high = Math.max(20, 6 * noise);
  const weak = new Uint8Array(depth.length);
  for (let i = 0; i < weak.length; i++) weak[i] = depth[i]! >= low ? 1 : 0;
  const parts = components(weak, width, height, true);
  const strong = new Uint8Array(parts.count + 1);
  for (let i = 0; i < depth.length; i++) if (depth[i]! >= high) strong[parts.labels[i]!] = 1;
  const mask = new Uint8Array(depth.length);
  for (let i = 0; i < mask.length; i++) mask[i] = weak[i] && strong[parts.labels[i]!] ? 1 : 0;
  return { mask, bold: boldInk(mask, depth), tone, depth, paper: commonestTone(tone).value };
}

/** Drops strokes far paler than the darkest tenth, as long as enough dark ones remain to make a drawing. */
function boldInk(mask: Uint8Array, depth: Uint8Array): Uint8Array {
  const counts = new Float64Array(256);
  let inked = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    counts[depth[i]!]! += 1;
    inked++;
  }
  let peak = 255;
  for (let seen = counts[peak]!; peak > 0 && seen < 0.1 * inked; peak--) seen += counts[peak - 1]!;
  const bold = new Uint8Array(mask.length);
  let kept = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i] || depth[i]! < 0.25 * peak) continue;
    bold[i] = 1;
    kept++;
  }
  return kept > 0.002 * mask.length ? bold : mask;
}

/** Steps of tone (the edge of a solid black, of a flat wash) strong enough to bound a figure: 1 there. */
export function toneEdges(s: Study, ink: Ink, levels: number): Uint8Array {
  const slope = gradient(ink.tone, s.width, s.height);
  const out = new Uint8Array(slope.length);
  for (let i = 0; i < out.length; i++) out[i] = slope[i]! * 2 >= levels ? 1 : 0;
  return out;
}

/** Share of the six commonest tones of 64: flat washes have few tones, shaded and photographic pictures many. */
function fewTones(tone: Uint8Array): number {
  const bins = new Float64Array(64);
  for (const v of tone) bins[v >> 2]! += 1;
  return (
    bins
      .sort()
      .slice(-6)
      .reduce((a, b) => a + b, 0) / tone.length
  );
}

/**
 * Decides how a board is drawn. Line art: light paper (or flat tones) over most of it and thin strokes. A board with
 * hardly any stroke and a single tone is blank.
 */
export function boardKind(ink: Ink): BoardKind {
  let inked = 0;
  for (const v of ink.mask) inked += v;
  const inkShare = inked / ink.mask.length;
  const { value, share } = commonestTone(ink.tone);
  if (share > 0.995 && inkShare < 0.0003) return 'blank';
  if (value >= 150 && share >= 0.4 && inkShare > 0.0003 && inkShare < 0.4) return 'line';
  if (value >= 110 && inkShare > 0.004 && inkShare < 0.3 && fewTones(ink.tone) >= 0.7) return 'line';
  return 'tone';
}
