/** What stands behind the objects that scripts hold: kept apart, so that a script cannot reach it. */
import { findClip, type ItemState, type Placed, type SequenceState, type TrackKind } from '../model/state';
import type { Session } from '../world/session';
import { gone } from '../world/world';
import { valid } from './adobe';

/** Wrapper → handle. Anything the host did not make is an invalid parameter [L]. */
export class Handles<H> {
  #map = new WeakMap<object, H>();

  set(wrapper: object, handle: H): void {
    this.#map.set(wrapper, handle);
  }

  has(wrapper: object): boolean {
    return this.#map.has(wrapper);
  }

  of(wrapper: object): H {
    const handle = typeof wrapper === 'object' ? this.#map.get(wrapper) : undefined;
    valid(handle !== undefined);
    return handle;
  }
}

/** [L] A raw item and what a cast makes of it are different things to the host. */
export class ItemHandle {
  constructor(
    readonly session: Session,
    readonly id: string,
    readonly form: 'raw' | 'clip' | 'folder',
  ) {}

  /** Present state. Throws once the item or its project is gone; a commit alone does not kill it [I]. */
  get state(): ItemState {
    this.session.check();
    const item = this.session.state.items.get(this.id);
    if (!item) throw gone();
    return item;
  }
}

/** [I] Projects and sequences stay good across commits. */
export class SequenceHandle {
  constructor(
    readonly session: Session,
    readonly guid: string,
  ) {}

  get state(): SequenceState {
    return this.session.sequence(this.guid);
  }
}

/** [R] Whatever was fetched from a timeline is stale after the next commit. */
export class TimelineHandle extends SequenceHandle {
  readonly #epoch = this.session.epoch;

  override get state(): SequenceState {
    if (this.session.epoch !== this.#epoch) throw gone();
    return this.session.sequence(this.guid);
  }
}

export class TrackHandle extends TimelineHandle {
  constructor(
    session: Session,
    guid: string,
    readonly kind: TrackKind,
    readonly id: number,
  ) {
    super(session, guid);
  }

  get index(): number {
    const index = this.state[this.kind].findIndex((track) => track.id === this.id);
    if (index < 0) throw gone();
    return index;
  }
}

export class ClipHandle extends TimelineHandle {
  constructor(
    session: Session,
    guid: string,
    readonly key: string,
  ) {
    super(session, guid);
  }

  /** The clip as it is now. Throws when it was removed meanwhile. */
  get placed(): Placed {
    const placed = findClip(this.state, this.key);
    if (!placed) throw gone();
    return placed;
  }
}

export const projects = new Handles<Session>();
export const items = new Handles<ItemHandle>();
export const sequences = new Handles<SequenceHandle>();
export const clips = new Handles<ClipHandle>();
