/** The projects that are open, and which one is in front. */
import { RAW } from '../host/constants';
import { Session } from './session';
import type { World } from './world';
import type { Wrappers } from './wrappers';

export class Projects {
  readonly open: Session[] = [];
  active: Session | null = null;
  /** The project that was in front before, for the stale answers of getActiveSequence [R]. */
  previous: Session | null = null;

  constructor(
    readonly world: World,
    private readonly wrappers: (session: Session) => Wrappers,
  ) {}

  add(name: string, path: string): Session {
    const session = new Session(this.world, this.world.nextId(), name, path, this.world.nextId(), this.wrappers);
    this.open.push(session);
    this.#emit(RAW.ProjectEvent.OPENED, session);
    this.activate(session);
    return session;
  }

  find(guid: string): Session | null {
    return this.open.find((session) => session.guid === guid) ?? null;
  }

  activate(session: Session): void {
    if (this.active === session) return;
    this.previous = this.active;
    this.active = session;
    this.#emit(RAW.ProjectEvent.ACTIVATED, session);
  }

  /** Opens a closed project again as it was left: a new session, without undo, and without what was not persistent [D]. */
  reopen(closed: Session): Session {
    const session = new Session(this.world, closed.guid, closed.name, closed.path, closed.state.root, this.wrappers);
    session.state = structuredClone(closed.state);
    for (const { properties } of [session.state, ...session.state.sequences.values()]) {
      for (const [name, { persistent }] of [...properties]) if (!persistent) properties.delete(name);
    }
    session.activeSequence = closed.activeSequence;
    this.open.push(session);
    this.#emit(RAW.ProjectEvent.OPENED, session);
    this.activate(session);
    return session;
  }

  /** Every handle into it dies at once [I]. The one opened last comes to the front. */
  close(session: Session): void {
    if (session.closed) return;
    session.closed = true;
    this.open.splice(this.open.indexOf(session), 1);
    this.#emit(RAW.ProjectEvent.CLOSED, session);
    if (this.active !== session) return;
    this.active = null;
    const next = this.open.at(-1);
    if (next) this.activate(next);
  }

  /** [D] The payload of project events: name, path, id and, while it is open, the project. */
  #emit(name: string, session: Session): void {
    const { guid: id, path } = session;
    const event = { name: session.name, path, id };
    this.world.events.emit(name, session.closed ? event : { ...event, project: session.wrap.project() }, session);
  }
}

/** Brings a sequence to the front. */
export function activateSequence(session: Session, guid: string | null): void {
  if (session.activeSequence === guid) return;
  session.activeSequence = guid;
  session.world.events.emit(RAW.SequenceEvent.ACTIVATED, { id: guid }, session);
}
