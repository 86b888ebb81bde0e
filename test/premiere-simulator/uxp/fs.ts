/** The runtime's `fs`: promises, ArrayBuffers, and less of it than Node has. */
import type { Stats } from 'node:fs';
import * as node from 'node:fs/promises';

type Reach = (url: string) => string;
type Encoding = { readonly encoding?: string };

/** `reach` turns a path or plugin URL into a native path, or throws where the plugin may not look. */
export function uxpFs(reach: Reach) {
  const bytes = (data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array => {
    if (typeof data === 'string') return data;
    return ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
  };
  return {
    readFile: async (url: string, options: Encoding = {}): Promise<ArrayBuffer | string> => {
      const content = await node.readFile(reach(url));
      return options.encoding === undefined ? new Uint8Array(content).buffer : content.toString('utf8');
    },
    writeFile: async (
      url: string,
      data: string | ArrayBuffer | ArrayBufferView,
      _options: Encoding = {},
    ): Promise<number> => {
      const content = bytes(data);
      await node.writeFile(reach(url), content);
      return content.length;
    },
    lstat: async (url: string): Promise<Stats> => node.lstat(reach(url)),
    /** [L] Does not work. */
    lstatSync: (url: string): never => {
      throw new Error(`lstatSync is not usable: ${url}`);
    },
    rename: async (from: string, to: string): Promise<number> => node.rename(reach(from), reach(to)).then(() => 0),
    copyFile: async (from: string, to: string): Promise<number> => node.copyFile(reach(from), reach(to)).then(() => 0),
    unlink: async (url: string): Promise<number> => node.unlink(reach(url)).then(() => 0),
    mkdir: async (url: string, options: { readonly recursive?: boolean } = {}): Promise<number> => {
      await node.mkdir(reach(url), { recursive: options.recursive ?? false });
      return 0;
    },
    rmdir: async (url: string): Promise<number> => node.rmdir(reach(url)).then(() => 0),
    readdir: async (url: string): Promise<string[]> => node.readdir(reach(url)),
  };
}
