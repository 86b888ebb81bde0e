/** Clips on tracks. They have no identity, markers or metadata of their own [D]; all getters are promises [D]. */
import type { Action, AudioClipTrackItem, Guid, ProjectItem, TickTime, VideoClipTrackItem } from '@adobe/premierepro';
import { findClip, type ClipState, type Placed } from '../model/state';
import { gone, type World } from '../world/world';
import { arity, notModelled, orNothing, valid } from './adobe';
import { RAW } from './constants';
import { clips, type ClipHandle } from './handles';
import { ticksOf, tickTime } from './time';
import { guid } from './values';

type Common = Omit<AudioClipTrackItem, 'getComponentChain'>;

abstract class TrackItem implements Common {
  readonly createSetStartAction = notModelled('TrackItem.createSetStartAction');
  readonly getMatchName = notModelled('TrackItem.getMatchName');

  constructor(handle: ClipHandle) {
    clips.set(this, handle);
  }

  get #world(): World {
    return clips.of(this).session.world;
  }

  #read<T>(member: string, read: (placed: Placed) => T): Promise<T> {
    return this.#world.call(`TrackItem.${member}`, () => read(clips.of(this).placed));
  }

  /** `edit` gives the whole clip from what it was when the action was made: two such actions in one transaction undo each other [R]. */
  #change(edit: (clip: ClipState) => ClipState): Action {
    const { session, guid: sequence, key, placed } = clips.of(this);
    const after = edit({ ...placed.clip });
    return session.action(() => (draft) => {
      const found = findClip(draft.sequences.get(sequence) ?? raise(), key) ?? raise();
      Object.assign(found.clip, after);
    });
  }

  getName(): Promise<string> {
    return this.#read('getName', ({ clip }) => clip.name);
  }

  getIsSelected(): Promise<boolean> {
    return this.#read('getIsSelected', ({ clip }) => clip.selected);
  }

  getSpeed(): Promise<number> {
    return this.#read('getSpeed', () => 1);
  }

  isAdjustmentLayer(): Promise<boolean> {
    return this.#read('isAdjustmentLayer', () => false);
  }

  isSpeedReversed(): Promise<number> {
    return this.#read('isSpeedReversed', () => 0);
  }

  getType(): Promise<number> {
    return this.#read('getType', () => RAW.TrackItemType.CLIP);
  }

  getStartTime(): Promise<TickTime> {
    return this.#read('getStartTime', ({ clip }) => tickTime(clip.start));
  }

  /** [L] Exclusive: the first tick after the clip. */
  getEndTime(): Promise<TickTime> {
    return this.#read('getEndTime', ({ clip }) => tickTime(clip.end));
  }

  getDuration(): Promise<TickTime> {
    return this.#read('getDuration', ({ clip }) => tickTime(clip.end - clip.start));
  }

  getInPoint(): Promise<TickTime> {
    return this.#read('getInPoint', ({ clip }) => tickTime(clip.inPoint));
  }

  /** [L] Exclusive, like the end. */
  getOutPoint(): Promise<TickTime> {
    return this.#read('getOutPoint', ({ clip }) => tickTime(clip.inPoint + clip.end - clip.start));
  }

  isDisabled(): Promise<boolean> {
    return this.#read('isDisabled', ({ clip }) => clip.disabled);
  }

  getTrackIndex(): Promise<number> {
    return this.#read('getTrackIndex', ({ trackIndex }) => trackIndex);
  }

  getMediaType(): Promise<Guid> {
    return this.#read('getMediaType', ({ kind }) => guid(kind === 'video' ? RAW.MediaType.VIDEO : RAW.MediaType.AUDIO));
  }

  getProjectItem(): Promise<ProjectItem> {
    const { session } = clips.of(this);
    return this.#read('getProjectItem', ({ clip }) =>
      orNothing(session.state.items.has(clip.item) ? session.wrap.rawItem(clip.item) : null),
    );
  }

  createSetDisabledAction(...args: Parameters<Common['createSetDisabledAction']>): Action {
    arity(args, 1);
    valid(typeof args[0] === 'boolean');
    const { session, guid: sequence, key, placed } = clips.of(this);
    valid(placed.clip.key === key);
    return session.action(() => (draft) => {
      (findClip(draft.sequences.get(sequence) ?? raise(), key) ?? raise()).clip.disabled = args[0];
    });
  }

  createSetNameAction(...args: Parameters<Common['createSetNameAction']>): Action {
    arity(args, 1);
    const { session, guid: sequence, key, placed } = clips.of(this);
    valid(placed.clip.key === key);
    return session.action(() => (draft) => {
      (findClip(draft.sequences.get(sequence) ?? raise(), key) ?? raise()).clip.name = args[0];
    });
  }

  /** [R] The clip moves, keeps its place in every list, and is not drawn any more. */
  createMoveAction(...args: Parameters<Common['createMoveAction']>): Action {
    arity(args, 1);
    const by = ticksOf(args[0]);
    return this.#change((clip) => ({ ...clip, start: clip.start + by, end: clip.end + by, invisible: true }));
  }

  /** [R] Setters of in, out and end fail at times; [R] two of them need two transactions, for the last one wins whole. */
  createSetInPointAction(...args: Parameters<Common['createSetInPointAction']>): Action {
    arity(args, 1);
    const to = ticksOf(args[0]);
    return this.#trim((clip) => ({ ...clip, start: clip.start + (to - clip.inPoint), inPoint: to }));
  }

  createSetOutPointAction(...args: Parameters<Common['createSetOutPointAction']>): Action {
    arity(args, 1);
    const to = ticksOf(args[0]);
    return this.#trim((clip) => ({ ...clip, end: clip.start + (to - clip.inPoint) }));
  }

  createSetEndAction(...args: Parameters<Common['createSetEndAction']>): Action {
    arity(args, 1);
    const to = ticksOf(args[0]);
    return this.#trim((clip) => ({ ...clip, end: to }));
  }

  #trim(edit: (clip: ClipState) => ClipState): Action {
    return this.#change((clip) => {
      const after = this.#world.faults.inOutSettersFail ? clip : edit(clip);
      valid(after.end > after.start);
      return after;
    });
  }
}

/** [L] Only a video item has createAddVideoTransitionAction: that is how the two are told apart. */
export class SimVideoClipTrackItem extends TrackItem implements VideoClipTrackItem {
  readonly createAddVideoTransitionAction = notModelled('VideoClipTrackItem.createAddVideoTransitionAction');
  readonly createRemoveVideoTransitionAction = notModelled('VideoClipTrackItem.createRemoveVideoTransitionAction');
  readonly getComponentChain = notModelled('VideoClipTrackItem.getComponentChain');
}

export class SimAudioClipTrackItem extends TrackItem implements AudioClipTrackItem {
  readonly getComponentChain = notModelled('AudioClipTrackItem.getComponentChain');
}

function raise(): never {
  throw gone();
}
