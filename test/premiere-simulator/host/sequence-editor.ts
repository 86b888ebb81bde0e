/** Edits of the timeline. [D] Actions only: nothing happens before the transaction ends. */
import type { Action, ProjectItem, SequenceEditor, SequenceEditorStatic, TickTime } from '@adobe/premierepro';
import { clearRange, footage, kindsOf, lay, lengthOn, newTrack, openGap, takeAway } from '../model/edits';
import { clipsOf, type FootageState, type SequenceState, type TrackKind } from '../model/state';
import { gone } from '../world/world';
import { arity, HostError, notModelled, valid } from './adobe';
import { RAW } from './constants';
import { sequences, type SequenceHandle } from './handles';
import { rawItem } from './project-items';
import { selected } from './selection';
import { floorTo, ticksOf } from './time';

interface Placement {
  readonly item: FootageState;
  readonly start: bigint;
  readonly index: Readonly<Record<TrackKind, number>>;
}

class SimSequenceEditor implements SequenceEditor {
  readonly createCloneTrackItemAction = notModelled('SequenceEditor.createCloneTrackItemAction');
  readonly insertMogrtFromPath = notModelled('SequenceEditor.insertMogrtFromPath');
  readonly insertMogrtFromLibrary = notModelled('SequenceEditor.insertMogrtFromLibrary');
  readonly #handle: SequenceHandle;

  constructor(handle: SequenceHandle) {
    this.#handle = handle;
  }

  /**
   * Lays an item over whatever is on its tracks; what it covers in part is cut, what it lies inside of is split [D].
   * [R] On a track that does not exist it reports success and places nothing.
   */
  createOverwriteItemAction(...args: Parameters<SequenceEditor['createOverwriteItemAction']>): Action {
    arity(args, 4);
    const { item, start, index } = this.#placement(...args);
    return this.#action((base) => {
      const there = kindsOf(item).filter((kind) => index[kind] >= 0 && index[kind] < base[kind].length);
      const end = start + lengthOn(base, item);
      return (draft, key) => {
        const link = there.length > 1 ? key() : null;
        for (const kind of there) {
          const track = draft[kind][index[kind]];
          if (!track) continue;
          clearRange(track, start, end, key);
          lay(track, { item, start, end, link, inPoint: item.marks?.inPoint ?? 0n }, key);
        }
      };
    });
  }

  /**
   * Lays an item in between: what follows moves right, on all tracks or, with `limitShift`, on its own tracks only [I].
   * [D] An index past the last track makes a new one: the only way to get one.
   */
  createInsertProjectItemAction(...args: Parameters<SequenceEditor['createInsertProjectItemAction']>): Action {
    arity(args, 5);
    valid(typeof args[4] === 'boolean');
    const limitShift = args[4];
    const { item, start, index } = this.#placement(args[0], args[1], args[2], args[3]);
    return this.#action((base) => {
      const kinds = kindsOf(item).filter((kind) => index[kind] >= 0);
      const fresh = new Set(kinds.filter((kind) => index[kind] >= base[kind].length));
      const length = lengthOn(base, item);
      return (draft, key) => {
        if (fresh.has('video') && this.#handle.session.world.faults.insertMakesNoTrack) return; // [R]
        const targets = kinds.map((kind) =>
          fresh.has(kind) ? newTrack(draft, kind) : (draft[kind][index[kind]] ?? raise()),
        );
        for (const track of limitShift ? targets : [...draft.video, ...draft.audio]) openGap(track, start, length, key);
        const link = targets.length > 1 ? key() : null;
        const inPoint = item.marks?.inPoint ?? 0n;
        for (const track of targets) lay(track, { item, start, end: start + length, link, inPoint }, key);
      };
    });
  }

  /** Takes off what is selected; [R] only the live selection of the sequence works, see createEmptySelection. */
  createRemoveItemsAction(...args: Parameters<SequenceEditor['createRemoveItemsAction']>): Action {
    arity(args, 3, 4);
    const { keys, timeline } = selected(args[0]);
    valid(timeline.guid === this.#handle.guid && typeof args[1] === 'boolean');
    const kinds = mediaKinds(args[2]);
    const ripple = args[1];
    return this.#action((base) => {
      const doomed = [...clipsOf(base)].filter(({ clip, kind }) => keys.has(clip.key) && kinds.includes(kind));
      return (draft) => {
        for (const { kind, trackIndex, clip } of doomed) {
          const track = draft[kind][trackIndex];
          const now = track?.clips.find((other) => other.key === clip.key);
          if (track && now) takeAway(track, now, ripple);
        }
      };
    });
  }

  #placement(item: ProjectItem, time: TickTime, videoTrackIndex: number, audioTrackIndex: number): Placement {
    const handle = rawItem(item);
    valid(handle.session === this.#handle.session);
    if (handle.state.kind === 'sequence')
      throw new HostError('Nesting a sequence is not modelled by the Premiere simulator.');
    const found = footage(handle.session.state, handle.id);
    valid(found !== null);
    valid(
      Number.isInteger(videoTrackIndex) &&
        Number.isInteger(audioTrackIndex) &&
        videoTrackIndex >= -1 &&
        audioTrackIndex >= -1,
    );
    const at = ticksOf(time);
    valid(at >= 0n);
    // [I] A time between frames falls back to the frame it lies in: with times from seconds, one frame early [R].
    const start = floorTo(at, this.#handle.state.ticksPerFrame);
    return { item: found, start, index: { video: videoTrackIndex, audio: audioTrackIndex } };
  }

  #action(plan: (base: SequenceState) => (draft: SequenceState, key: () => string) => void): Action {
    const { session, guid } = this.#handle;
    return session.action((base) => {
      const effect = plan(base.sequences.get(guid) ?? raise());
      return (draft) => effect(draft.sequences.get(guid) ?? raise(), session.newKey);
    });
  }
}

function mediaKinds(mediaType: Parameters<SequenceEditor['createRemoveItemsAction']>[2]): TrackKind[] {
  const given = String(mediaType);
  if (given === RAW.MediaType.ANY) return ['video', 'audio'];
  if (given === RAW.MediaType.VIDEO) return ['video'];
  valid(given === RAW.MediaType.AUDIO);
  return ['audio'];
}

function raise(): never {
  throw gone();
}

export const SequenceEditors: SequenceEditorStatic = {
  getEditor: (...args) => {
    arity(args, 1);
    return new SimSequenceEditor(sequences.of(args[0]));
  },
  getInstalledMogrtPath: notModelled('SequenceEditor.getInstalledMogrtPath'),
};
