/** A pack's folder for each test, styles written into it, and the layer most tests change. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeStyles, type Merged, type Style } from '../../../companion-app/inference/lora';
import { toProblem } from '../../../shared/problem';
import { model, numbers, safetensors, turned, type Held, type Made, type Stored } from './support';

export let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lora-'));
  await mkdir(join(folder, 'unet'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

export async function style(
  name: string,
  tensors: Readonly<Record<string, Stored>>,
  weight = 1,
  metadata?: Record<string, string>,
): Promise<Style> {
  const path = join(folder, `${name}.safetensors`);
  await writeFile(path, safetensors(tensors, metadata));
  return { path, weight };
}

export async function merge(
  graph: Uint8Array | string,
  styles: readonly Style[],
  signal?: AbortSignal,
): Promise<Merged> {
  const path = typeof graph === 'string' ? graph : join(folder, 'unet', 'model.onnx');
  if (typeof graph !== 'string') await writeFile(path, graph);
  return mergeStyles({ folder, graph: path, part: 'denoiser', styles, signal });
}

export async function problemOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('nothing went wrong');
}

export const Q = 'blocks.0.attn1.to_q';
export const DIMS = [3, 2, 4] as const;
export const BASE = numbers(12, 1);
export const BIAS = numbers(3, 2);

/** A linear layer in the way exporters write it: its weight turned, renamed, followed by the bias. */
export function linear(
  weight: readonly number[],
  bias: readonly number[] = BIAS,
  node = '/blocks.0/attn1/to_q',
): Uint8Array {
  const held: Held[] = [
    { name: 'onnx::MatMul_7', dims: [4, 3], values: turned(weight, 3, 4) },
    { name: `${Q}.bias`, dims: [3], values: bias },
  ];
  const nodes: Made[] = [
    { op: 'MatMul', name: `${node}/MatMul`, input: ['x', 'onnx::MatMul_7'], output: 'product' },
    { op: 'Add', name: `${node}/Add`, input: [`${Q}.bias`, 'product'], output: 'y' },
  ];
  return model(held, nodes, ['y']);
}
