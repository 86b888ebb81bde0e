/** The packs in a folder: what they are, how large, and what is wrong with them. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toProblem } from '../../../shared/problem';
import { familyOf, openPipeline } from '../../engines/diffusion/pipelines';
import { verifyManifest } from '../../inference/catalogue';
import { readPack, verifyGraphs, type GraphFinding } from '../../inference/packs';
import type { Provider } from '../../inference';

export interface PackFacts {
  readonly name: string;
  readonly folder: string;
  readonly family?: string;
  readonly bytes: number;
  readonly graphs: readonly GraphFinding[];
  /** What is wrong, for people; absent where nothing is. */
  readonly problem?: string;
}

/** Every pack in the folder, by name; no graph is opened. None where there is no such folder. */
export async function listPacks(folder: string): Promise<PackFacts[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  return Promise.all(names.sort().map((name) => look(join(folder, name))));
}

/**
 * Everything `list` looks at; then every file is compared with the manifest of its install, where there is one, and all
 * networks are opened and their inputs and outputs understood.
 */
export async function verifyPack(folder: string, provider: Provider): Promise<PackFacts> {
  return look(folder, async () => {
    await verifyManifest(folder);
    const pipeline = await openPipeline(await readPack(folder), { provider });
    await pipeline.close();
  });
}

async function look(folder: string, further: () => Promise<void> = () => Promise.resolve()): Promise<PackFacts> {
  const facts = { name: basename(folder), folder, bytes: 0, graphs: [] };
  try {
    const pack = await readPack(folder);
    const family = familyOf(pack);
    const graphs = await verifyGraphs(pack);
    const bytes = graphs.reduce((total, graph) => total + graph.bytes, 0);
    await further();
    return { ...facts, family, bytes, graphs };
  } catch (error) {
    return { ...facts, problem: toProblem(error).message };
  }
}
