/** `storage.localFileSystem`: entries, as the runtime's own file API gives them. */
import * as node from 'node:fs/promises';
import path from 'node:path';
import type { PluginFolders } from './paths';

export const formats = { utf8: Symbol('utf8'), binary: Symbol('binary') };
export const types = { file: Symbol('file'), folder: Symbol('folder') };

abstract class Entry {
  readonly isEntry = true;
  abstract readonly isFile: boolean;
  abstract readonly isFolder: boolean;

  constructor(readonly nativePath: string) {}

  get name(): string {
    return path.basename(this.nativePath);
  }

  get url(): string {
    return `file:${this.nativePath}`;
  }

  async getMetadata(): Promise<{ name: string; size: number; isFile: boolean; isFolder: boolean }> {
    const { size } = await node.stat(this.nativePath);
    return { name: this.name, size, isFile: this.isFile, isFolder: this.isFolder };
  }

  async delete(): Promise<number> {
    await node.rm(this.nativePath, { recursive: this.isFolder });
    return 0;
  }
}

class FileEntry extends Entry {
  readonly isFile = true;
  readonly isFolder = false;

  /** [D] Text unless `format` is `formats.binary`. */
  async read(options: { readonly format?: symbol } = {}): Promise<string | ArrayBuffer> {
    const content = await node.readFile(this.nativePath);
    return options.format === formats.binary ? new Uint8Array(content).buffer : content.toString('utf8');
  }

  async write(
    data: string | ArrayBuffer,
    options: { readonly format?: symbol; readonly append?: boolean } = {},
  ): Promise<number> {
    const content = typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data);
    await (options.append ? node.appendFile(this.nativePath, content) : node.writeFile(this.nativePath, content));
    return content.length;
  }
}

class FolderEntry extends Entry {
  readonly isFile = false;
  readonly isFolder = true;

  async getEntries(): Promise<(FileEntry | FolderEntry)[]> {
    const found = await node.readdir(this.nativePath, { withFileTypes: true });
    return found.map((entry) => wrap(path.join(this.nativePath, entry.name), entry.isDirectory()));
  }

  async getEntry(name: string): Promise<FileEntry | FolderEntry> {
    return entryAt(path.join(this.nativePath, name));
  }

  async createFile(name: string, options: { readonly overwrite?: boolean } = {}): Promise<FileEntry> {
    const file = path.join(this.nativePath, name);
    await node.writeFile(file, '', { flag: options.overwrite ? 'w' : 'wx' });
    return new FileEntry(file);
  }

  async createFolder(name: string): Promise<FolderEntry> {
    const folder = path.join(this.nativePath, name);
    await node.mkdir(folder);
    return new FolderEntry(folder);
  }
}

function wrap(file: string, folder: boolean): FileEntry | FolderEntry {
  return folder ? new FolderEntry(file) : new FileEntry(file);
}

async function entryAt(file: string): Promise<FileEntry | FolderEntry> {
  const found = await node.stat(file).catch(() => {
    throw new Error(`Could not find an entry of '${file}'`);
  });
  return wrap(file, found.isDirectory());
}

/** The provider; `reach` throws where the plugin may not look. */
export function localFileSystem(folders: PluginFolders, reach: (url: string) => string, pick: () => string | null) {
  return {
    isFileSystemProvider: true,
    getDataFolder: async (): Promise<FolderEntry> => new FolderEntry(folders.data),
    getTemporaryFolder: async (): Promise<FolderEntry> => new FolderEntry(folders.temp),
    getPluginFolder: async (): Promise<FolderEntry> => new FolderEntry(folders.plugin),
    getEntryWithUrl: async (url: string): Promise<FileEntry | FolderEntry> => entryAt(reach(url)),
    /** [D] What a person picked, null where the picker was closed. */
    getFolder: async (): Promise<FolderEntry | null> => {
      const picked = pick();
      return picked === null ? null : new FolderEntry(picked);
    },
    getFileForOpening: async (): Promise<FileEntry | null> => {
      const picked = pick();
      return picked === null ? null : new FileEntry(picked);
    },
    getNativePath: (entry: FileEntry | FolderEntry): string => entry.nativePath,
    getFsUrl: (entry: FileEntry | FolderEntry): string => entry.url,
  };
}
