/**
 * Items of the project panel. A raw ProjectItem and what a cast makes of it are different things: the editing calls take the
 * raw one only [L].
 */
import type {
  Action,
  ClipProjectItem,
  ClipProjectItemStatic,
  FolderItem,
  FolderItemStatic,
  ProjectItem,
  ProjectItemStatic,
  Sequence,
  TickTime,
} from '@adobe/premierepro';
import { removeItem, type FootageState } from '../model/state';
import { gone } from '../world/world';
import { arity, HostError, orNothing, valid } from './adobe';
import { AnyItem, changeItem, ITEM_TYPE } from './any-item';
import { ClipItemRest } from './clip-item-rest';
import { ItemHandle, items } from './handles';
import { floorTo, ticksOf, tickTime } from './time';

export class SimProjectItem extends AnyItem implements ProjectItem {
  getId(): string {
    return items.of(this).state.id;
  }

  getParentBin(): FolderItem {
    const { session, state } = items.of(this);
    return orNothing(state.parent === null ? null : session.wrap.folder(state.parent));
  }
}

export class SimFolderItem extends AnyItem implements FolderItem {
  readonly createSmartBinAction = (): never => {
    throw new Error('FolderItem.createSmartBinAction is not modelled by the Premiere simulator.');
  };

  getItems(): Promise<ProjectItem[]> {
    const handle = items.of(this);
    const { session, id } = handle;
    return session.world.call('FolderItem.getItems', () => {
      if (handle.state.kind !== 'bin') throw gone();
      return [...session.state.items.values()]
        .filter((item) => item.parent === id)
        .map((item) => session.wrap.rawItem(item.id));
    });
  }

  /** [D] With `makeUnique` false [I] two bins can have one name: look up before creating. */
  createBinAction(...args: Parameters<FolderItem['createBinAction']>): Action {
    arity(args, 2);
    valid(typeof args[0] === 'string' && args[0] !== '' && typeof args[1] === 'boolean');
    const { session, id: parent } = items.of(this);
    return session.action((base) => {
      const taken = new Set([...base.items.values()].filter((item) => item.parent === parent).map((item) => item.name));
      let name = args[0];
      for (let n = 1; args[1] && taken.has(name); n++) name = `${args[0]} ${n.toString().padStart(2, '0')}`;
      const id = session.world.nextId();
      return (draft) => {
        if (!draft.items.has(parent)) throw gone();
        draft.items.set(id, { kind: 'bin', id, name, parent, label: 2 });
      };
    });
  }

  createRenameBinAction(...args: Parameters<FolderItem['createRenameBinAction']>): Action {
    return this.createSetNameAction(...args);
  }

  createRemoveItemAction(...args: Parameters<FolderItem['createRemoveItemAction']>): Action {
    arity(args, 1);
    const target = rawItem(args[0]);
    const { session, id } = items.of(this);
    valid(target.session === session && target.state.parent === id);
    return session.action(() => (draft) => removeItem(draft, target.id));
  }

  createMoveItemAction(...args: Parameters<FolderItem['createMoveItemAction']>): Action {
    arity(args, 2);
    const parent = items.of(args[1]);
    valid(parent.form === 'folder');
    return changeItem(rawItem(args[0]), (item) => (item.parent = parent.id));
  }
}

