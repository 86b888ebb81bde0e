/** Media of an OTIO clip: which file it shows, and the other versions it could. */
import type { FrameRate } from '../../../../../shared/shot';
import type { TimelineMedia, TimelineTake } from '../../../timeline';
import { mediaKind } from '../media-kind';
import { zReference, kindOf, type OtioNode, type OtioReference } from './schema';
import { framesIn, stretchOf, type Stretch } from './time';

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

interface Reference {
  /** Null where no file is named. */
  readonly media: TimelineMedia | null;
  /** What the file holds, in its own time. */
  readonly available: Stretch | null;
}

function referenceOf(value: unknown, audio: boolean, rate: FrameRate): Reference | null {
  const parsed = zReference.safeParse(value);
  if (!parsed.success) return null;
  const reference = parsed.data;
  const available = reference.available_range ? stretchOf(reference.available_range) : null;
  if (!['ExternalReference', 'ImageSequenceReference'].includes(kindOf(reference))) return { media: null, available };
  const path = urlOf(reference);
  const frames = available ? framesIn(available, rate).frames : 0;
  const movie = kindOf(reference) === 'ImageSequenceReference' && frames > 1;
  const kind = movie ? 'movie' : mediaKind(path, audio ? 'sound' : 'movie');
  return { media: { path, kind, ...(frames > 0 ? { frames } : {}) }, available };
}

export interface ClipMedia {
  readonly media: TimelineMedia;
  readonly takes: readonly TimelineTake[];
  /** What the active media says it holds; source ranges count from the same zero. */
  readonly available: Stretch | null;
}

/** The active media of a clip and, where it carries several, all of them. A clip without any is looked for by its name. */
export function clipMedia(clip: OtioNode, audio: boolean, rate: FrameRate): ClipMedia {
  const all = Object.entries(clip.media_references).flatMap(([name, value]) => {
    const found = referenceOf(value, audio, rate);
    return found ? [{ name, ...found }] : [];
  });
  const many = all.flatMap(({ name, media }) => (media ? [{ name, media }] : []));
  const active =
    all.find(({ name, media }) => name === clip.active_media_reference_key && media) ??
    all.find(({ media }) => media) ??
    all[0] ??
    referenceOf(clip.media_reference, audio, rate);
  const named = many.length > 1 || (many[0] !== undefined && many[0].name !== 'DEFAULT_MEDIA');
  return {
    media: active?.media ?? unlinked(clip, audio),
    takes: named ? many : [],
    available: active?.available ?? null,
  };
}
