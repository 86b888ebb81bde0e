/** Media of an OTIO clip: which file it shows, and the other versions it could. */
import type { FrameRate } from '../../../../../shared/shot';
import type { TimelineMedia, TimelineTake } from '../../../timeline';
import { mediaKind } from '../media-kind';
import { zReference, kindOf, type OtioNode, type OtioReference } from './schema';
import { spanOf } from './time';

const NONE: TimelineMedia = { path: '', kind: 'movie' };

/** A clip whose media nobody linked: its name may still be that of a file beside the timeline. */
function unlinked(clip: OtioNode, audio: boolean): TimelineMedia {
  const named = Object.values(clip.media_references)[0] ?? clip.media_reference;
  const reference = zReference.safeParse(named);
  const generated = reference.success && kindOf(reference.data) !== 'MissingReference';
  return generated ? NONE : { path: clip.name, kind: mediaKind(clip.name, audio ? 'sound' : 'movie') };
}

function urlOf(reference: OtioReference): string {
  if (kindOf(reference) !== 'ImageSequenceReference') return reference.target_url;
  const number = String(Math.abs(reference.start_frame)).padStart(reference.frame_zero_padding, '0');
  const sign = reference.start_frame < 0 ? '-' : '';
  const base = reference.target_url_base;
  return `${base}${base === '' || base.endsWith('/') ? '' : '/'}${reference.name_prefix}${sign}${number}${reference.name_suffix}`;
}

function mediaOf(value: unknown, audio: boolean, rate: FrameRate): { media: TimelineMedia; from: number } | null {
  const parsed = zReference.safeParse(value);
  if (!parsed.success) return null;
  const reference = parsed.data;
  if (!['ExternalReference', 'ImageSequenceReference'].includes(kindOf(reference))) return null;
  const path = urlOf(reference);
  const range = reference.available_range ? spanOf(reference.available_range, rate) : null;
  const movie = kindOf(reference) === 'ImageSequenceReference' && (range?.frames ?? 0) > 1;
  return {
    media: {
      path,
      kind: movie ? 'movie' : mediaKind(path, audio ? 'sound' : 'movie'),
      ...(range && range.frames > 0 ? { frames: range.frames } : {}),
    },
    from: range?.start ?? 0,
  };
}

export interface ClipMedia {
  readonly media: TimelineMedia;
  readonly takes: readonly TimelineTake[];
  /** First frame the media says it has; source ranges count from the same zero. */
  readonly from: number;
}

/** The active media of a clip and, where it carries several, all of them. A clip without any is looked for by its name. */
export function clipMedia(clip: OtioNode, audio: boolean, rate: FrameRate): ClipMedia {
  const many = Object.entries(clip.media_references).flatMap(([name, value]) => {
    const found = mediaOf(value, audio, rate);
    return found ? [{ name, ...found }] : [];
  });
  const active =
    many.find(({ name }) => name === clip.active_media_reference_key) ??
    many[0] ??
    mediaOf(clip.media_reference, audio, rate);
  const named = many.length > 1 || (many[0] !== undefined && many[0].name !== 'DEFAULT_MEDIA');
  return {
    media: active?.media ?? unlinked(clip, audio),
    takes: named ? many.map(({ name, media }) => ({ name, media })) : [],
    from: active?.from ?? 0,
  };
}
