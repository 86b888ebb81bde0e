/** Media of a timeline on this machine: where the timeline says, else beside it under the same name. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { naturalOrder } from '../../../../shared/shot';
import { IN_LIMITS } from '../file/limits';
import { mediaKind } from '../timeline/media-kind';
import { isWhole, leadsAway, nameKey, pathsOf } from './names';

const stem = (name: string): string => name.replace(/\.[^.]{1,5}$/, '');
const segments = (file: string): string[] => nameKey(file.replaceAll('\\', '/')).split('/').filter(Boolean);

/** How many folders at the end two paths share. */
function alike(a: string, b: string): number {
  const [left, right] = [segments(a), segments(b)];
  let n = 0;
  while (n < left.length && n < right.length && left.at(-1 - n) === right.at(-1 - n)) n += 1;
  return n;
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (info) => info.isFile(),
    () => false,
  );

export class MediaFinder {
  private index: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  private readonly known = new Map<string, Promise<string | null>>();

  /** `folder` is the timeline's own; `there` says whether a file is. */
  constructor(
    private readonly folder: string,
    private readonly there: (file: string) => Promise<boolean> = isFile,
  ) {}

  /** An absolute path, or null. The same reference is looked for once. */
  find(reference: string): Promise<string | null> {
    const found = this.known.get(reference) ?? this.look(reference);
    this.known.set(reference, found);
    return found;
  }

  private async look(reference: string): Promise<string | null> {
    const paths = pathsOf(reference);
    for (const candidate of paths) {
      if (leadsAway(candidate, this.folder)) continue;
      const file = isWhole(candidate) ? candidate : path.resolve(this.folder, candidate);
      if (path.isAbsolute(file) && (await this.there(file))) return path.resolve(file);
    }
    this.index ??= this.walk();
    const index = await this.index;
    for (const candidate of paths) {
      const name = candidate.split('/').at(-1) ?? '';
      const found =
        index.get(nameKey(name)) ?? index.get(`*${nameKey(name)}`) ?? index.get(`*${nameKey(stem(name))}`) ?? [];
      const [best] = [...found].sort((a, b) => alike(b, candidate) - alike(a, candidate) || naturalOrder(a, b));
      if (best !== undefined) return best;
    }
    return null;
  }

  /** Files by name; pictures also by their name without extension, marked with a star. */
  private async walk(): Promise<Map<string, string[]>> {
    const index = new Map<string, string[]>();
    const add = (name: string, file: string): void => void index.set(name, [...(index.get(name) ?? []), file]);
    let left: number = IN_LIMITS.searched;
    const open = [{ folder: this.folder, depth: 0 }];
    for (let next = open.shift(); next !== undefined && left > 0; next = open.shift()) {
      const entries = await readdir(next.folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        left -= 1;
        if (left < 0) break;
        if (entry.name.startsWith('.')) continue;
        const file = path.join(next.folder, entry.name);
        if (entry.isDirectory() && next.depth < IN_LIMITS.searchDepth && entry.name !== 'node_modules')
          open.push({ folder: file, depth: next.depth + 1 });
        if (!entry.isFile() && !entry.isSymbolicLink()) continue;
        add(nameKey(entry.name), file);
        if (mediaKind(entry.name, 'movie') === 'still') add(`*${nameKey(stem(entry.name))}`, file);
      }
    }
    return index;
  }
}
