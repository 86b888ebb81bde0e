/** A Depth Anything pack: a folder with a graph `pixel_values` → `predicted_depth`, at its root or under onnx/. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { chooseProvider } from '../../../../inference';
import {
  bareGraph,
  openNetwork,
  packInvalid,
  portsOf,
  type BareGraph,
  type Network,
} from '../../../../inference/packs';
import { verifyGraph } from '../../../../inference/packs/verify';
import { depthAnything } from './depth-anything';
import type { DepthModel } from './depth-model';

export type DepthPack = BareGraph;

/** A model whose graph is opened when first asked for; close it to free the session. */
export interface OpenDepthModel extends DepthModel {
  close(): Promise<void>;
}

const INPUT = 'pixel_values';
const OUTPUT = 'predicted_depth';

/**
 * The pack called `wanted`, where that one is a depth model; else the first, by name, that is called something with "depth":
 * a folder that holds a graph, or an .onnx file. Undefined when there is none.
 */
export async function findDepthPack(packsDir: string, wanted?: string): Promise<DepthPack | undefined> {
  if (wanted !== undefined && wanted === path.basename(wanted)) {
    const chosen = await depthPackAt(path.join(packsDir, wanted));
    if (chosen) return chosen;
  }
  const names = await readdir(packsDir).catch(() => []);
  for (const name of names.filter((entry) => /depth/i.test(entry) && !entry.startsWith('.')).sort()) {
    const pack = await bareGraph(path.join(packsDir, name));
    if (pack) return pack;
  }
  return undefined;
}

/** A folder or an .onnx file as a depth pack; undefined where its graph does not read pixel values and predict depth. */
export async function depthPackAt(place: string): Promise<DepthPack | undefined> {
  const pack = await bareGraph(place);
  const ports = pack && (await portsOf(pack.graph));
  return ports?.inputs.some(({ name }) => name === INPUT) === true && ports.outputs.includes(OUTPUT) ? pack : undefined;
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
