/** Sets a project up before the code under test sees it. */
import { TICKS_PER_SECOND } from '../host/time';
import { newTrack } from '../model/edits';
import type { Rate, SequenceState } from '../model/state';
import { activateSequence } from '../world/projects';
import type { Session } from '../world/session';
import { SequenceBuilder } from './sequence-builder';
import { binOf, type BinEntry } from './snapshot';

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

export class ProjectBuilder {
  constructor(readonly session: Session) {}

  get guid(): string {
    return this.session.guid;
  }

  get name(): string {
    return this.session.name;
  }

  get sequences(): SequenceBuilder[] {
    return [...this.session.state.sequences.keys()].map((guid) => new SequenceBuilder(this.session, guid));
  }

  /** Names of what can be undone, oldest first. */
  get undoStack(): string[] {
    return this.session.history.undoNames;
  }

  /** Names of what can be redone, the next one last. */
  get redoStack(): string[] {
    return this.session.history.redoNames;
  }

  /** A new sequence; it comes to the front. Throws for a rate without a whole number of ticks a frame. */
  addSequence(options: SequenceOptions = {}): SequenceBuilder {
    const { session } = this;
    const rate = options.rate ?? { num: 24000, den: 1001 };
    const ticks = TICKS_PER_SECOND * BigInt(rate.den);
    if (ticks % BigInt(rate.num) !== 0n)
      throw new Error(`${rate.num}/${rate.den} has no whole number of ticks a frame.`);
    const ticksPerFrame = ticks / BigInt(rate.num);
    const sequence: SequenceState = {
      guid: session.world.nextId(),
      item: session.world.nextId(),
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
    const { guid, item: id, name } = sequence;
    session.everywhere((state) => {
      state.sequences.set(guid, structuredClone(sequence));
      state.items.set(id, { kind: 'sequence', id, name, parent: state.root, label: 4, sequence: guid });
    });
    activateSequence(session, guid);
    return new SequenceBuilder(session, guid);
  }

  addBin(name: string): void {
    const id = this.session.world.nextId();
    this.session.everywhere((state) => state.items.set(id, { kind: 'bin', id, name, parent: state.root, label: 2 }));
  }

  /** What the project panel shows, by place. */
  bin(): BinEntry[] {
    return binOf(this.session.state);
  }
}
