/** A project as plain data. A committed state is never changed in place: edits work on a clone of it. */

export interface Rate {
  readonly num: number;
  readonly den: number;
}

export interface MarkerState {
  guid: string;
  name: string;
  type: string;
  comments: string;
  url: string;
  color: number;
  start: bigint;
  duration: bigint;
}

export interface MediaState {
  kind: 'still' | 'video' | 'audio';
  width: number;
  height: number;
  /** Ticks; a still has none of its own. */
  duration: bigint;
  rate: Rate | null;
  hasAudio: boolean;
}

interface ItemBase {
  readonly id: string;
  name: string;
  parent: string | null;
  label: number;
}

export interface BinState extends ItemBase {
  readonly kind: 'bin';
}

export interface FootageState extends ItemBase {
  readonly kind: 'footage';
  /** Empty for synthetic items (mattes, titles). */
  path: string;
  offline: boolean;
  media: MediaState;
  /** In and out as set on the item, in ticks of its media. */
  marks?: { readonly inPoint: bigint; readonly outPoint: bigint };
  scaledToFrame?: boolean;
  markers: MarkerState[];
}

export interface SequenceItemState extends ItemBase {
  readonly kind: 'sequence';
  readonly sequence: string;
}

export type ItemState = BinState | FootageState | SequenceItemState;

export interface ClipState {
  readonly key: string;
  readonly item: string;
  name: string;
  /** Half-open on the timeline, in ticks. */
  start: bigint;
  end: bigint;
  /** Where in its media the clip begins. */
  inPoint: bigint;
  disabled: boolean;
  selected: boolean;
  /** [R] Present and counted, yet not drawn: what createMoveAction leaves behind. */
  invisible: boolean;
  /** Clips that share a link are selected and moved together by a person. */
  link: string | null;
}

export interface TrackState {
  readonly id: number;
  name: string;
  muted: boolean;
  clips: ClipState[];
}

export type PropertyValue = boolean | string | number;

export interface SequenceState {
  readonly guid: string;
  readonly item: string;
  ticksPerFrame: bigint;
  dropFrame: boolean;
  width: number;
  height: number;
  name: string;
  zero: bigint;
  inPoint: bigint;
  outPoint: bigint;
  video: TrackState[];
  audio: TrackState[];
  markers: MarkerState[];
  properties: Map<string, { value: PropertyValue; persistent: boolean }>;
}

export interface ProjectState {
  readonly root: string;
  items: Map<string, ItemState>;
  sequences: Map<string, SequenceState>;
  properties: Map<string, { value: PropertyValue; persistent: boolean }>;
}

export type TrackKind = 'video' | 'audio';

/** A clip with where it lies. */
export interface Placed {
  readonly clip: ClipState;
  readonly kind: TrackKind;
  readonly track: TrackState;
  readonly trackIndex: number;
}

/** Every clip of a sequence, video tracks first, bottom to top. */
export function* clipsOf(sequence: SequenceState): Generator<Placed> {
  for (const kind of ['video', 'audio'] as const) {
    for (const [trackIndex, track] of sequence[kind].entries()) {
      for (const clip of track.clips) yield { clip, kind, track, trackIndex };
    }
  }
}

export function findClip(sequence: SequenceState, key: string): Placed | null {
  for (const placed of clipsOf(sequence)) if (placed.clip.key === key) return placed;
  return null;
}

/** Removes an item, whatever lies in it, and [I] every use of it on a timeline. */
export function removeItem(state: ProjectState, id: string): void {
  for (const child of [...state.items.values()]) if (child.parent === id) removeItem(state, child.id);
  const item = state.items.get(id);
  if (item?.kind === 'sequence') state.sequences.delete(item.sequence);
  state.items.delete(id);
  for (const sequence of state.sequences.values()) {
    for (const track of [...sequence.video, ...sequence.audio])
      track.clips = track.clips.filter((clip) => clip.item !== id);
  }
}
