/** A Depth Anything pack: a folder with a graph `pixel_values` → `predicted_depth`, at its root or under onnx/. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { chooseProvider } from '../../../../inference';
import { openNetwork, packInvalid, type Network } from '../../../../inference/packs';
import { verifyGraph } from '../../../../inference/packs/verify';
import { depthAnything } from './depth-anything';
import type { DepthModel } from './depth-model';

export interface DepthPack {
  readonly name: string;
  readonly folder: string;
  readonly graph: string;
}

/** A model whose graph is opened when first asked for; close it to free the session. */
export interface OpenDepthModel extends DepthModel {
  close(): Promise<void>;
}

const INPUT = 'pixel_values';
const OUTPUT = 'predicted_depth';

/** The first pack, by name, whose folder is called something with "depth" and holds a model.onnx; undefined when there is none. */
export async function findDepthPack(packsDir: string): Promise<DepthPack | undefined> {
  const entries = await readdir(packsDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isFile() && /depth/i.test(entry.name)).map(({ name }) => name);
  for (const name of names.sort()) {
    const folder = path.join(packsDir, name);
    const graph = ['model.onnx', path.join('onnx', 'model.onnx')]
      .map((file) => path.join(folder, file))
      .find((file) => existsSync(file));
    if (graph !== undefined) return { name, folder, graph };
  }
  return undefined;
}

/**
 * The pack as a model. Its `estimate` throws InbetweenError `pack-invalid` for a graph that is none of Depth Anything's or gives
 * no depth, and what its session throws.
 */
export function depthModel(pack: DepthPack, provider: string): OpenDepthModel {
  let network: Promise<Network> | undefined;
  const model = depthAnything(async (pixels, height, width, signal) => {
    network ??= open(pack, provider);
    const depth = await (await network).run({ [INPUT]: { data: pixels, dims: [1, 3, height, width] } }, OUTPUT);
    signal.throwIfAborted();
    const [rows = 0, columns = 0] = depth.dims.slice(-2);
    if (rows < 2 || columns < 2 || rows * columns !== depth.data.length) {
      throw packInvalid(`${pack.name} gave [${depth.dims.join(', ')}] where one depth a pixel was asked for.`);
    }
    return { height: rows, width: columns, depth: depth.data };
  });
  return {
    ...model,
    close: async () => {
      const opened = await network?.catch(() => undefined);
      network = undefined;
      await opened?.close();
    },
  };
}

async function open(pack: DepthPack, provider: string): Promise<Network> {
  await verifyGraph(pack.folder, pack.graph);
  const network = await openNetwork(pack.name, pack.graph, { provider: await chooseProvider(provider) });
  const names = [...network.inputs, ...network.outputs].map(({ name }) => name);
  if (network.inputs.length === 1 && names.includes(INPUT) && names.includes(OUTPUT)) return network;
  await network.close();
  throw packInvalid(`${pack.name} is no Depth Anything model: it has ${names.join(', ')}, not ${INPUT} and ${OUTPUT}.`);
}
