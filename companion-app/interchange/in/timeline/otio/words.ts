/** Comments that OTIO and its adapters keep about a clip. */
import { z } from 'zod';
import type { TimelineMarker } from '../../../timeline';
import type { FrameRate } from '../../../../../shared/shot';
import type { Words } from '../model';
import { mergeWords, sortWords } from '../words';
import { zMarker, type OtioNode } from './schema';
import { spanOf } from './time';

const zText = z.string().catch('');
const zWordsBag = z
  .object({
    notes: zText,
    note: zText,
    comment: zText,
    comments: z.unknown().optional(),
    description: zText,
    action: zText,
    dialogue: zText,
  })
  .partial()
  .catch({});

/** Texts anywhere in a small tree of metadata. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  return Object.values(value).flatMap((part) => textsIn(part, depth + 1));
}

function bagWords(value: unknown): Words {
  const bag = zWordsBag.parse(value ?? {});
  const free = [bag.notes, bag.note, bag.comment, bag.description].flatMap((text) => (text ? [text] : []));
  const sorted = sortWords([...free, ...textsIn(bag.comments)]);
  return mergeWords([sorted, { notes: '', action: bag.action ?? '', dialogue: bag.dialogue ?? '' }]);
}

/** What is written about a clip: in its own metadata, or under the key of whoever wrote it. */
export function wordsOf(node: OtioNode): Words {
  const bags = [node.metadata, ...Object.values(node.metadata)].filter(
    (bag) => typeof bag === 'object' && bag !== null && !Array.isArray(bag),
  );
  const logs = bags.map((bag) => z.object({ logginginfo: zWordsBag }).safeParse(bag));
  return mergeWords([...bags.map(bagWords), ...logs.map((log) => bagWords(log.success ? log.data.logginginfo : {}))]);
}

const zComment = z.object({ comment: z.string() });

/** Markers in frames from `origin`. */
export function markersOf(node: OtioNode, origin: number, rate: FrameRate): TimelineMarker[] {
  return node.markers.flatMap((value): TimelineMarker[] => {
    const parsed = zMarker.safeParse(value);
    const range = parsed.success ? parsed.data.marked_range : null;
    if (!parsed.success || !range) return [];
    const span = spanOf(range, rate);
    const said = [parsed.data.metadata, ...Object.values(parsed.data.metadata)].map((bag) => zComment.safeParse(bag));
    return [
      {
        frame: span.start - origin,
        frames: Math.max(0, span.frames),
        name: parsed.data.name,
        comment: parsed.data.comment || (said.find((bag) => bag.success)?.data.comment ?? ''),
      },
    ];
  });
}
