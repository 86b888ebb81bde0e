/** What the timeline's edits do to tracks. All of it works on a draft; nothing here is asynchronous. */
import { floorTo } from '../host/time';
import type { ClipState, FootageState, ProjectState, SequenceState, TrackKind, TrackState } from './state';

type NewKey = () => string;

/** [D] Overwrite: what lies in [start, end) goes; a clip that spans it is split in two, its right part starting later in its media. */
export function clearRange(track: TrackState, start: bigint, end: bigint, key: NewKey): void {
  const kept: ClipState[] = [];
  for (const clip of track.clips) {
    if (clip.end <= start || clip.start >= end) {
      kept.push(clip);
      continue;
    }
    const right = clip.end > end ? { ...clip, start: end, inPoint: clip.inPoint + (end - clip.start) } : null;
    if (clip.start < start) {
      clip.end = start;
      kept.push(clip);
      if (right) kept.push({ ...right, key: key(), selected: false });
    } else if (right) {
      Object.assign(clip, { start: right.start, inPoint: right.inPoint });
      kept.push(clip);
    }
  }
  track.clips = kept;
}

/** [D] Insert: a clip under the point is split there, and everything from the point on moves right. */
export function openGap(track: TrackState, at: bigint, length: bigint, key: NewKey): void {
  for (const clip of [...track.clips]) {
    if (clip.start >= at) {
      clip.start += length;
      clip.end += length;
    } else if (clip.end > at) {
      track.clips.push({
        ...clip,
        key: key(),
        start: at + length,
        end: clip.end + length,
        inPoint: clip.inPoint + (at - clip.start),
        selected: false,
      });
      clip.end = at;
    }
  }
}

/** Takes a clip off its track; with `ripple` what follows on that track closes up. */
export function takeAway(track: TrackState, clip: ClipState, ripple: boolean): void {
  track.clips = track.clips.filter((other) => other.key !== clip.key);
  if (!ripple) return;
  for (const other of track.clips) {
    if (other.start < clip.end) continue;
    other.start -= clip.end - clip.start;
    other.end -= clip.end - clip.start;
  }
}

/** [I] The length a still gets when an edit names none: five seconds of frames, Premiere's default preference. */
function stillLength(sequence: SequenceState): bigint {
  return floorTo(5n * 254_016_000_000n, sequence.ticksPerFrame);
}

/** The length a footage item takes on this timeline: its media's own, cut to whole frames of the sequence [I], one at least. */
export function lengthOn(sequence: SequenceState, item: FootageState): bigint {
  if (item.media.kind === 'still' && !item.marks) return stillLength(sequence);
  // [I] Between the item's in and out point, for stills as for clips.
  const length = item.marks ? item.marks.outPoint - item.marks.inPoint : item.media.duration;
  const whole = floorTo(length, sequence.ticksPerFrame);
  return whole > 0n ? whole : sequence.ticksPerFrame;
}

/** Which kinds of track an item goes to. */
export function kindsOf(item: FootageState): TrackKind[] {
  if (item.media.kind === 'audio') return ['audio'];
  return item.media.hasAudio ? ['video', 'audio'] : ['video'];
}

export function newTrack(sequence: SequenceState, kind: TrackKind): TrackState {
  const ids = sequence[kind].map((track) => track.id);
  const number = sequence[kind].length + 1;
  const track: TrackState = {
    id: Math.max(0, ...ids) + 1,
    name: `${kind === 'video' ? 'Video' : 'Audio'} ${number}`,
    muted: false,
    clips: [],
  };
  sequence[kind].push(track);
  return track;
}

interface Laying {
  readonly item: { readonly id: string; readonly name: string };
  readonly start: bigint;
  readonly end: bigint;
  readonly inPoint?: bigint;
  readonly name?: string;
  readonly link: string | null;
}

/** Lays a new clip on a track whose range is free. */
export function lay(track: TrackState, laying: Laying, key: NewKey): ClipState {
  const clip: ClipState = {
    key: key(),
    item: laying.item.id,
    name: laying.name ?? laying.item.name,
    start: laying.start,
    end: laying.end,
    inPoint: laying.inPoint ?? 0n,
    disabled: false,
    selected: false,
    invisible: false,
    link: laying.link,
  };
  track.clips.push(clip);
  return clip;
}

/** End of the last clip of a sequence, 0 for an empty one. */
export function endOf(sequence: SequenceState): bigint {
  let end = 0n;
  for (const track of [...sequence.video, ...sequence.audio])
    for (const clip of track.clips) if (clip.end > end) end = clip.end;
  return end;
}

export function footage(state: ProjectState, id: string): FootageState | null {
  const item = state.items.get(id);
  return item?.kind === 'footage' ? item : null;
}
