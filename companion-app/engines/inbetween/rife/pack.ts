/** Finding a RIFE pack and reading what its model wants. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InbetweenError } from '../../../../shared/problem';
import { modelType } from '../../../inference/onnx/proto';

/** Number of input channels of the known exports: RGB0, RGB1, timestep; + scale; + x grid, y grid, 2/(W−1), 2/(H−1). */
export const VARIANTS = [7, 8, 11] as const;
export type Channels = (typeof VARIANTS)[number];

export interface RifePack {
  readonly name: string;
  readonly model: string;
  readonly channels: Channels;
  /** Sizes the model is fixed to, in pixels; absent where it takes any. */
  readonly width?: number;
  readonly height?: number;
}

const zDimension = z.object({ dimValue: z.coerce.number().optional() });
const zModel = z.object({
  graph: z.object({
    input: z.array(
      z.object({
        name: z.string(),
        type: z.object({ tensorType: z.object({ shape: z.object({ dim: z.array(zDimension) }) }) }),
      }),
    ),
    initializer: z.array(z.object({ name: z.string().optional() })).optional(),
  }),
});

/**
 * The first pack, by name, whose folder is called something with "rife" and holds a model.onnx; undefined when there is none.
 * @throws InbetweenError `pack-invalid` when its model is no RIFE export of a known kind
 */
export async function findRifePack(packsDir: string): Promise<RifePack | undefined> {
  const entries = await readdir(packsDir, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && /rife/i.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const name = names.find((folder) => existsSync(path.join(packsDir, folder, 'model.onnx')));
  if (name === undefined) return undefined;
  const model = path.join(packsDir, name, 'model.onnx');
  return { name, model, ...readInput(name, await readFile(model)) };
}

function readInput(name: string, bytes: Uint8Array): Pick<RifePack, 'channels' | 'width' | 'height'> {
  const parsed = zModel.safeParse(decoded(name, bytes));
  if (!parsed.success) throw unknown(name, 'its file is no ONNX model');
  const { input, initializer } = parsed.data.graph;
  // Old exporters list the weights as inputs too.
  const weights = new Set(initializer?.map((tensor) => tensor.name));
  const [first, ...more] = input.filter((value) => !weights.has(value.name));
  const dims = first?.type.tensorType.shape.dim.map(({ dimValue }) => dimValue ?? 0) ?? [];
  if (more.length > 0 || dims.length !== 4) throw unknown(name, 'it does not take one picture tensor');
  const channels = VARIANTS.find((count) => count === dims[1]);
  if (channels === undefined) throw unknown(name, `it takes ${dims[1] ?? 0} channels, not 7, 8 or 11`);
  const [height = 0, width = 0] = dims.slice(2);
  return { channels, ...(width > 0 && height > 0 ? { width, height } : {}) };
}

function decoded(name: string, bytes: Uint8Array): object {
  try {
    return modelType.toObject(modelType.decode(bytes), { longs: Number });
  } catch (cause) {
    throw unknown(name, 'its file is no ONNX model', cause);
  }
}

function unknown(name: string, why: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message: `The pack ${name} is no RIFE model this version knows: ${why}.`,
      safe: 'Nothing was rendered; the boards and the timeline are untouched.',
      action: 'Remove the pack, or install a RIFE export with 7, 8 or 11 input channels.',
    },
    { cause },
  );
}
