/** A nested sequence cut to the clip that shows it, in the outer timeline's frames. */
import type { FrameRate } from '../../../../shared/shot';
import type { ReadClip, ReadTrack } from './model';
import { convertFrames } from './rates';

const rescaled = (frame: number, from: FrameRate, to: FrameRate): number => convertFrames(frame, from, to);

function trimmed(clip: ReadClip, from: FrameRate, to: FrameRate, first: number, frames: number): ReadClip[] {
  const start = rescaled(clip.start, from, to) - first;
  const end = rescaled(clip.start + clip.frames, from, to) - first;
  const [a, b] = [Math.max(0, start), Math.min(frames, end)];
  if (b <= a) return [];
  const cut = a - start;
  return [
    {
      ...clip,
      start: a,
      frames: b - a,
      sourceIn: rescaled(clip.sourceIn, from, to) + Math.round(cut * (clip.speed ?? 1)),
      markers: clip.markers
        .map((marker) => ({ ...marker, frame: rescaled(marker.frame, from, to) - cut }))
        .filter((marker) => marker.frame >= 0 && marker.frame < b - a),
      ...(clip.within ? { within: trimTracks(clip.within, from, to, { sourceIn: cut, frames: b - a }) } : {}),
    },
  ];
}

/** What of these tracks (at rate `from`) is seen by a clip of `frames` frames that begins at `sourceIn`, both at rate `to`. */
export function trimTracks(
  tracks: readonly ReadTrack[],
  from: FrameRate,
  to: FrameRate,
  seen: { readonly sourceIn: number; readonly frames: number },
): ReadTrack[] {
  return tracks.map((track) => ({
    ...track,
    clips: track.clips.flatMap((clip) => trimmed(clip, from, to, seen.sourceIn, seen.frames)),
  }));
}
