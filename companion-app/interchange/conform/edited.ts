/** The edited sequence from a file: a timeline, or the panel's reading of a Premiere sequence as JSON. */
import { z } from 'zod';
import type { FrameRate } from '../../../shared/shot';
import { readTimeline, type ReadClip, type ReadTimeline, type TimelineWish } from '../in';
import { readText } from '../in/file/read-text';
import { unreadable } from '../in/file/refuse';

const zFrame = z.number().int().min(-100_000_000).max(100_000_000);
const zRate: z.ZodType<FrameRate> = z
  .object({ num: z.number().int().positive(), den: z.number().int().positive() })
  .refine((rate) => rate.num >= rate.den && rate.num <= rate.den * 1000, 'a rate lies between 1 and 1000');

/** What the panel's `read` gives: shots with their boards, frames from the sequence's zero. */
export const zPanelReading = z.object({
  name: z.string().max(400),
  rate: zRate,
  dropFrame: z.boolean(),
  size: z.object({ width: z.number().int().min(2).max(16_384), height: z.number().int().min(2).max(16_384) }),
  shots: z
    .array(
      z.object({
        draft: z.object({ name: z.string().max(400), startFrame: zFrame, frames: zFrame.min(0) }),
        boards: z
          .array(z.object({ at: zFrame.min(0), name: z.string().max(400), mediaPath: z.string().max(4096).nullable() }))
          .max(64),
      }),
    )
    .max(20_000),
});
export type PanelReading = z.output<typeof zPanelReading>;

/** The reading as one video track of boards. */
export function timelineOfReading(reading: PanelReading): ReadTimeline {
  const clips = reading.shots.flatMap(({ draft, boards }) =>
    boards.flatMap((board, i): ReadClip[] => {
      const end = boards[i + 1]?.at ?? draft.frames;
      if (end <= board.at) return [];
      return [
        {
          name: board.name,
          start: draft.startFrame + board.at,
          frames: end - board.at,
          sourceIn: 0,
          media: { path: board.mediaPath ?? board.name, kind: 'still' },
          takes: [],
          markers: [],
          enabled: true,
          facts: {},
          words: { notes: '', action: '', dialogue: '' },
          opacity: 1,
        },
      ];
    }),
  );
  const { name, rate, dropFrame, size } = reading;
  const track = { name: 'V1', kind: 'video' as const, enabled: true, clips: clips.sort((a, b) => a.start - b.start) };
  return {
    name,
    rate,
    dropFrame,
    size,
    startFrame: 0,
    tracks: [track],
    markers: [],
    stated: { rate: true, size: true },
    warnings: [],
  };
}

/** Reads OTIO, FCP7 XML, FCPXML, EDL, or the panel's reading. Throws InbetweenError `board-unreadable`. */
export async function readEdited(file: string, wish: TimelineWish = {}): Promise<ReadTimeline> {
  if (!/\.json$/i.test(file)) return readTimeline(file, wish);
  let json: unknown;
  try {
    json = JSON.parse((await readText(file)).replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(file, 'it is no JSON', 'Name an OTIO, an XML, an EDL, or the reading of the panel.', error);
  }
  const reading = zPanelReading.safeParse(json);
  if (reading.success) return timelineOfReading(reading.data);
  if (typeof json === 'object' && json !== null && 'OTIO_SCHEMA' in json) return readTimeline(file, wish);
  throw unreadable(file, 'it is neither OTIO nor a reading of the panel', 'Name an OTIO, an XML or an EDL.');
}