class SimClipProjectItem extends ClipItemRest implements ClipProjectItem {
  #footage(): FootageState | null {
    const item = items.of(this).state;
    return item.kind === 'footage' ? item : null;
  }

  #read<T>(member: string, read: () => T): Promise<T> {
    return items.of(this).session.world.call(`ClipProjectItem.${member}`, read);
  }

  isSequence(): Promise<boolean> {
    return this.#read('isSequence', () => items.of(this).state.kind === 'sequence');
  }

  isOffline(): Promise<boolean> {
    return this.#read('isOffline', () => this.#footage()?.offline ?? false);
  }

  isMergedClip(): Promise<boolean> {
    return this.#read('isMergedClip', () => false);
  }

  isMulticamClip(): Promise<boolean> {
    return this.#read('isMulticamClip', () => false);
  }

  canChangeMediaPath(): Promise<boolean> {
    return this.#read('canChangeMediaPath', () => (this.#footage()?.path ?? '') !== '');
  }

  /** [L] Empty for nested sequences, synthetic and offline items. */
  getMediaFilePath(): Promise<string> {
    return this.#read('getMediaFilePath', () => {
      const item = this.#footage();
      if (!item || item.offline || item.path === '') return '';
      return items.of(this).session.world.faults.spellPath(item.path);
    });
  }

  /** [L] Found nothing on a live host, whatever was asked. */
  findItemsMatchingMediaPath(): Promise<ProjectItem[]> {
    return this.#read('findItemsMatchingMediaPath', () => []);
  }

  /** [D] "Not undoable": the new path stays, whatever is undone. */
  changeMediaFilePath(...args: Parameters<ClipProjectItem['changeMediaFilePath']>): Promise<boolean> {
    arity(args, 1, 2);
    const { session, id } = items.of(this);
    return this.#read('changeMediaFilePath', () => {
      if (!this.#footage()) return false;
      session.everywhere((state) => {
        const item = state.items.get(id);
        if (item?.kind === 'footage') Object.assign(item, { path: args[0], offline: false });
      });
      return true;
    });
  }

  getSequence(): Promise<Sequence> {
    return this.#read('getSequence', () => {
      const { session, state } = items.of(this);
      return orNothing(state.kind === 'sequence' ? session.wrap.sequence(state.sequence) : null);
    });
  }

  /** [D] Both at once; [I] on the grid of the still's own rate, which need not be the sequence's. */
  createSetInOutPointsAction(...args: Parameters<ClipProjectItem['createSetInOutPointsAction']>): Action {
    arity(args, 2);
    const handle = items.of(this);
    const grid = handle.session.world.faults.stillGrid ?? 1n;
    const marks = { inPoint: floorTo(ticksOf(args[0]), grid), outPoint: floorTo(ticksOf(args[1]), grid) };
    valid(marks.inPoint >= 0n && marks.outPoint > marks.inPoint);
    return changeItem(handle, (item) => {
      if (item.kind === 'footage') item.marks = marks;
    });
  }

  /** [D] "Sets the scale to frame to true"; [I] for uses laid down from then on. */
  createSetScaleToFrameSizeAction(): Action {
    return changeItem(items.of(this), (item) => {
      if (item.kind === 'footage') item.scaledToFrame = true;
    });
  }

  getInPoint(): Promise<TickTime> {
    return this.#read('getInPoint', () => tickTime(this.#footage()?.marks?.inPoint ?? 0n));
  }

  getOutPoint(): Promise<TickTime> {
    return this.#read('getOutPoint', () =>
      tickTime(this.#footage()?.marks?.outPoint ?? this.#footage()?.media.duration ?? 0n),
    );
  }
}

/** The handle behind a raw item; a cast item, or anything else, is an invalid parameter [L]. */
export function rawItem(item: ProjectItem): ItemHandle {
  const handle = items.of(item);
  valid(handle.form === 'raw');
  return handle;
}

function castTo(form: 'clip' | 'folder', args: readonly [ProjectItem]): ItemHandle {
  arity(args, 1);
  const { session, id, state } = rawItem(args[0]);
  // [I] A cast to what the item is not throws.
  if ((state.kind === 'bin') !== (form === 'folder')) throw new HostError(`The project item is not a ${form}.`);
  return new ItemHandle(session, id, form);
}

export const ClipProjectItems: ClipProjectItemStatic = {
  cast: (...args) => new SimClipProjectItem(castTo('clip', args)),
};

export const FolderItems: FolderItemStatic = { cast: (...args) => new SimFolderItem(castTo('folder', args)) };

export const ProjectItems: ProjectItemStatic = {
  cast: (...args) => {
    arity(args, 1);
    const { session, id } = items.of(args[0]);
    return new SimProjectItem(new ItemHandle(session, id, 'raw'));
  },
  TYPE_CLIP: ITEM_TYPE.CLIP,
  TYPE_BIN: ITEM_TYPE.BIN,
  TYPE_ROOT: ITEM_TYPE.ROOT,
  TYPE_FILE: ITEM_TYPE.FILE,
  TYPE_STYLE: ITEM_TYPE.STYLE,
  TYPE_COMPOUND: ITEM_TYPE.COMPOUND,
};
