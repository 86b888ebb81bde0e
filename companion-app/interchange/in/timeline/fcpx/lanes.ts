/** FCPXML's lanes to tracks: video from the lowest lane up, then sound from the primary storyline down. */
import type { Warnings } from '../../file/warnings';
import type { ReadClip, ReadTrack } from '../model';
import { settle } from '../settle';

export interface LaneClip {
  /** 0 is the primary storyline, above it counts up. */
  readonly lane: number;
  readonly kind: 'video' | 'audio';
  readonly clip: ReadClip;
}

/** Clips of one lane on as few tracks as hold them without overlap. */
function spread(clips: readonly ReadClip[]): ReadClip[][] {
  const tracks: { end: number; clips: ReadClip[] }[] = [];
  for (const clip of [...clips].sort((a, b) => a.start - b.start)) {
    const free = tracks.find((track) => track.end <= clip.start);
    if (free) {
      free.clips.push(clip);
      free.end = clip.start + clip.frames;
    } else tracks.push({ end: clip.start + clip.frames, clips: [clip] });
  }
  return tracks.map((track) => track.clips);
}

/** Video tracks bottom to top, then audio tracks top to bottom. */
export function layTracks(items: readonly LaneClip[], warnings: Warnings): ReadTrack[] {
  return (['video', 'audio'] as const).flatMap((kind) => {
    const mine = items.filter((item) => item.kind === kind);
    const lanes = [...new Set(mine.map((item) => item.lane))].sort((a, b) => (kind === 'video' ? a - b : b - a));
    return lanes
      .flatMap((lane) => spread(mine.filter((item) => item.lane === lane).map((item) => item.clip)))
      .map((clips, i) => ({
        name: `${kind === 'video' ? 'V' : 'A'}${i + 1}`,
        kind,
        enabled: true,
        clips: settle(clips, warnings),
      }));
  });
}
