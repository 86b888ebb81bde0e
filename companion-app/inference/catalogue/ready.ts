/** Whether a pack's graphs can be given to the runtime, judged from their own description without running them. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { modelType } from '../onnx/proto';
import { packInvalid, readPack } from '../packs';
import { verifyGraph, verifyGraphs } from '../packs/verify';
import { exists } from './disk';

/** TensorProto.DataType of the inputs that can be given: float32, int32, int64, bool, float16 (through a cast), float64. */
const GIVEN = new Set([1, 6, 7, 9, 10, 11]);
const BFLOAT16 = 16;

const zValue = z.object({
  name: z.string(),
  type: z.object({ tensorType: z.object({ elemType: z.number() }).nullish() }).nullish(),
});
const zModel = z.object({
  graph: z.object({
    input: z.array(zValue).default([]),
    output: z.array(zValue).default([]),
    initializer: z.array(z.object({ name: z.string() })).default([]),
  }),
});

/**
 * @throws InbetweenError `pack-invalid` for a folder that is no pack, a graph that is damaged, names weights outside the pack
 * or missing ones, or wants numbers that cannot be given
 */
export async function checkReady(folder: string): Promise<void> {
  // A single network (RIFE) has no model_index.json.
  const single = join(folder, 'model.onnx');
  if (!(await exists(join(folder, 'model_index.json'))) && (await exists(single))) {
    await verifyGraph(folder, single);
    await checkGraph(folder, single);
    return;
  }
  const pack = await readPack(folder);
  for (const { graph } of await verifyGraphs(pack)) await checkGraph(folder, join(folder, graph));
}

async function checkGraph(folder: string, path: string): Promise<void> {
  const name = relative(folder, path);
  const { input, output, initializer } = described(name, await readFile(path)).graph;
  if (output.length === 0) throw packInvalid(`${name} has no output.`);
  const weights = new Set(initializer.map((tensor) => tensor.name));
  for (const { name: port, type } of input.filter((value) => !weights.has(value.name))) {
    const kind = type?.tensorType?.elemType;
    if (kind !== undefined && GIVEN.has(kind)) continue;
    if (kind === BFLOAT16) {
      throw packInvalid(
        `${name} wants "${port}" as bfloat16. Export it again with 32-bit inputs and outputs (keep_io_types); its weights may stay in 16 bits.`,
      );
    }
    throw packInvalid(
      `${name} wants "${port}" in a form that cannot be given (${kind === undefined ? 'no tensor' : `type ${kind}`}).`,
    );
  }
}

function described(name: string, bytes: Uint8Array): z.output<typeof zModel> {
  try {
    return zModel.parse(modelType.decode(bytes));
  } catch (cause) {
    throw packInvalid(`${name} is damaged: it cannot be read as an ONNX model.`, cause);
  }
}
