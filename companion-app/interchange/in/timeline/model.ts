/** A timeline as a reader found it: the common model, and what a storyboard needs beyond it. */
import type { Timeline, TimelineClip, TimelineTrack } from '../../timeline';

/** What is written about a picture, by field; empty where nothing is. */
export interface Words {
  readonly notes: string;
  readonly action: string;
  readonly dialogue: string;
}

export interface ReadClip extends TimelineClip {
  readonly words: Words;
  /** 0–1. */
  readonly opacity: number;
  /** Frames of the media for each of the timeline's: 1 where absent, 0 for one that is held, below 0 backwards. `sourceIn` counts the media's. */
  readonly speed?: number;
  /** Video tracks of the sequence this clip shows, bottom first, in frames from the clip's own first frame, trimmed to it. */
  readonly within?: readonly ReadTrack[];
  /** Whether the media file was found; unset until it was looked for. */
  readonly found?: boolean;
}

export interface ReadTrack extends TimelineTrack {
  readonly clips: readonly ReadClip[];
  readonly enabled: boolean;
}

export interface ReadTimeline extends Timeline {
  readonly tracks: readonly ReadTrack[];
  /** Which of these the file itself says; the rest is a usual value. */
  readonly stated: { readonly rate: boolean; readonly size: boolean };
  /** What could not be read, a sentence each; the rest is usable. */
  readonly warnings: readonly string[];
}

/** Media paths as a file names them, before they are looked for on this machine. */
export type UnresolvedTimeline = ReadTimeline;

export const NO_WORDS: Words = { notes: '', action: '', dialogue: '' };

/** Frame size where a file says none. */
export const USUAL_SIZE = { width: 1920, height: 1080 } as const;
