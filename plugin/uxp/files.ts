/** Files through UXP's `fs`, which gives ArrayBuffers and Node-like error codes, and throws for paths it may not look at. */
import type { FileAccess } from '../premiere';
import type { Uxp, UxpFs } from './runtime';

const isAbsent = (error: unknown): boolean =>
  /ENOENT|no such file/i.test(error instanceof Error ? error.message : String(error));

function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  // An ArrayBuffer of another realm is no instance of this one's.
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return new Uint8Array(data as ArrayBuffer);
  throw new Error('The host gave no bytes for a file.');
}

export function uxpFiles(
  fs: UxpFs,
): FileAccess & { stamp(path: string): Promise<string>; write(path: string, bytes: Uint8Array): Promise<void> } {
  const statsOf = async (path: string): Promise<{ size: number; changed: string }> => {
    const stats = await fs.lstat(path);
    const changed = typeof stats === 'object' && stats !== null && 'mtimeMs' in stats ? String(stats.mtimeMs) : '';
    const size = typeof stats === 'object' && stats !== null && 'size' in stats ? stats.size : undefined;
    if (typeof size !== 'number') throw new Error('The host gave no size for a file.');
    return { size, changed };
  };
  const stat = async (path: string): Promise<number> => (await statsOf(path)).size;
  return {
    async exists(path) {
      try {
        await stat(path);
        return true;
      } catch (error) {
        if (isAbsent(error)) return false;
        throw error;
      }
    },
    size: stat,
    async stamp(path) {
      const { size, changed } = await statsOf(path);
      return `${size}@${changed}`;
    },
    readFile: async (path) => bytesOf(await fs.readFile(path)),
    async write(path, bytes) {
      const { buffer } = new Uint8Array(bytes);
      await fs.writeFile(path, buffer);
    },
    async remove(path) {
      try {
        await fs.unlink(path);
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    },
  };
}

/** Native path of the plugin's temporary folder. */
export async function temporaryFolder(uxp: Uxp): Promise<string> {
  const folder = await uxp.storage.localFileSystem.getTemporaryFolder();
  const path = typeof folder === 'object' && folder !== null && 'nativePath' in folder ? folder.nativePath : undefined;
  if (typeof path !== 'string') throw new Error('The host gave no temporary folder.');
  return path;
}
