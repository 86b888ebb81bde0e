/** A sequence as plain data, for assertions. */
import { footage } from '../model/edits';
import type { ClipState, MarkerState, ProjectState, SequenceState, TrackState } from '../model/state';

interface ItemSnapshot {
  readonly name: string;
  /** Half-open, in ticks. */
  readonly start: bigint;
  readonly end: bigint;
  readonly inPoint: bigint;
  /** The same in frames of the sequence; a fraction where an edit left the grid. */
  readonly startFrame: number;
  readonly frames: number;
  /** Media path; empty for nested sequences and synthetic items. */
  readonly path: string;
  readonly disabled: boolean;
  readonly invisible: boolean;
  readonly selected: boolean;
  readonly linked: boolean;
}

export interface TrackSnapshot {
  readonly name: string;
  /** By start. */
  readonly items: readonly ItemSnapshot[];
}

export interface SequenceSnapshot {
  readonly name: string;
  readonly guid: string;
  readonly video: readonly TrackSnapshot[];
  readonly audio: readonly TrackSnapshot[];
  readonly markers: readonly Omit<MarkerState, 'guid'>[];
  readonly properties: Readonly<Record<string, boolean | string | number>>;
}

export function snapshotOf(state: ProjectState, sequence: SequenceState): SequenceSnapshot {
  const perFrame = Number(sequence.ticksPerFrame);
  const all = [...sequence.video, ...sequence.audio].flatMap((track) => track.clips);
  const item = (clip: ClipState): ItemSnapshot => ({
    name: clip.name,
    start: clip.start,
    end: clip.end,
    inPoint: clip.inPoint,
    startFrame: Number(clip.start) / perFrame,
    frames: Number(clip.end - clip.start) / perFrame,
    path: footage(state, clip.item)?.path ?? '',
    disabled: clip.disabled,
    invisible: clip.invisible,
    selected: clip.selected,
    linked: clip.link !== null && all.some((other) => other !== clip && other.link === clip.link),
  });
  const track = ({ name, clips }: TrackState): TrackSnapshot => ({
    name,
    items: clips.map(item).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)),
  });
  return {
    name: sequence.name,
    guid: sequence.guid,
    video: sequence.video.map(track),
    audio: sequence.audio.map(track),
    markers: sequence.markers.map(({ guid: _guid, ...marker }) => ({ ...marker })),
    properties: Object.fromEntries([...sequence.properties].map(([name, { value }]) => [name, value])),
  };
}

/** A project panel entry: `path` is its place ("Animatics/SH010_t01.mov"), bins end in "/". */
export interface BinEntry {
  readonly path: string;
  readonly media: string;
  readonly label: number;
}

export function binOf(state: ProjectState): BinEntry[] {
  const place = (id: string): string => {
    const item = state.items.get(id);
    if (!item || item.parent === null) return '';
    return `${place(item.parent)}${item.name}${item.kind === 'bin' ? '/' : ''}`;
  };
  return [...state.items.values()]
    .filter((item) => item.parent !== null)
    .map((item) => ({ path: place(item.id), media: item.kind === 'footage' ? item.path : '', label: item.label }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
