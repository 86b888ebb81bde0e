/** A cut as data, in whole frames: what every writer takes and every reader gives. */
import type { FrameRate, Size } from '../../shared/shot';

/** A picture or sound file that a clip shows. */
export interface TimelineMedia {
  /** Absolute path on this machine. */
  readonly path: string;
  readonly kind: 'movie' | 'still' | 'sound';
  /** Frames the file holds, at the timeline's rate; a still has none of its own. */
  readonly frames?: number;
}

/** One of several versions of a clip. */
export interface TimelineTake {
  readonly name: string;
  readonly media: TimelineMedia;
}

/** A note at a moment. `frame` counts from what carries it: the clip's first frame, or the timeline's. */
export interface TimelineMarker {
  readonly frame: number;
  /** 0 marks a moment. */
  readonly frames: number;
  readonly name: string;
  readonly comment: string;
}

/** Half-open: fills [start, start + frames) of its track. */
export interface TimelineClip {
  readonly name: string;
  readonly start: number;
  readonly frames: number;
  /** First frame used of the media. */
  readonly sourceIn: number;
  readonly media: TimelineMedia;
  /** All versions, the used one among them; empty where there is just the one. */
  readonly takes: readonly TimelineTake[];
  readonly markers: readonly TimelineMarker[];
  readonly enabled: boolean;
  /** Facts of ours, kept under one key where the format has room. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface TimelineTrack {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  /** In order of start, never overlapping. */
  readonly clips: readonly TimelineClip[];
}

export interface Timeline {
  readonly name: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
  /** Timecode of frame 0, in frames. */
  readonly startFrame: number;
  /** Video tracks bottom to top, then audio tracks. */
  readonly tracks: readonly TimelineTrack[];
  readonly markers: readonly TimelineMarker[];
}

/** Frame after the last one used on any track. */
export function timelineFrames(timeline: Timeline): number {
  return Math.max(0, ...timeline.tracks.flatMap((track) => track.clips.map((clip) => clip.start + clip.frames)));
}

/** Clips of a track in order with the empty stretches between them made plain; overlaps are refused. */
export function withGaps(track: TimelineTrack): ({ gap: number } | { clip: TimelineClip })[] {
  const out: ({ gap: number } | { clip: TimelineClip })[] = [];
  let at = 0;
  for (const clip of [...track.clips].sort((a, b) => a.start - b.start)) {
    if (clip.start < at) throw new RangeError(`"${clip.name}" overlaps the clip before it on ${track.name}.`);
    if (clip.start > at) out.push({ gap: clip.start - at });
    out.push({ clip });
    at = clip.start + clip.frames;
  }
  return out;
}
