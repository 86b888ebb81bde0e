/** OpenTimelineIO JSON, every schema version that names its fields alike (Clip.1 and Clip.2, Sequence.1 and Track.1, …). */
import { z } from 'zod';
import { canDrop, frameRate, type FrameRate } from '../../../../../shared/shot';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import { ClipBudget } from '../budget';
import { USUAL_SIZE, type UnresolvedTimeline } from '../model';
import { rateOf } from '../rates';
import { kindOf, nodeOf, type OtioNode } from './schema';
import { framesOf } from './time';
import { readStack } from './tracks';
import { markersOf } from './words';

const zOurs = z.object({
  width: z.number().int().min(2).max(16_384),
  height: z.number().int().min(2).max(16_384),
  dropFrame: z.boolean().catch(false),
});
const zDisplayFormat = z.object({ fcp_xml: z.object({ timecode: z.object({ displayformat: z.string() }) }) });

/** The timeline in the file: itself, or the first in a collection. */
function timelineIn(value: unknown, warnings: Warnings): OtioNode | null {
  const node = nodeOf(value);
  if (node === null) return null;
  if (['Timeline', 'Stack', 'Track', 'Sequence', 'Clip'].includes(kindOf(node))) return node;
  if (!['SerializableCollection', 'SerializeableCollection'].includes(kindOf(node))) return null;
  const inside = node.children.flatMap((child) => nodeOf(child) ?? []);
  const timelines = inside.filter((child) => kindOf(child) === 'Timeline');
  if (timelines.length > 1)
    warnings.add(`It holds ${timelines.length} timelines; "${timelines[0]?.name ?? ''}" was read.`);
  return timelines[0] ?? inside[0] ?? null;
}

/** What clips may be counted in besides frames: samples of sound, whole seconds, ticks. */
const isFrameRate = (rate: number): boolean => rate >= 6 && rate <= 240;

/** The frame rate most clips are counted in, weighed by their number. */
function commonRate(node: OtioNode): FrameRate | null {
  const counts = new Map<number, number>();
  const open: { node: OtioNode; depth: number }[] = [{ node, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const rate = next.node.source_range?.duration.rate;
    if (rate !== undefined && isFrameRate(rate)) counts.set(rate, (counts.get(rate) ?? 0) + 1);
    if (next.depth > 32) continue;
    for (const child of next.node.children) {
      const inner = nodeOf(child);
      if (inner) open.push({ node: inner, depth: next.depth + 1 });
    }
  }
  const best = [...counts.entries()].sort((a, b) => b[1] - a[1])[0];
  return rateOf(best?.[0]);
}

/** The rate of the timeline's own clock where that counts frames. */
function clockRate(root: OtioNode): FrameRate | null {
  const rate = root.global_start_time?.rate;
  return rate !== undefined && isFrameRate(rate) ? rateOf(rate) : null;
}

/** Reads the timeline of an OTIO file. Throws FormatFault for anything else. */
export function readOtio(data: unknown, warnings: Warnings): UnresolvedTimeline {
  const root = timelineIn(data, warnings);
  if (root === null) throw new FormatFault('there is no OTIO timeline in it');
  const stack = kindOf(root) === 'Timeline' ? nodeOf(root.tracks) : root;
  if (stack === null) throw new FormatFault('its timeline has no tracks');
  const stated = clockRate(root) ?? commonRate(stack);
  const rate = stated ?? frameRate(24);
  const ours = zOurs.safeParse(root.metadata.inbetween);
  const format = zDisplayFormat.safeParse(root.metadata);
  const drop = ours.success
    ? ours.data.dropFrame
    : format.success && format.data.fcp_xml.timecode.displayformat.toUpperCase() === 'DF';
  return {
    name: root.name || stack.name || 'Untitled',
    rate,
    dropFrame: drop && canDrop(rate),
    size: ours.success ? { width: ours.data.width, height: ours.data.height } : USUAL_SIZE,
    startFrame: root.global_start_time ? framesOf(root.global_start_time, rate) : 0,
    tracks: readStack(stack, rate, warnings, new ClipBudget()),
    markers: [...markersOf(stack, 0, rate), ...(root === stack ? [] : markersOf(root, 0, rate))],
    stated: { rate: stated !== null, size: ours.success },
    warnings: [],
  };
}
