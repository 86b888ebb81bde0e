/** Sequences: all reading is by promises but for the settings' frame rate [D]. */
import type {
  Action,
  AudioTrack,
  Guid,
  ProjectItem,
  RectF,
  Sequence,
  SequenceSettings,
  TickTime,
  TimeDisplay,
  TrackItemSelection,
  VideoTrack,
} from '@adobe/premierepro';
import { endOf } from '../model/edits';
import { clipsOf, type SequenceState, type TrackKind } from '../model/state';
import type { Session } from '../world/session';
import { gone } from '../world/world';
import { arity, HostError, valid } from './adobe';
import { RAW } from './constants';
import { sequences, TimelineHandle, TrackHandle, type SequenceHandle } from './handles';
import { selected, SimTrackItemSelection } from './selection';
import { SequenceRest } from './sequence-rest';
import { displayFormat, SimSequenceSettings, wantedBy } from './sequence-settings';
import { ticksOf, tickTime } from './time';
import { SimAudioTrack, SimVideoTrack } from './tracks';
import { frameRect, guid } from './values';

export class SimSequence extends SequenceRest implements Sequence {
  constructor(handle: SequenceHandle) {
    super();
    sequences.set(this, handle);
  }

  get guid(): Guid {
    return guid(sequences.of(this).state.guid);
  }

  get name(): string {
    return sequences.of(this).state.name;
  }

  #read<T>(member: string, read: (state: SequenceState) => T): Promise<T> {
    const handle = sequences.of(this);
    return handle.session.world.call(`Sequence.${member}`, () => read(handle.state));
  }

  #track(kind: TrackKind, args: readonly unknown[]): TrackHandle {
    arity(args, 1);
    const { session, guid: id, state } = sequences.of(this);
    const track = typeof args[0] === 'number' ? state[kind][args[0]] : undefined;
    if (!track) throw new HostError('Invalid track index.'); // [I]
    return new TrackHandle(session, id, kind, track.id);
  }

  getVideoTrackCount(): Promise<number> {
    return this.#read('getVideoTrackCount', ({ video }) => video.length);
  }

  getAudioTrackCount(): Promise<number> {
    return this.#read('getAudioTrackCount', ({ audio }) => audio.length);
  }

  getCaptionTrackCount(): Promise<number> {
    return this.#read('getCaptionTrackCount', () => 0);
  }

  getVideoTrack(...args: Parameters<Sequence['getVideoTrack']>): Promise<VideoTrack> {
    return this.#read('getVideoTrack', () => new SimVideoTrack(this.#track('video', args)));
  }

  getAudioTrack(...args: Parameters<Sequence['getAudioTrack']>): Promise<AudioTrack> {
    return this.#read('getAudioTrack', () => new SimAudioTrack(this.#track('audio', args)));
  }

  getSettings(): Promise<SequenceSettings> {
    return this.#read('getSettings', () => new SimSequenceSettings(sequences.of(this)));
  }

  /** [D] Takes settings that getSettings gave; [I] clips keep their ticks. */
  createSetSettingsAction(...args: Parameters<Sequence['createSetSettingsAction']>): Action {
    arity(args, 1);
    const wanted = { ...wantedBy(args[0]) };
    return this.#change((sequence) => {
      if (!sequences.of(this).session.world.faults.settingsIgnored) Object.assign(sequence, wanted);
    });
  }

  createSetZeroPointAction(...args: Parameters<Sequence['createSetZeroPointAction']>): Action {
    arity(args, 1);
    const zero = ticksOf(args[0]);
    return this.#change((sequence) => (sequence.zero = zero));
  }

  #change(edit: (sequence: SequenceState) => void): Action {
    const { session, guid: id } = sequences.of(this);
    return session.action(() => (draft) => {
      const sequence = draft.sequences.get(id);
      if (!sequence) throw gone();
      edit(sequence);
    });
  }

  getSequenceVideoTimeDisplayFormat(): Promise<TimeDisplay> {
    return this.#read('getSequenceVideoTimeDisplayFormat', displayFormat);
  }

  /** [D] Ticks a frame, as text. */
  getTimebase(): Promise<string> {
    return this.#read('getTimebase', ({ ticksPerFrame }) => ticksPerFrame.toString());
  }

  getFrameSize(): Promise<RectF> {
    return this.#read('getFrameSize', ({ width, height }) => frameRect(width, height));
  }

  getZeroPoint(): Promise<TickTime> {
    return this.#read('getZeroPoint', ({ zero }) => tickTime(zero));
  }

  getEndTime(): Promise<TickTime> {
    return this.#read('getEndTime', (state) => tickTime(endOf(state)));
  }

  getInPoint(): Promise<TickTime> {
    return this.#read('getInPoint', ({ inPoint }) => tickTime(inPoint));
  }

  getOutPoint(): Promise<TickTime> {
    return this.#read('getOutPoint', ({ outPoint }) => tickTime(outPoint));
  }

  getProjectItem(): Promise<ProjectItem> {
    return this.#read('getProjectItem', ({ item }) => sequences.of(this).session.wrap.rawItem(item));
  }

  getPlayerPosition(): Promise<TickTime> {
    return this.#read('getPlayerPosition', ({ guid: id }) => tickTime(playheadOf(sequences.of(this).session, id)));
  }

  /** [I] The playhead is no part of the undo stack. */
  setPlayerPosition(...args: Parameters<Sequence['setPlayerPosition']>): Promise<boolean> {
    arity(args, 1);
    valid(args[0] !== undefined);
    const at = ticksOf(args[0]);
    return this.#read('setPlayerPosition', ({ guid: id }) => {
      sequences.of(this).session.playheads.set(id, at < 0n ? 0n : at);
      return true;
    });
  }

  getSelection(): Promise<TrackItemSelection> {
    return this.#read('getSelection', (state) => {
      const { session, guid: id } = sequences.of(this);
      const keys = [...clipsOf(state)].filter(({ clip }) => clip.selected).map(({ clip }) => clip.key);
      return new SimTrackItemSelection(new TimelineHandle(session, id), keys);
    });
  }

  /** [D] Synchronous; [I] no undo step. */
  setSelection(...args: Parameters<Sequence['setSelection']>): boolean {
    arity(args, 1);
    const { keys, timeline } = selected(args[0]);
    valid(timeline.guid === sequences.of(this).guid);
    this.#select(keys);
    return true;
  }

  clearSelection(): Promise<boolean> {
    return this.#read('clearSelection', () => {
      this.#select(new Set());
      return true;
    });
  }

  #select(keys: ReadonlySet<string>): void {
    const { session, guid: id, state } = sequences.of(this);
    for (const { clip } of clipsOf(state)) clip.selected = keys.has(clip.key);
    session.world.events.emit(RAW.SequenceEvent.SELECTION_CHANGED, { id }, state.guid);
  }
}

/** [I] While it plays the position goes on; a position asked for lies between frames then. */
function playheadOf({ playheads, playing, world }: Session, sequence: string): bigint {
  const at = playheads.get(sequence) ?? 0n;
  if (playing?.sequence !== sequence) return at;
  return at + (BigInt(Math.round(world.clock.now() - playing.since)) * 254_016_000_000n) / 1000n;
}
