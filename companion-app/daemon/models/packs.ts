/** The packs in a folder: what they are, how large, and what is wrong with them. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toProblem } from '../../../shared/problem';
import { familyOf, openPipeline } from '../../engines/diffusion/pipelines';
import { rifePackAt } from '../../engines/inbetween/rife/pack';
import { depthPackAt } from '../../engines/parallax/scene';
import { verifyManifest } from '../../inference/catalogue';
import {
  bareGraph,
  openNetwork,
  packInvalid,
  readPack,
  verifyGraphs,
  type BareGraph,
  type GraphFinding,
} from '../../inference/packs';
import { verifyGraph } from '../../inference/packs/verify';
import type { Provider } from '../../inference';

export interface PackFacts {
  readonly name: string;
  readonly folder: string;
  /** Family of image-to-video models; or `rife-7`, `rife-8`, `rife-11` (in-betweens), `depth-anything` (relief). */
  readonly family?: string;
  readonly bytes: number;
  readonly graphs: readonly GraphFinding[];
  /** What is wrong, for people; absent where nothing is. */
  readonly problem?: string;
}

/** Every pack in the folder, by name; no graph is opened. None where there is no such folder. */
export async function listPacks(folder: string): Promise<PackFacts[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter(({ name }) => !name.startsWith('.'))
    .filter((entry) => !entry.isFile() || /\.onnx$/i.test(entry.name))
    .map(({ name }) => name);
  return Promise.all(names.sort().map((name) => look(join(folder, name))));
}

/**
 * Everything `list` looks at; then every file is compared with the manifest of its install, where there is one, and all
 * networks are opened and their inputs and outputs understood. `place` is a pack's folder, or an .onnx file.
 */
export async function verifyPack(place: string, provider: Provider): Promise<PackFacts> {
  return look(place, provider);
}

/** What a pack of a single graph is for. Throws InbetweenError `pack-invalid` where no engine knows it. */
export async function familyOfBare(bare: BareGraph): Promise<string> {
  const rife = await rifePackAt(bare.place);
  if (rife) return `rife-${rife.channels}`;
  if (await depthPackAt(bare.place)) return 'depth-anything';
  throw packInvalid(
    `${bare.name} is no pack: it has no model_index.json, and its graph is neither RIFE's nor Depth Anything's.`,
  );
}

/** @param provider opens the networks with it; none are opened where it is absent */
async function look(place: string, provider?: Provider): Promise<PackFacts> {
  const facts = { name: basename(place), folder: place, bytes: 0, graphs: [] };
  try {
    const bare = await bareGraph(place);
    return { ...facts, ...(bare ? await lookBare(bare, provider) : await lookPipeline(place, provider)) };
  } catch (error) {
    return { ...facts, problem: toProblem(error).message };
  }
}

type Found = Pick<PackFacts, 'family' | 'bytes' | 'graphs'>;

async function lookPipeline(folder: string, provider?: Provider): Promise<Found> {
  const pack = await readPack(folder);
  const family = familyOf(pack);
  const graphs = await verifyGraphs(pack);
  const bytes = graphs.reduce((total, graph) => total + graph.bytes, 0);
  if (provider !== undefined) {
    await verifyManifest(folder);
    const pipeline = await openPipeline(pack, { provider });
    await pipeline.close();
  }
  return { family, bytes, graphs };
}

async function lookBare(bare: BareGraph, provider?: Provider): Promise<Found> {
  const found = await verifyGraph(bare.folder, bare.graph);
  const family = await familyOfBare(bare);
  if (provider !== undefined) {
    await verifyManifest(bare.folder);
    const network = await openNetwork(bare.name, bare.graph, { provider });
    await network.close();
  }
  return { family, bytes: found.bytes, graphs: [found] };
}
