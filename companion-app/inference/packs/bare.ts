/** Packs that are a single graph, as RIFE and Depth Anything come: a folder with the graph in it, or the file itself. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { modelType } from '../onnx/proto';

export interface BareGraph {
  /** What the pack is called in its folder of packs: the folder's or the file's own name. */
  readonly name: string;
  /** Where it lies: the folder, or the file itself. */
  readonly place: string;
  /** Folder that holds the graph and all its weights. */
  readonly folder: string;
  readonly graph: string;
}

export interface GraphPorts {
  /** What the graph must be fed, weights left out; a side that may be any is 0. */
  readonly inputs: readonly { readonly name: string; readonly dims: readonly number[] }[];
  readonly outputs: readonly string[];
}

/** `model.onnx`, `onnx/model.onnx` or the only .onnx file of a folder without model_index.json; or that .onnx file. */
export async function bareGraph(place: string): Promise<BareGraph | undefined> {
  const facts = await stat(place).catch(() => undefined);
  const name = basename(place);
  if (facts?.isFile() === true)
    return /\.onnx$/i.test(name) ? { name, place, folder: dirname(place), graph: place } : undefined;
  if (facts?.isDirectory() !== true) return undefined;
  const files = await readdir(place);
  if (files.includes('model_index.json')) return undefined;
  const graphs = files.filter((file) => /\.onnx$/i.test(file));
  const own = graphs.includes('model.onnx') ? 'model.onnx' : graphs.length === 1 ? graphs[0] : undefined;
  if (own !== undefined) return { name, place, folder: place, graph: join(place, own) };
  const nested = join(place, 'onnx', 'model.onnx');
  const there = await stat(nested).catch(() => undefined);
  return there?.isFile() === true ? { name, place, folder: place, graph: nested } : undefined;
}

const zNamed = z.object({ name: z.string().optional() });
const zDimension = z.object({ dimValue: z.coerce.number().optional() });
const zInput = z.object({
  name: z.string(),
  type: z.object({ tensorType: z.object({ shape: z.object({ dim: z.array(zDimension).optional() }) }) }),
});
const zGraph = z.object({
  graph: z.object({
    input: z.array(zInput),
    output: z.array(zNamed).optional(),
    initializer: z.array(zNamed).optional(),
  }),
});

/** What a graph takes and gives; undefined for bytes that are no ONNX model of tensors. */
export function graphPorts(bytes: Uint8Array): GraphPorts | undefined {
  const parsed = zGraph.safeParse(decoded(bytes));
  if (!parsed.success) return undefined;
  const { input, output, initializer } = parsed.data.graph;
  // Old exporters list the weights as inputs too.
  const weights = new Set(initializer?.map((tensor) => tensor.name));
  return {
    inputs: input
      .filter(({ name }) => !weights.has(name))
      .map(({ name, type }) => ({
        name,
        dims: (type.tensorType.shape.dim ?? []).map(({ dimValue }) => dimValue ?? 0),
      })),
    outputs: (output ?? []).flatMap(({ name }) => (name === undefined ? [] : [name])),
  };
}

function decoded(bytes: Uint8Array): object | undefined {
  try {
    return modelType.toObject(modelType.decode(bytes), { longs: Number });
  } catch {
    return undefined;
  }
}

/** graphPorts of a file; undefined where it cannot be read. */
export async function portsOf(file: string): Promise<GraphPorts | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && graphPorts(bytes);
}
