/** A graph for WebGPU is rewritten beside its weights, once, and opens with the same numbers; for other providers it stays. */
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { modelFor } from '../../../companion-app/inference/packs/for-provider';
import { unetOf } from '../../../tools/bench/gpu/svd-unet';

const SHAPE = {
  channels: [32, 32],
  heads: [1, 1],
  crossDim: 8,
  batch: 1,
  frames: 3,
  height: 4,
  width: 4,
  precision: 'float',
  attention: 'sliced',
  temporal: 'conv3d',
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'graph-'));
  await unetOf(SHAPE).write(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(model: string): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 4 });
  const tensor = (dims: number[]): ort.Tensor =>
    new ort.Tensor(
      'float32',
      Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i)),
      dims,
    );
  const { out_sample } = await session.run({
    sample: tensor([1, 3, 8, 4, 4]),
    timestep: tensor([1]),
    encoder_hidden_states: tensor([1, 1, 8]),
    added_time_ids: tensor([1, 3]),
  });
  await session.release();
  if (!(out_sample?.data instanceof Float32Array)) throw new Error('no float output');
  return out_sample.data;
}

test('the rewritten graph finds its weights and gives the same numbers', async () => {
  const graph = path.join(folder, 'model.onnx');
  const model = await modelFor(graph, { provider: 'webgpu', widened: false });
  expect(typeof model).toBe('string');
  expect(model).not.toBe(graph);
  const [a, b] = [await run(graph), await run(String(model))];
  expect(Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))))).toBeLessThan(1e-4);
  expect(await modelFor(graph, { provider: 'webgpu', widened: false })).toBe(model);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('other providers get the graph itself', async () => {
  const graph = path.join(folder, 'model.onnx');
  expect(await modelFor(graph, { provider: 'cpu', widened: false })).toBe(graph);
});

test('what is no graph is left to the runtime to refuse', async () => {
  const graph = path.join(folder, 'broken.onnx');
  await copyFile(path.join(folder, 'weights.bin'), graph);
  expect(await modelFor(graph, { provider: 'webgpu', widened: false })).toBe(graph);
});
