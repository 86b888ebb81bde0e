/** The one place where Premiere's project is changed: lock, actions, transaction, undo. */
import type { Action, Project } from '@adobe/premierepro';

/** How a transaction ended. Nothing is thrown: an exception that leaves the lock can take Premiere down. */
export type TransactionResult =
  | {
      readonly done: true;
      /** Actions that the host took, in order; fewer than asked where it refused a later one. */
      readonly taken: number;
    }
  | { readonly done: false; readonly why: 'changed' | 'refused' | 'threw' | 'not-run'; readonly message: string };

export interface TransactionPlan {
  /** What Premiere's Undo calls the step. */
  readonly undoName: string;
  /** Looks, inside the lock and synchronously, whether the timeline still is as it was read; false stops before any change. */
  readonly unchanged?: () => boolean;
  /** Makes the actions, inside the lock and synchronously; the indispensable one first. */
  readonly actions: readonly (() => Action)[];
  /** Makes actions that may fail alone without stopping the others (a property that the host won't set). */
  readonly optional?: readonly (() => Action)[];
}

const text = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function make(plan: TransactionPlan): Action[] {
  const actions = plan.actions.map((create) => create());
  for (const create of plan.optional ?? []) {
    try {
      actions.push(create());
    } catch {
      // Left out: the caller reads back what it needs.
    }
  }
  return actions;
}

function execute(project: Project, plan: TransactionPlan): TransactionResult {
  if (plan.unchanged?.() === false) return { done: false, why: 'changed', message: 'the timeline changed meanwhile' };
  const actions = make(plan);
  let taken = 0;
  const done = project.executeTransaction((compound) => {
    for (const action of actions) {
      // A refusal ends the list: the first action is the one without which the others make no sense.
      if (!compound.addAction(action)) return;
      taken += 1;
    }
  }, plan.undoName);
  if (taken === 0) return { done: false, why: 'refused', message: 'Premiere refused the edit' };
  return done
    ? { done: true, taken }
    : { done: false, why: 'refused', message: 'Premiere reported that the edit was not made' };
}

/**
 * Runs one transaction: one Undo step. Everything inside is synchronous; handles fetched before it are stale after it.
 * Source: Adobe's types for Project.lockedAccess and Project.executeTransaction (26.3).
 */
export function transact(project: Project, plan: TransactionPlan): TransactionResult {
  let result: TransactionResult = {
    done: false,
    why: 'not-run',
    message: 'Premiere did not grant access to the project',
  };
  try {
    project.lockedAccess(() => {
      try {
        result = execute(project, plan);
      } catch (thrown) {
        result = { done: false, why: 'threw', message: text(thrown) };
      }
    });
  } catch (thrown) {
    return { done: false, why: 'threw', message: text(thrown) };
  }
  return result;
}
