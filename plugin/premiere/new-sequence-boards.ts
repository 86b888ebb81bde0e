/** Brings a storyboard's boards into a bin of their own, each once. */
import type { Project, ProjectItem } from '@adobe/premierepro';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import type { PremiereApi } from './api';
import { orElse, orNull, sameConstant } from './host-values';
import type { HostDependencies } from './host';
import { transact } from './lock';
import { notImported } from './new-sequence-problems';
import { fileName, samePathKey } from './paths';
import { binFailed } from './problems';
import { steadily } from './steady';
import { castClip } from './tracks';

/** Milliseconds between looks into the bin: items register late [R]. */
const LOOKS = [0, 250, 500, 1000, 2000];

const binName = (name: string): string => `Boards of ${name}`;

async function findBin(ppro: PremiereApi, project: Project, name: string): Promise<ProjectItem | null> {
  const items = orNull(await (await project.getRootItem()).getItems()) ?? [];
  return items.find((item) => sameConstant(item.type, ppro.ProjectItem.TYPE_BIN) && item.name === name) ?? null;
}

async function boardsBin(ppro: PremiereApi, project: Project, name: string): Promise<ProjectItem> {
  const found = await findBin(ppro, project, name);
  if (found) return found;
  const root = await project.getRootItem();
  const result = transact(project, {
    undoName: `Make the bin ${name}`,
    actions: [() => root.createBinAction(name, false)],
  });
  const made = await findBin(ppro, project, name);
  if (!made) throw binFailed(name, result.done ? 'it does not appear in the project' : result.message);
  return made;
}

/** Items of the bin by the path of their media. */
async function itemsByPath(ppro: PremiereApi, bin: ProjectItem): Promise<ReadonlyMap<string, ProjectItem>> {
  const items = orNull(await ppro.FolderItem.cast(bin).getItems()) ?? [];
  const found = new Map<string, ProjectItem>();
  for (const item of items) {
    const clip = castClip(ppro, item);
    const path = clip ? await orElse(() => clip.getMediaFilePath(), '') : '';
    if (path !== '') found.set(samePathKey(path), item);
  }
  return found;
}

/** Raw items of the plan's boards, in its order. Throws host-import-failed naming those that did not come. */
export async function importBoards(
  ppro: PremiereApi,
  deps: HostDependencies,
  project: Project,
  { name, boards }: SequencePlan,
): Promise<readonly ProjectItem[]> {
  const found = await importFiles(ppro, deps, project, { name, paths: boards.map(({ path }) => path) });
  return boards.flatMap(({ path }) => found.get(samePathKey(path)) ?? []);
}

/** Raw items of these files in the storyboard's bin, by `samePathKey`. Throws host-import-failed naming those that did not come. */
export async function importFiles(
  ppro: PremiereApi,
  deps: HostDependencies,
  project: Project,
  { name, paths }: { readonly name: string; readonly paths: readonly string[] },
): Promise<ReadonlyMap<string, ProjectItem>> {
  const look = <T>(task: () => Promise<T>): Promise<T> => steadily(deps.wait, 'look through the project', task);
  const bin = await look(() => boardsBin(ppro, project, binName(name)));
  const lacking = (found: ReadonlyMap<string, ProjectItem>): string[] =>
    [...new Set(paths)].filter((path) => !found.has(samePathKey(path)));
  let found = await look(() => itemsByPath(ppro, bin));
  const wanted = lacking(found);
  let why = '';
  if (wanted.length > 0) {
    try {
      if (!(await project.importFiles(wanted, true, bin, false))) why = 'it refused the files';
    } catch (thrown) {
      why = thrown instanceof Error ? thrown.message.replace(/\.+$/, '') : String(thrown);
    }
    // As long as more of them appear, the rest is waited for.
    let left = wanted.length;
    for (let i = 0; i < LOOKS.length && left > 0; i += 1) {
      await deps.wait(LOOKS[i] ?? 0);
      found = await look(() => itemsByPath(ppro, bin));
      const now = lacking(found).length;
      if (now < left) i = 0;
      left = now;
    }
  }
  const absent = lacking(found);
  if (absent.length > 0) throw notImported(absent.map(fileName), why);
  return found;
}
