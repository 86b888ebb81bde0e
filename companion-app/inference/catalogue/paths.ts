/** Names a catalogue may give: they become files below the folder of packs, on any system, and nowhere else. */

/** Devices of Windows, which are no files whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** One component: plain letters, no dot or dash first, no dot last. */
const COMPONENT = /^[A-Za-z0-9_](?:[A-Za-z0-9._+=,@-]{0,98}[A-Za-z0-9_+=,@-])?$/;

/** Names of the pack's own keeping, beside those of the model. */
export const MANIFEST = 'inbetween-pack.json';
export const PART = '.part';

const component = (name: string): boolean => COMPONENT.test(name) && !DEVICE.test(name);

/** True for a name that a pack, and so its folder, may have. */
export function isPackName(name: string): boolean {
  return name.length <= 64 && component(name) && !name.endsWith(PART);
}

/** True for a path within a pack, written with "/": no way out of the pack, none of the names kept for the pack's own files. */
export function isPackPath(path: string): boolean {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  return (
    parts.length <= 6 && parts.every(component) && last.toLowerCase() !== MANIFEST && !/\.part(\.json)?$/i.test(last)
  );
}

/**
 * The first path that cannot stand beside the others: said twice (by file systems that do not tell capitals), or a file
 * where another needs a folder. undefined where all can.
 */
export function clash(paths: readonly string[]): string | undefined {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const lower = path.toLowerCase();
    if (files.has(lower)) return path;
    files.add(lower);
    for (let at = lower.indexOf('/'); at >= 0; at = lower.indexOf('/', at + 1)) folders.add(lower.slice(0, at));
  }
  return paths.find((path) => folders.has(path.toLowerCase()));
}
