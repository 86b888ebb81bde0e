/** The bin "Animatics": looked up before it is made, and searched before anything is imported again. */
import type { Action, FolderItem, Project, ProjectItem } from '@adobe/premierepro';
import type { PremiereApi } from './api';
import { BIN_NAME } from './bin-name';
import { orElse, orNull, sameConstant } from './host-values';
import { transact } from './lock';
import { fileName, samePathKey } from './paths';
import { binFailed } from './problems';
import { parseTakeName } from './take-name';
import { castClip } from './tracks';

/** A bin, raw (as importFiles wants it) and cast. */
interface Bin {
  readonly item: ProjectItem;
  readonly folder: FolderItem;
}

/** The bins directly in a folder. */
function bins(ppro: PremiereApi, items: readonly ProjectItem[]): readonly Bin[] {
  return items.flatMap((item) => {
    if (!sameConstant(item.type, ppro.ProjectItem.TYPE_BIN)) return [];
    const folder = orNull(ppro.FolderItem.cast(item));
    return folder ? [{ item, folder }] : [];
  });
}

async function itemsOf(folder: FolderItem): Promise<readonly ProjectItem[]> {
  return orNull(await folder.getItems()) ?? [];
}

async function findBin(ppro: PremiereApi, project: Project): Promise<Bin | null> {
  const items = await itemsOf(await project.getRootItem());
  return bins(ppro, items).find(({ item }) => item.name === BIN_NAME) ?? null;
}

/** The bin for takes, made where the project has none (an Undo step of its own, once a project). Throws host-import-failed. */
export async function animaticsBin(ppro: PremiereApi, project: Project): Promise<ProjectItem> {
  const found = await findBin(ppro, project);
  if (found) return found.item;
  const root = await project.getRootItem();
  const result = transact(project, {
    undoName: `Make the bin ${BIN_NAME}`,
    actions: [() => root.createBinAction(BIN_NAME, false)],
  });
  const made = await findBin(ppro, project);
  if (!made) throw binFailed(BIN_NAME, result.done ? 'it does not appear in the project' : result.message);
  return made.item;
}

async function inFolder(
  ppro: PremiereApi,
  folder: FolderItem,
  path: string,
  named: boolean,
): Promise<ProjectItem | null> {
  const key = samePathKey(path);
  const name = fileName(path).toLowerCase();
  const items = await itemsOf(folder);
  const isNamed = (item: ProjectItem): boolean => item.name.toLowerCase() === name;
  // Those of the file's name first: a bin may hold hundreds, and every path has to be asked for.
  const candidates = [...items.filter(isNamed), ...(named ? [] : items.filter((item) => !isNamed(item)))];
  for (const item of candidates) {
    const clip = castClip(ppro, item);
    if (clip && samePathKey(await orElse(() => clip.getMediaFilePath(), '')) === key) return item;
  }
  for (const bin of bins(ppro, items)) {
    const found = await inFolder(ppro, bin.folder, path, named);
    if (found) return found;
  }
  return null;
}

/**
 * The project item of a media file, raw. Looks through our bin by path, then through the whole project at items of the
 * file's name, for an artist who has sorted the takes elsewhere. (Adobe's own search by path found nothing live [L].)
 */
export async function findImported(ppro: PremiereApi, project: Project, path: string): Promise<ProjectItem | null> {
  const bin = await findBin(ppro, project);
  const inBin = bin ? await inFolder(ppro, bin.folder, path, false) : null;
  return inBin ?? inFolder(ppro, await project.getRootItem(), path, true);
}

/** Takes the clips of these jobs out of our bin; nothing where they are not in there. */
export async function binRemoval(
  ppro: PremiereApi,
  project: Project,
  jobIds: readonly string[],
): Promise<readonly (() => Action)[]> {
  const bin = await findBin(ppro, project);
  if (!bin) return [];
  const items = (await itemsOf(bin.folder)).filter(({ name }) => jobIds.includes(parseTakeName(name)?.jobId ?? ''));
  return items.map((item) => () => bin.folder.createRemoveItemAction(item));
}
