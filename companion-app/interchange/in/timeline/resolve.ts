/** Media references of a timeline brought to files of this machine. */
import type { TimelineMedia } from '../../timeline';
import type { MediaFinder } from '../media/finder';
import { lastPart, pathsOf } from '../media/names';
import { mediaKind } from './media-kind';
import type { ReadClip, ReadTrack, UnresolvedTimeline, ReadTimeline } from './model';

async function located(media: TimelineMedia, finder: MediaFinder): Promise<{ media: TimelineMedia; found: boolean }> {
  if (media.path === '') return { media, found: false };
  const file = await finder.find(media.path);
  if (file === null) return { media: { ...media, path: pathsOf(media.path)[0] ?? media.path }, found: false };
  const kind = media.kind === 'sound' ? 'sound' : media.kind === 'still' ? 'still' : mediaKind(file, media.kind);
  return { media: { ...media, path: file, kind }, found: true };
}

async function clipWith(clip: ReadClip, finder: MediaFinder): Promise<ReadClip> {
  const { media, found } = await located(clip.media, finder);
  const takes = await Promise.all(
    clip.takes.map(async (take) => ({ ...take, media: (await located(take.media, finder)).media })),
  );
  const within = clip.within ? await tracksWith(clip.within, finder) : undefined;
  return { ...clip, name: clip.name || lastPart(media.path), media, takes, found, ...(within ? { within } : {}) };
}

async function tracksWith(tracks: readonly ReadTrack[], finder: MediaFinder): Promise<ReadTrack[]> {
  const out: ReadTrack[] = [];
  for (const track of tracks) {
    const clips: ReadClip[] = [];
    for (const clip of track.clips) clips.push(await clipWith(clip, finder));
    out.push({ ...track, clips });
  }
  return out;
}

/** The same timeline with absolute paths where the files were found, and each clip saying whether its file was. */
export async function resolveMedia(timeline: UnresolvedTimeline, finder: MediaFinder): Promise<ReadTimeline> {
  return { ...timeline, tracks: await tracksWith(timeline.tracks, finder) };
}
