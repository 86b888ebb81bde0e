/** What raw items, clips and bins share in Adobe's types: name, type, label, project. */
import type { Action, Project } from '@adobe/premierepro';
import type { ItemState } from '../model/state';
import { gone } from '../world/world';
import { arity, valid } from './adobe';
import { items, type ItemHandle } from './handles';

/** [I] Run-time values of ProjectItem.type. */
export const ITEM_TYPE = { CLIP: 1, BIN: 2, ROOT: 3, FILE: 4, STYLE: 5, COMPOUND: 6 } as const;

export abstract class AnyItem {
  constructor(handle: ItemHandle) {
    items.set(this, handle);
  }

  get name(): string {
    return items.of(this).state.name;
  }

  get type(): number {
    const { session, id, state } = items.of(this);
    if (id === session.state.root) return ITEM_TYPE.ROOT;
    return state.kind === 'bin' ? ITEM_TYPE.BIN : ITEM_TYPE.CLIP;
  }

  createSetNameAction(...args: [string]): Action {
    arity(args, 1);
    return changeItem(items.of(this), (item) => (item.name = args[0]));
  }

  /** [D] Labels are for project items only. */
  createSetColorLabelAction(...args: [number]): Action {
    arity(args, 1);
    valid(Number.isInteger(args[0]) && args[0] >= 0 && args[0] <= 15);
    return changeItem(items.of(this), (item) => (item.label = args[0]));
  }

  getColorLabelIndex(): Promise<number> {
    return items.of(this).session.world.call('ProjectItem.getColorLabelIndex', () => items.of(this).state.label);
  }

  getProject(): Promise<Project> {
    const handle = items.of(this);
    return handle.session.world.call('ProjectItem.getProject', () => {
      handle.session.check();
      return handle.session.wrap.project();
    });
  }
}

/** An action that edits one item. */
export function changeItem(handle: ItemHandle, edit: (item: ItemState) => void): Action {
  handle.session.check();
  if (!handle.session.state.items.has(handle.id)) throw gone();
  return handle.session.action(() => (draft) => {
    const item = draft.items.get(handle.id);
    if (!item) throw gone();
    edit(item);
  });
}
