/** One open project: its state, its lock, its transactions. */
import type { Action, CompoundAction } from '@adobe/premierepro';
import { arity, HostError, valid } from '../host/adobe';
import { RAW } from '../host/constants';
import type { ProjectState, SequenceState } from '../model/state';
import { History } from './history';
import { gone, nextOf, type World } from './world';
import type { Wrappers } from './wrappers';

type Effect = (draft: ProjectState) => void;

interface ActionRecord {
  readonly session: Session;
  readonly lock: number;
  readonly commit: number;
  readonly effect: Effect;
  used: boolean;
}

const actions = new WeakMap<Action, ActionRecord>();

export class Session {
  state: ProjectState;
  /** Fresh wrappers round the things of this project. */
  readonly wrap: Wrappers;
  readonly history = new History();
  activeSequence: string | null = null;
  closed = false;
  dirty = false;
  exporting = false;
  readonly playheads = new Map<string, bigint>();
  /** The sequence that plays, and since when by the world's clock, milliseconds. */
  playing: { readonly sequence: string; readonly since: number } | null = null;
  /** Handles of the timeline carry the epoch they were fetched in; a commit, an undo and a redo start a new one [R]. */
  epoch = 0;
  #lockDepth = 0;
  #lock = 0;
  #commit = 0;
  #inTransaction = false;

  constructor(
    readonly world: World,
    readonly guid: string,
    public name: string,
    public path: string,
    root: string,
    wrappers: (session: Session) => Wrappers,
  ) {
    this.wrap = wrappers(this);
    this.state = { root, items: new Map(), sequences: new Map(), properties: new Map() };
    this.state.items.set(root, { kind: 'bin', id: root, name: 'Root', parent: null, label: 0 });
  }

  get locked(): boolean {
    return this.#lockDepth > 0;
  }

  /** Throws once the project is closed: every handle into it is dead [I]. */
  check(): void {
    if (this.closed) throw gone();
  }

  sequence(guid: string): SequenceState {
    this.check();
    const sequence = this.state.sequences.get(guid);
    if (!sequence) throw gone();
    return sequence;
  }

  newKey = (): string => `clip-${this.world.nextNumber()}`;

  /**
   * [D] Actions are made under the lock only. `plan` sees the state as it is now and answers what to do: within one transaction
   * no action sees what another one did [R].
   */
  action(plan: (base: ProjectState) => Effect): Action {
    this.check();
    if (!this.locked) throw new HostError('Actions must be created inside Project.lockedAccess.');
    const action: Action = Object.freeze({});
    actions.set(action, {
      session: this,
      lock: this.#lock,
      commit: this.#commit,
      effect: plan(this.state),
      used: false,
    });
    return action;
  }

  /** [D] The callback is synchronous; [R] nothing may be thrown out of it. */
  lockedAccess(callback: () => unknown): void {
    this.check();
    if (this.#lockDepth === 0) this.#lock++;
    this.#lockDepth++;
    let answer: unknown;
    try {
      answer = callback();
    } catch (thrown) {
      this.world.hazard('lock', `An exception escaped lockedAccess: ${String(thrown)}`);
      throw thrown;
    } finally {
      this.#lockDepth--;
    }
    this.#refusePromise(answer, 'lock', 'lockedAccess');
  }

  /** [D] All or nothing, and one Undo step. Answers false where nothing was applied. */
  executeTransaction(callback: (compound: CompoundAction) => unknown, name: string): boolean {
    this.check();
    if (this.#inTransaction) throw new HostError('A transaction is already open.'); // [I]
    const added: ActionRecord[] = [];
    const gate = { open: true };
    const compound = this.#compound(added, gate);
    let answer: unknown;
    this.#inTransaction = true;
    try {
      answer = callback(compound);
    } catch (thrown) {
      this.world.hazard('transaction', `An exception escaped executeTransaction: ${String(thrown)}`);
      throw thrown;
    } finally {
      this.#inTransaction = false;
      gate.open = false;
    }
    this.#refusePromise(answer, 'transaction', 'executeTransaction');
    if (nextOf(this.world.faults.transactionsRefused, false) || added.length === 0) return false; // [I] an empty one
    const draft = structuredClone(this.state);
    try {
      for (const record of added) record.effect(draft);
    } catch {
      return false; // atomic: the draft is dropped [D]
    }
    this.commit(name, draft);
    return true;
  }

  /** Makes `draft` the state, as one named step. */
  commit(name: string, draft: ProjectState): void {
    this.history.push(name, this.state);
    this.#adopt(draft);
  }

  undo(): boolean {
    const before = this.history.undo(this.state);
    if (before) this.#adopt(before);
    return before !== null;
  }

  redo(): boolean {
    const after = this.history.redo(this.state);
    if (after) this.#adopt(after);
    return after !== null;
  }

  /** Something that Undo does not take back [R]: it happens in the present and in every state that can be returned to. */
  everywhere(change: (state: ProjectState) => void): void {
    const done = new Set<ProjectState>();
    for (const state of [this.state, ...this.history.reachable()]) {
      if (!done.has(state)) change(state);
      done.add(state);
    }
  }

  /** What a person does: one step of the same undo stack. Timeline handles live on, as far as what they name does [I]. */
  edit(name: string, change: (draft: ProjectState) => void): void {
    this.check();
    if (this.locked) throw new Error('A person cannot edit while the project is locked.');
    const draft = structuredClone(this.state);
    change(draft);
    const epoch = this.epoch;
    this.commit(name, draft);
    this.epoch = epoch;
  }

  #adopt(state: ProjectState): void {
    this.state = state;
    this.epoch++;
    this.#commit++;
    if (this.activeSequence !== null && !state.sequences.has(this.activeSequence)) this.activeSequence = null;
    if (this.dirty) return;
    this.dirty = true;
    this.world.events.emit(RAW.ProjectEvent.DIRTY, { name: this.name, path: this.path, id: this.guid }, this);
  }

  #compound(added: ActionRecord[], gate: { readonly open: boolean }): CompoundAction {
    const addAction = (...args: Parameters<CompoundAction['addAction']>): boolean => {
      arity(args, 1);
      if (!gate.open) throw new HostError('The compound action has been closed.'); // escaped
      valid(typeof args[0] === 'object');
      const record = actions.get(args[0]);
      valid(record !== undefined && record.session === this);
      if (record.lock !== this.#lock || !this.locked) throw new HostError('The action was created under another lock.'); // escaped [R]
      if (record.commit !== this.#commit || record.used) throw new HostError('The action is stale.'); // [R]
      if (nextOf(this.world.faults.actionsRefused, false)) return false;
      record.used = true;
      added.push(record);
      return true;
    };
    return {
      addAction,
      get empty() {
        return added.length === 0;
      },
    };
  }

  #refusePromise(answer: unknown, kind: 'lock' | 'transaction', where: string): void {
    if (typeof answer !== 'object' || answer === null || !('then' in answer)) return;
    Promise.resolve(answer).catch(() => undefined);
    this.world.hazard(kind, `The callback of ${where} returned a Promise: it has to be synchronous.`);
    throw new HostError(`The callback of ${where} must not be asynchronous.`);
  }
}
