/** Seconds a step of a network of SVD's real shape on a provider; prints one JSON line. Runs in a process of its own: it may crash. */
import { mkdir } from 'node:fs/promises';
import { runtimeOptions, type Provider } from '../../../companion-app/inference/session';
import { SVD, unetOf, type UnetShape } from './svd-unet';

const [folder = '', given = '{}'] = process.argv.slice(2);
const wanted: unknown = JSON.parse(given);
if (typeof wanted !== 'object' || wanted === null) throw new TypeError('the second argument is a JSON object');
const settings: UnetShape & { provider: Provider; runs: number; profile: boolean } = {
  ...SVD,
  provider: 'webgpu',
  runs: 5,
  profile: false,
  ...wanted,
};

const seconds = (from: number): number => Math.round(performance.now() - from) / 1000;
const say = (fields: object): void => void process.stdout.write(`${JSON.stringify(fields)}\n`);

async function measure(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unet = unetOf(settings);
  await unet.write(folder);
  say({ stage: 'written', parameters: unet.parameters });
  const ort = await import('onnxruntime-node');
  const opening = performance.now();
  const session = await ort.InferenceSession.create(`${folder}/model.onnx`, {
    ...runtimeOptions(settings),
    ...(settings.profile ? { enableProfiling: true, profileFilePrefix: `${folder}/profile` } : {}),
  });
  say({ stage: 'open', seconds: seconds(opening) });
  const { batch, frames, height, width, crossDim } = settings;
  const tensor = (dims: readonly number[]): InstanceType<typeof ort.Tensor> => {
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 12.9898) * 1.4);
    return new ort.Tensor('float32', data, dims);
  };
  const feeds = {
    sample: tensor([batch, frames, 8, height, width]),
    timestep: tensor([1]),
    encoder_hidden_states: tensor([batch, 1, crossDim]),
    added_time_ids: tensor([batch, 3]),
  };
  const steps: number[] = [];
  for (let run = 0; run <= settings.runs; run++) {
    const began = performance.now();
    const { out_sample } = await session.run(feeds);
    const took = seconds(began);
    const { data } = out_sample ?? {};
    if (!(data instanceof Float32Array)) throw new TypeError('no float output');
    say({ stage: run === 0 ? 'warm-up' : 'step', seconds: took, finite: data.every(Number.isFinite), first: data[0] });
    if (run > 0) steps.push(took);
  }
  if (settings.profile) session.endProfiling();
  say({
    stage: 'done',
    median: steps.sort((a, b) => a - b)[steps.length >> 1],
    residentMB: Math.round(process.memoryUsage.rss() / 1e6),
  });
}

measure().then(
  () => process.exit(0),
  (error: unknown) => {
    say({ stage: 'failed', error: error instanceof Error ? error.message.slice(0, 2000) : String(error) });
    process.exit(1);
  },
);
