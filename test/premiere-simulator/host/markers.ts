/** Markers of sequences and of project items. The list is a promise, everything on it is synchronous [D]. */
import type { Action, Color, Guid, Marker, Markers, MarkersStatic, MarkerStatic, TickTime } from '@adobe/premierepro';
import type { MarkerState, ProjectState } from '../model/state';
import type { Session } from '../world/session';
import { gone } from '../world/world';
import { arity, notModelled, valid } from './adobe';
import { Handles, items, sequences } from './handles';
import { ticksOf, tickTime } from './time';
import { guid } from './values';

/** Whose markers: a sequence's, or a project item's, which every use of the item shares [D]. */
interface Owner {
  readonly session: Session;
  readonly epoch: number;
  readonly list: (state: ProjectState) => MarkerState[] | undefined;
}

const owners = new Handles<Owner>();
const markerHandles = new Handles<{ readonly owner: Owner; readonly id: string }>();

/** [R] Stale after a commit, like all that was fetched. */
function markersOf(owner: Owner): MarkerState[] {
  owner.session.check();
  const list = owner.session.epoch === owner.epoch ? owner.list(owner.session.state) : undefined;
  if (!list) throw gone();
  return list;
}

function edit(owner: Owner, change: (list: MarkerState[]) => void): Action {
  markersOf(owner);
  return owner.session.action(() => (draft) => {
    const list = owner.list(draft);
    if (!list) throw gone();
    change(list);
  });
}

class SimMarker implements Marker {
  readonly getColor = (): Color => notModelled('Marker.getColor')();

  constructor(owner: Owner, id: string) {
    markerHandles.set(this, { owner, id });
  }

  get #state(): MarkerState {
    const { owner, id } = markerHandles.of(this);
    const marker = markersOf(owner).find((other) => other.guid === id);
    if (!marker) throw gone();
    return marker;
  }

  /** [D] From 26.3. */
  get guid(): Guid {
    return guid(this.#state.guid);
  }

  getName(): string {
    return this.#state.name;
  }

  getComments(): string {
    return this.#state.comments;
  }

  getType(): string {
    return this.#state.type;
  }

  getUrl(): string {
    return this.#state.url;
  }

  getTarget(): string {
    return '';
  }

  getColorIndex(): number {
    return this.#state.color;
  }

  getStart(): TickTime {
    return tickTime(this.#state.start);
  }

  getDuration(): TickTime {
    return tickTime(this.#state.duration);
  }

  createSetNameAction(...args: Parameters<Marker['createSetNameAction']>): Action {
    arity(args, 1);
    return this.#set({ name: args[0] });
  }

  createSetCommentsAction(...args: Parameters<Marker['createSetCommentsAction']>): Action {
    arity(args, 1);
    return this.#set({ comments: args[0] });
  }

  createSetTypeAction(...args: Parameters<Marker['createSetTypeAction']>): Action {
    arity(args, 1);
    return this.#set({ type: args[0] });
  }

  createSetColorByIndexAction(...args: Parameters<Marker['createSetColorByIndexAction']>): Action {
    arity(args, 1);
    valid(Number.isInteger(args[0]) && args[0] >= 0 && args[0] <= 7);
    return this.#set({ color: args[0] });
  }

  createSetDurationAction(...args: Parameters<Marker['createSetDurationAction']>): Action {
    arity(args, 1);
    return this.#set({ duration: ticksOf(args[0]) });
  }

  #set(values: Partial<MarkerState>): Action {
    const { guid: id } = this.#state;
    return edit(markerHandles.of(this).owner, (list) => {
      const marker = list.find((other) => other.guid === id);
      if (!marker) throw gone();
      Object.assign(marker, values);
    });
  }
}

/** The marker of a list that a call names. */
function markerIn(list: object, marker: Marker): string {
  const { owner, id } = markerHandles.of(marker);
  valid(owner.session === owners.of(list).session);
  return id;
}

class SimMarkers implements Markers {
  constructor(owner: Owner) {
    owners.set(this, owner);
  }

  /** By time [I]; with `filters`, only markers of these types. */
  getMarkers(...args: Parameters<Markers['getMarkers']>): Marker[] {
    arity(args, 0, 1);
    const owner = owners.of(this);
    const wanted = args[0];
    return [...markersOf(owner)]
      .filter((marker) => !wanted || wanted.length === 0 || wanted.includes(marker.type))
      .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
      .map((marker) => new SimMarker(owner, marker.guid));
  }

  createAddMarkerAction(...args: Parameters<Markers['createAddMarkerAction']>): Action {
    arity(args, 1, 5);
    const [name, type = 'Comment', start, duration, comments = ''] = args;
    const owner = owners.of(this);
    const id = owner.session.world.nextId();
    const at = start ? ticksOf(start) : 0n;
    const length = duration ? ticksOf(duration) : 0n;
    return edit(owner, (list) =>
      list.push({ guid: id, name, type, comments, url: '', color: 0, start: at, duration: length }),
    );
  }

  createRemoveMarkerAction(...args: Parameters<Markers['createRemoveMarkerAction']>): Action {
    arity(args, 1);
    const id = markerIn(this, args[0]);
    return edit(owners.of(this), (list) => {
      const at = list.findIndex((marker) => marker.guid === id);
      if (at < 0) throw gone();
      list.splice(at, 1);
    });
  }

  createMoveMarkerAction(...args: Parameters<Markers['createMoveMarkerAction']>): Action {
    arity(args, 2);
    const id = markerIn(this, args[0]);
    const to = ticksOf(args[1]);
    return edit(owners.of(this), (list) => {
      const marker = list.find((other) => other.guid === id);
      if (!marker) throw gone();
      marker.start = to;
    });
  }
}

function ownerOf(object: object): Owner {
  const sequence = sequences.has(object) ? sequences.of(object) : null;
  if (sequence) {
    const { session, guid: id } = sequence;
    return { session, epoch: session.epoch, list: (state) => state.sequences.get(id)?.markers };
  }
  const { session, id, form } = items.of(object);
  valid(form === 'clip'); // [D] a ClipProjectItem; [I] a raw item is refused
  return {
    session,
    epoch: session.epoch,
    list: (state) => {
      const item = state.items.get(id);
      return item?.kind === 'footage' ? item.markers : undefined;
    },
  };
}

export const MarkerLists: MarkersStatic = {
  getMarkers: (...args) => {
    arity(args, 1);
    const { session } = ownerOf(args[0]);
    return session.world.call('Markers.getMarkers', () => {
      const owner = ownerOf(args[0]);
      markersOf(owner);
      return new SimMarkers(owner);
    });
  },
};

export const MarkerTypes: MarkerStatic = {
  MARKER_TYPE_COMMENT: 'Comment',
  MARKER_TYPE_CHAPTER: 'Chapter',
  MARKER_TYPE_FLVCUEPOINT: 'FLVCuePoint',
  MARKER_TYPE_WEBLINK: 'WebLink',
};
