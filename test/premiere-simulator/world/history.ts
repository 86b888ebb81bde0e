/** The undo stack: whole states, by name. Because committed states are never changed in place, an entry costs one reference. */
import type { ProjectState } from '../model/state';

interface Entry {
  readonly name: string;
  readonly before: ProjectState;
}

export class History {
  #done: Entry[] = [];
  #undone: { name: string; after: ProjectState }[] = [];

  get undoNames(): string[] {
    return this.#done.map((entry) => entry.name);
  }

  get redoNames(): string[] {
    return this.#undone.map((entry) => entry.name);
  }

  /** Records a step that led away from `before`. */
  push(name: string, before: ProjectState): void {
    this.#done.push({ name, before });
    this.#undone = [];
  }

  /** The state to go back to, or null; `current` is kept for redo. */
  undo(current: ProjectState): ProjectState | null {
    const entry = this.#done.pop();
    if (!entry) return null;
    this.#undone.push({ name: entry.name, after: current });
    return entry.before;
  }

  redo(current: ProjectState): ProjectState | null {
    const entry = this.#undone.pop();
    if (!entry) return null;
    this.#done.push({ name: entry.name, before: current });
    return entry.after;
  }

  /** States still reachable by undo or redo: what cannot be undone (imports, changed media paths) has to happen in each of them. */
  reachable(): ProjectState[] {
    return [...this.#done.map((entry) => entry.before), ...this.#undone.map((entry) => entry.after)];
  }
}
