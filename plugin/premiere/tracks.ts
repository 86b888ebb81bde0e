/** Reads the clips on a sequence's tracks into plain values, with the handles that are good until the next edit. */
import type { ClipProjectItem, ProjectItem, Sequence, VideoClipTrackItem, VideoTrack } from '@adobe/premierepro';
import type { PremiereApi } from './api';
import { orElse, orNull } from './host-values';
import { ticksOf } from './ticks';

/** A clip on a video track. Times are ticks from the sequence's zero, half-open. */
export interface ClipReading {
  readonly trackIndex: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly name: string;
  readonly disabled: boolean;
  /** Empty for nested sequences, synthetic and offline items [L]. */
  readonly mediaPath: string;
  readonly item: VideoClipTrackItem;
  /** As the track item gives it: the sequence editor takes only this form [L]. */
  readonly projectItem: ProjectItem | null;
  /** The same, cast: for everything about media. */
  readonly clip: ClipProjectItem | null;
}

/** A video track and its clips by start. */
export interface TrackReading {
  readonly index: number;
  readonly track: VideoTrack;
  readonly clips: readonly ClipReading[];
}

/** Casts, or null: the cast throws on bins and other items that are no clips. */
export function castClip(ppro: PremiereApi, item: ProjectItem | null): ClipProjectItem | null {
  if (!item) return null;
  try {
    return orNull(ppro.ClipProjectItem.cast(item));
  } catch {
    return null;
  }
}

/** Clip handles of a track at this instant. Synchronous, so that it can be asked inside the lock; order is not promised. */
export function clipHandles(ppro: PremiereApi, track: VideoTrack): readonly VideoClipTrackItem[] {
  return orNull(track.getTrackItems(ppro.Constants.TrackItemType.CLIP, false)) ?? [];
}

async function readClip(ppro: PremiereApi, trackIndex: number, item: VideoClipTrackItem): Promise<ClipReading> {
  const [start, end, name, disabled, projectItem] = await Promise.all([
    item.getStartTime(),
    item.getEndTime(),
    orElse(() => item.getName(), ''),
    orElse(() => item.isDisabled(), false),
    orElse<ProjectItem | null>(() => item.getProjectItem(), null),
  ]);
  const clip = castClip(ppro, projectItem);
  const mediaPath = clip ? await orElse(() => clip.getMediaFilePath(), '') : '';
  return { trackIndex, start: ticksOf(start), end: ticksOf(end), name, disabled, mediaPath, item, projectItem, clip };
}

const byStart = (a: { start: bigint }, b: { start: bigint }): number =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : 0;

/** All video tracks, bottom first. Throws whatever the host throws when the timeline changes under it. */
export async function readVideoTracks(ppro: PremiereApi, sequence: Sequence): Promise<readonly TrackReading[]> {
  const count = await sequence.getVideoTrackCount();
  const tracks: TrackReading[] = [];
  for (let index = 0; index < count; index += 1) {
    const track = orNull(await sequence.getVideoTrack(index));
    if (!track) throw new Error(`video track ${index + 1} went away while it was read`);
    const clips = await Promise.all(clipHandles(ppro, track).map((item) => readClip(ppro, index, item)));
    tracks.push({ index, track, clips: clips.sort(byStart) });
  }
  return tracks;
}

/** Where every clip of every track lies, sound included: to see whether an edit moved anything else. */
export interface Layout {
  readonly track: string;
  readonly start: bigint;
  readonly end: bigint;
}

/** Start and end of every clip, tracks named "V0", "A0" and so on. */
export async function readLayout(ppro: PremiereApi, sequence: Sequence): Promise<readonly Layout[]> {
  const layout: Layout[] = [];
  const span = async (track: string, item: Pick<VideoClipTrackItem, 'getStartTime' | 'getEndTime'>): Promise<void> => {
    const [start, end] = await Promise.all([item.getStartTime(), item.getEndTime()]);
    layout.push({ track, start: ticksOf(start), end: ticksOf(end) });
  };
  for (let i = 0; i < (await sequence.getVideoTrackCount()); i += 1) {
    const track = await sequence.getVideoTrack(i);
    await Promise.all(clipHandles(ppro, track).map((item) => span(`V${i}`, item)));
  }
  for (let i = 0; i < (await sequence.getAudioTrackCount()); i += 1) {
    const track = await sequence.getAudioTrack(i);
    const items = orNull(track.getTrackItems(ppro.Constants.TrackItemType.CLIP, false)) ?? [];
    await Promise.all(items.map((item) => span(`A${i}`, item)));
  }
  return layout;
}
