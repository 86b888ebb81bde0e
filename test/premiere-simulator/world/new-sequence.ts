/** A sequence comes into a project: by a set-up, or by the host's own call. */
import { TICKS_PER_SECOND } from '../host/time';
import { newTrack } from '../model/edits';
import type { ProjectState, Rate, SequenceState } from '../model/state';
import type { World } from './world';

export interface SequenceOptions {
  readonly name?: string;
  /** Frames a second, exactly. Default 24000/1001. */
  readonly rate?: Rate;
  readonly dropFrame?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** Tracks to begin with. Default 1 and 1. */
  readonly videoTracks?: number;
  readonly audioTracks?: number;
  /** Timecode of the first frame, in frames. Default 0. */
  readonly zero?: number;
}

/** Throws for a rate without a whole number of ticks a frame. */
export function newSequence(world: World, options: SequenceOptions): SequenceState {
  const rate = options.rate ?? { num: 24000, den: 1001 };
  const ticks = TICKS_PER_SECOND * BigInt(rate.den);
  if (ticks % BigInt(rate.num) !== 0n) throw new Error(`${rate.num}/${rate.den} has no whole number of ticks a frame.`);
  const ticksPerFrame = ticks / BigInt(rate.num);
  const sequence: SequenceState = {
    guid: world.nextId(),
    item: world.nextId(),
    ticksPerFrame,
    dropFrame: options.dropFrame ?? false,
    width: options.size?.width ?? 1920,
    height: options.size?.height ?? 1080,
    name: options.name ?? 'Sequence 01',
    zero: BigInt(options.zero ?? 0) * ticksPerFrame,
    inPoint: 0n,
    outPoint: 0n,
    video: [],
    audio: [],
    markers: [],
    properties: new Map(),
  };
  for (let n = options.videoTracks ?? 1; n > 0; n--) newTrack(sequence, 'video');
  for (let n = options.audioTracks ?? 1; n > 0; n--) newTrack(sequence, 'audio');
  return sequence;
}

/** Puts a copy of it into a state, with its item in the root bin. */
export function addTo(state: ProjectState, sequence: SequenceState): void {
  const { guid, item: id, name } = sequence;
  state.sequences.set(guid, structuredClone(sequence));
  state.items.set(id, { kind: 'sequence', id, name, parent: state.root, label: 4, sequence: guid });
}
