/** Sounds laid on as few tracks as hold them: a track never has two at once. */
import type { RunSound } from './run';

export interface LaidSound extends RunSound {
  /** Its length; one that says none is heard to the end of the pictures. */
  readonly frames: number;
}

/** Tracks of sounds, each by start. `end` is the frame after the last picture. */
export function soundTracks(sounds: readonly RunSound[], end: number): LaidSound[][] {
  const tracks: LaidSound[][] = [];
  const laid = sounds
    .map((sound): LaidSound => ({ ...sound, frames: sound.frames ?? Math.max(1, end - sound.startFrame) }))
    .sort((a, b) => a.startFrame - b.startFrame);
  for (const sound of laid) {
    const free = tracks.find((track) => {
      const last = track.at(-1);
      return last === undefined || last.startFrame + last.frames <= sound.startFrame;
    });
    if (free) free.push(sound);
    else tracks.push([sound]);
  }
  return tracks;
}
