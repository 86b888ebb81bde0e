/** Where a plugin's own folders are, and which paths it may touch. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Permissions } from './manifest';

export interface PluginFolders {
  readonly data: string;
  readonly temp: string;
  readonly plugin: string;
}

/** Native path of "plugin-data:/x", "plugin-temp:/x", "plugin:/x", "file:/x" or a plain path. */
function nativePath(folders: PluginFolders, url: string): string {
  const [, scheme, rest] = /^(plugin-data|plugin-temp|plugin):\/*(.*)$/.exec(url) ?? [];
  if (scheme === undefined || rest === undefined)
    return /^file:/.test(url) ? fileURLToPath(url.replace(/^file:\/*/, 'file:///')) : path.resolve(url);
  const base = scheme === 'plugin-data' ? folders.data : scheme === 'plugin-temp' ? folders.temp : folders.plugin;
  return path.join(base, rest);
}

const inside = (folder: string, file: string): boolean => file === folder || file.startsWith(folder + path.sep);

/** Throws where the plugin may not look [D]: outside its folders without `fullAccess`, unless a person picked the file. */
export function permitted(
  folders: PluginFolders,
  permissions: Permissions,
  picked: ReadonlySet<string>,
  url: string,
): string {
  const file = nativePath(folders, url);
  const own = inside(folders.data, file) || inside(folders.temp, file) || inside(folders.plugin, file);
  const chosen = permissions.files === 'request' && [...picked].some((entry) => inside(entry, file));
  if (!own && !chosen && permissions.files !== 'fullAccess') throw new Error(`Permission denied: ${url}`);
  return file;
}
