/** The parts of OpenTimelineIO's JSON that are read. Unknown schemas and fields are passed over, never trusted. */
import { z } from 'zod';

const zTime = z.object({ value: z.number(), rate: z.number().positive() });
export type OtioTime = z.output<typeof zTime>;

const zRange = z.object({ start_time: zTime, duration: zTime });
export type OtioRange = z.output<typeof zRange>;

const optional = <T extends z.ZodType>(type: T) => type.nullish().catch(null);
const zText = z.string().catch('');
const zBag = z.record(z.string(), z.unknown()).catch({});

export const zMarker = z.object({
  OTIO_SCHEMA: z.string(),
  name: zText,
  comment: zText,
  marked_range: optional(zRange),
  metadata: zBag,
});

export const zReference = z.object({
  OTIO_SCHEMA: z.string(),
  name: zText,
  target_url: zText,
  available_range: optional(zRange),
  /** Image sequences. */
  target_url_base: zText,
  name_prefix: zText,
  name_suffix: zText,
  start_frame: z.number().int().catch(1),
  frame_zero_padding: z.number().int().min(0).max(20).catch(0),
});
export type OtioReference = z.output<typeof zReference>;

/** Any item, track, stack or timeline: what each has is taken, the rest stays empty. */
export const zNode = z.object({
  OTIO_SCHEMA: z.string(),
  name: zText,
  kind: zText,
  enabled: z.boolean().catch(true),
  source_range: optional(zRange),
  markers: z.array(z.unknown()).catch([]),
  effects: z.array(z.unknown()).catch([]),
  children: z.array(z.unknown()).catch([]),
  metadata: zBag,
  media_reference: z.unknown().optional(),
  media_references: zBag,
  active_media_reference_key: zText,
  tracks: z.unknown().optional(),
  global_start_time: optional(zTime),
});
export type OtioNode = z.output<typeof zNode>;

/** An object of OTIO's, or null for anything else. */
export function nodeOf(value: unknown): OtioNode | null {
  const parsed = zNode.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** "Clip" of "Clip.2". */
export const kindOf = (node: { readonly OTIO_SCHEMA: string }): string => node.OTIO_SCHEMA.replace(/\.\d+$/, '');
