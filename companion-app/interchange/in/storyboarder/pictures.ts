/** Which files make up a board's drawing, in Storyboarder's own order. */
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { StoryboardBoard, StoryboardLayer } from '../../storyboard';
import { nameKey } from '../media/names';
import { zLayer, type Board } from './schema';

const LAYERS = ['shot-generator', 'reference', 'fill', 'tone', 'pencil', 'ink', 'notes'] as const;
const REFERENCE_OPACITY = 0.75;

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The file of that name whatever the case and the form of its accents: archives and systems change both. */
async function alike(folder: string, name: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  const found = names.find((other) => nameKey(other) === nameKey(name));
  return found === undefined ? null : path.join(folder, found);
}

/** A file in the project's images folder; null where it is not there or its name would lead out of the folder. */
export async function imageAt(folder: string, named: string | undefined): Promise<string | null> {
  const name = named?.replaceAll('\\', '/').replace(/^(?:\.\/)?images\//i, '');
  if (name === undefined || name === '' || path.posix.basename(name) !== name || name === '..') return null;
  const file = path.join(folder, 'images', name);
  return (await exists(file)) ? file : alike(path.join(folder, 'images'), name);
}

const opacityOf = (name: string, opacity: number | undefined): number =>
  name === 'reference' ? Math.min(1, Math.max(0, opacity ?? REFERENCE_OPACITY)) : 1;

/** Layers that are there, bottom first. A drawing from before 1.6 takes the place of the fill, as Storyboarder migrates it. */
async function layersOf(folder: string, board: Board, warn: (sentence: string) => void): Promise<StoryboardLayer[]> {
  const out: StoryboardLayer[] = [];
  for (const name of LAYERS) {
    const layer = zLayer.safeParse(board.layers?.[name]);
    const old = name === 'fill' && !layer.success ? await imageAt(folder, board.url) : null;
    const file = layer.success ? await imageAt(folder, layer.data.url) : old;
    if (file !== null) out.push({ name, path: file, opacity: opacityOf(name, layer.data?.opacity) });
    else if (layer.success) warn(`the picture of its layer "${name}" (${layer.data.url}) is missing`);
  }
  return out;
}

/** The board's picture: one file, or several in layers; neither where all are missing. */
export async function pictureOf(
  folder: string,
  board: Board,
  warn: (sentence: string) => void,
): Promise<Pick<StoryboardBoard, 'path' | 'layers'>> {
  const layers = await layersOf(folder, board, warn);
  const [only] = layers;
  if (only && layers.length === 1 && only.opacity === 1) return { path: only.path, layers: [] };
  if (only) return { layers };
  const linked = await imageAt(folder, board.link);
  if (linked !== null) return { path: linked, layers: [] };
  const poster = await imageAt(folder, board.url?.replace(/\.[^.]+$/, '-posterframe.jpg'));
  if (poster === null) return { layers: [] };
  warn('only its preview picture is left and stands for it');
  return { path: poster, layers: [] };
}
