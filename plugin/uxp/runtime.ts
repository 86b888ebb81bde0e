/** The host's modules as this panel uses them: `require` gives anything, so each is looked at before it is believed. */
import type { PremiereApi } from '../premiere';

/** UXP's `fs`, the part used here. Promises, since no callback is given. */
export interface UxpFs {
  readFile(path: string): Promise<unknown>;
  lstat(path: string): Promise<unknown>;
  unlink(path: string): Promise<unknown>;
  writeFile(path: string, data: ArrayBuffer): Promise<unknown>;
}

/** UXP's own module, the part used here. */
export interface Uxp {
  readonly entrypoints: { setup(entries: object): void };
  readonly storage: {
    readonly localFileSystem: { getTemporaryFolder(): Promise<unknown> };
    readonly secureStorage: {
      getItem(key: string): Promise<unknown>;
      setItem(key: string, value: string): Promise<void>;
    };
  };
  /** Absent in older hosts. */
  readonly host?: { readonly uiLocale?: unknown };
  readonly shell: { openExternal(url: string, reason?: string): Promise<unknown> };
}

export interface Runtime {
  readonly ppro: PremiereApi;
  readonly uxp: Uxp;
  readonly fs: UxpFs;
}

const part = (value: unknown, name: string): unknown =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && name in value
    ? Reflect.get(value, name)
    : undefined;

const has = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => part(value, name) !== undefined);

const PREMIERE = [
  'Project',
  'Markers',
  'Exporter',
  'SequenceEditor',
  'TickTime',
  'ClipProjectItem',
  'FolderItem',
  'Constants',
  'Properties',
  'EventManager',
];

const isPremiere = (module: unknown): module is PremiereApi => has(module, ...PREMIERE);

const isFs = (module: unknown): module is UxpFs => has(module, 'readFile', 'lstat', 'unlink', 'writeFile');

const isUxp = (module: unknown): module is Uxp =>
  has(part(module, 'entrypoints'), 'setup') &&
  has(part(part(module, 'storage'), 'localFileSystem'), 'getTemporaryFolder') &&
  has(part(part(module, 'storage'), 'secureStorage'), 'getItem', 'setItem') &&
  has(part(module, 'shell'), 'openExternal');

/** The modules, checked. Throws an Error whose message is for the artist when this host is too old to have them. */
export function readRuntime(load: (name: 'premierepro' | 'uxp' | 'fs') => unknown): Runtime {
  const [ppro, uxp, fs] = [load('premierepro'), load('uxp'), load('fs')];
  if (!isPremiere(ppro) || !isUxp(uxp) || !isFs(fs)) {
    throw new Error('This version of Premiere cannot run Inbetween. Update Premiere to 26.3 or later.');
  }
  return { ppro, uxp, fs };
}
