/** Selections of track items. */
import type {
  AudioClipTrackItem,
  TrackItemSelection,
  TrackItemSelectionStatic,
  VideoClipTrackItem,
} from '@adobe/premierepro';
import { gone } from '../world/world';
import { arity, valid } from './adobe';
import { clips, Handles, TimelineHandle } from './handles';

type Item = VideoClipTrackItem | AudioClipTrackItem;

class SelectionHandle {
  /** Keys of clips in the order they were added. */
  readonly keys = new Set<string>();
  dead = false;

  constructor(readonly timeline: TimelineHandle | null) {}

  /** Throws once the selection is dead. */
  live(): TimelineHandle {
    if (this.dead || !this.timeline) throw gone();
    if (!this.timeline.state.guid) throw gone();
    return this.timeline;
  }
}

const selections = new Handles<SelectionHandle>();

export class SimTrackItemSelection implements TrackItemSelection {
  constructor(timeline: TimelineHandle | null, keys: Iterable<string>) {
    const handle = new SelectionHandle(timeline);
    for (const key of keys) handle.keys.add(key);
    selections.set(this, handle);
  }

  addItem(...args: Parameters<TrackItemSelection['addItem']>): boolean {
    arity(args, 1, 2);
    const handle = selections.of(this);
    const item = clips.of(args[0]);
    if (!handle.timeline && !handle.dead) return true;
    valid(item.placed.clip.key === item.key && handle.live().guid === item.guid);
    handle.keys.add(item.key);
    return true;
  }

  removeItem(...args: Parameters<TrackItemSelection['removeItem']>): boolean {
    arity(args, 1);
    const handle = selections.of(this);
    handle.live();
    return handle.keys.delete(clips.of(args[0]).key);
  }

  /** [L] A linked click has given two items: the video one and the audio one. */
  getTrackItems(): Promise<Item[]> {
    const handle = selections.of(this);
    if (!handle.timeline) return Promise.reject(gone());
    return handle.timeline.session.world.call('TrackItemSelection.getTrackItems', () => {
      const { session, guid, state } = handle.live();
      const found: Item[] = [];
      for (const kind of ['video', 'audio'] as const) {
        for (const { clips: on } of state[kind]) {
          for (const clip of on)
            if (handle.keys.has(clip.key)) found.push(session.wrap.trackItem(guid, kind, clip.key));
        }
      }
      return found;
    });
  }
}

/** The clips of a selection that is still good, and the timeline they are on. */
export function selected(selection: TrackItemSelection): { timeline: TimelineHandle; keys: ReadonlySet<string> } {
  const handle = selections.of(selection);
  return { timeline: handle.live(), keys: handle.keys };
}

/** [R] The trap: the selection takes items inside the callback, and throws wherever it is used later. */
export const TrackItemSelections: TrackItemSelectionStatic = {
  createEmptySelection: (...args) => {
    arity(args, 1);
    const selection = new SimTrackItemSelection(null, []);
    args[0](selection);
    selections.of(selection).dead = true;
    return true;
  },
};
