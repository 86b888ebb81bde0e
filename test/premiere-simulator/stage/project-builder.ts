/** Sets a project up before the code under test sees it. */
import { addTo, newSequence, type SequenceOptions } from '../world/new-sequence';
import { activateSequence } from '../world/projects';
import type { Session } from '../world/session';
import { SequenceBuilder } from './sequence-builder';
import { binOf, type BinEntry } from './snapshot';

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
    const sequence = newSequence(session.world, options);
    session.everywhere((state) => addTo(state, sequence));
    const { guid } = sequence;
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
