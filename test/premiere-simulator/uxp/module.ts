/** What `require('uxp')` gives, as far as a panel needs it, and the person's side of it. */
import { orNothing } from '../host/adobe';
import { macrotask } from '../world/clock';
import { formats, localFileSystem, types } from './entries';
import { fetchFor } from './fetch';
import { uxpFs } from './fs';
import type { Permissions } from './manifest';
import { permitted, type PluginFolders } from './paths';
import { webSocketFor } from './websocket';

/** What a person, or the system, does to the runtime, and what the plugin asked of it. */
interface UxpStage {
  /** Files and folders that a person will choose in the next pickers, in order; null closes the picker. */
  readonly picks: (string | null)[];
  /** Addresses and paths handed to the system. */
  readonly opened: string[];
  /** The answer to the next consent dialogs: false refuses [D]. True once the list is used up. */
  readonly consents: boolean[];
  /** What entrypoints.setup was given. */
  setup: object | null;
  /** [D] Secure storage "may be lost". */
  loseSecureStorage(): void;
}

function secureStorage(store: Map<string, Uint8Array>) {
  const bytes = (value: string | ArrayBuffer | Uint8Array): Uint8Array =>
    typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'utf8')) : new Uint8Array(value);
  return {
    get length() {
      return store.size;
    },
    /** [D] Rejects an empty value. */
    setItem: async (key: string, value: string | ArrayBuffer | Uint8Array): Promise<void> => {
      await macrotask();
      const content = bytes(value);
      if (content.length === 0) throw new Error('The value is empty.');
      store.set(key, content);
    },
    /** [D] Bytes, whatever was stored; [I] null for a key without a value. */
    getItem: async (key: string): Promise<Uint8Array> => {
      await macrotask();
      return orNothing(store.get(key) ?? null);
    },
    removeItem: async (key: string): Promise<void> => {
      await macrotask();
      if (!store.delete(key)) throw new Error('There is no such key.');
    },
    clear: async (): Promise<void> => {
      await macrotask();
      store.clear();
    },
  };
}

function shell(permissions: Permissions, stage: UxpStage) {
  const consent = (): boolean => stage.consents.shift() ?? true;
  return {
    /** [D] "" on success, a message on failure. The scheme has to be in the manifest; file: never works. */
    openExternal: async (url: string, _developerText?: string): Promise<string> => {
      await macrotask();
      const scheme = new URL(url).protocol.slice(0, -1);
      if (scheme === 'file' || !permissions.schemes.includes(scheme))
        return `The scheme ${scheme} is not permitted by the manifest.`;
      if (!consent()) return 'The user denied it.';
      stage.opened.push(url);
      return '';
    },
    openPath: async (file: string, _developerText?: string): Promise<string> => {
      await macrotask();
      const extension = /\.[^./\\]+$/.exec(file)?.[0] ?? '';
      if (!permissions.extensions.includes(extension) && !permissions.extensions.includes(''))
        return `${extension} is not permitted by the manifest.`;
      if (!consent()) return 'The user denied it.';
      stage.opened.push(file);
      return '';
    },
  };
}

export function uxpRuntime(permissions: Permissions, folders: PluginFolders) {
  const picked = new Set<string>();
  const secrets = new Map<string, Uint8Array>();
  const reach = (url: string): string => permitted(folders, permissions, picked, url);
  const stage: UxpStage = {
    picks: [],
    opened: [],
    consents: [],
    setup: null,
    loseSecureStorage: () => secrets.clear(),
  };
  const pick = (): string | null => {
    const path = stage.picks.shift() ?? null;
    if (path !== null) picked.add(path);
    return path;
  };
  const uxp = {
    /** [D] setup: once, at once. */
    entrypoints: {
      setup: (definition: object): void => {
        if (stage.setup) throw new Error('entrypoints.setup may be called once.');
        stage.setup = definition;
      },
    },
    storage: {
      localFileSystem: localFileSystem(folders, reach, pick),
      secureStorage: secureStorage(secrets),
      formats,
      types,
    },
    shell: shell(permissions, stage),
    versions: { uxp: 'uxp-8.2.0', plugin: '0.1.0' },
    host: { name: 'premierepro', version: '26.3.0', uiLocale: 'en_US' },
  };
  return { uxp, fs: uxpFs(reach), WebSocket: webSocketFor(permissions), fetch: fetchFor(permissions), stage };
}

export type UxpRuntime = ReturnType<typeof uxpRuntime>;
