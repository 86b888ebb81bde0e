/**
 * A pack with SVD's layout and no learning in it: its networks know in closed form that every frame is the board, in
 * blocks of 8 × 8 pixels, a little brighter from step to step of `brighter`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphBuilder, type Value } from '../../companion-app/inference';

export interface Tiny {
  /** Frames of a window. */
  readonly frames: number;
  /** Drift of colour the decoder adds, in parts of half the range. */
  readonly drift: number;
  /** Slides the picture, so that something moves. */
  readonly sway: boolean;
  /** What is wrong with the pack. */
  readonly flaw: 'none' | 'nan' | 'shape' | 'stranger';
}

const OPSET = 17;
const SCALING = 0.18215;
const SIZES = ['batch', 'frames', 'channels', 'height', 'width'];

function imageEncoder(): Uint8Array {
  const graph = new GraphBuilder('image_encoder', OPSET);
  const pixels = graph.input('pixel_values', 'float', ['batch', 3, 224, 224]);
  graph.output(graph.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 }), 'image_embeds', 'float', ['batch', 3]);
  return graph.build();
}

/** Means of 8 × 8 pixels, as the first three of four channels. */
function vaeEncoder(): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', OPSET);
  const sample = graph.input('sample', 'float', ['batch', 3, 'height', 'width']);
  const means = graph.op('AveragePool', [sample], { kernel_shape: [8, 8], strides: [8, 8] });
  const weights = Float32Array.from({ length: 12 }, (_, i) => (i % 3 === Math.floor(i / 3) ? 1 : 0));
  const latent = graph.op('Conv', [means, graph.floats(weights, [4, 3, 1, 1])]);
  graph.output(latent, 'latent_sample', 'float', ['batch', 4, 'h', 'w']);
  return graph.build();
}

function vaeDecoder({ drift, flaw }: Tiny): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', OPSET);
  const latent = graph.input('latent_sample', 'float', ['batch', 4, 'h', 'w']);
  const weights = Float32Array.from({ length: 12 }, (_, i) => (i % 4 === Math.floor(i / 4) ? 1 : 0));
  const colours = graph.op('Conv', [latent, graph.floats(weights, [3, 4, 1, 1])]);
  const factor = flaw === 'shape' ? 4 : 8;
  const large = graph.op('Resize', [colours, undefined, graph.floats([1, 1, factor, factor], [4])], {
    mode: 'nearest',
  });
  const shown = graph.add(large, graph.scalar(drift));
  graph.output(shown, 'sample', 'float', ['batch', 3, 'height', 'width']);
  return graph.build();
}

/** v = (x − x0·√(σ² + 1)) / σ with x0 the image latents and σ = e^(4t): the velocity that leads to x0. */
function unet({ flaw, sway, frames }: Tiny): Uint8Array {
  const graph = new GraphBuilder('unet', OPSET);
  const sample = graph.input('sample', 'float', SIZES);
  const timestep = graph.input('timestep', 'float', [1]);
  const embeddings = graph.input('encoder_hidden_states', 'float', ['batch', 1, 3]);
  const ids = graph.input(flaw === 'stranger' ? 'wishes' : 'added_time_ids', 'float', ['batch', 3]);
  const channels = (from: number, to: number): Value =>
    graph.op('Slice', [sample, graph.integers([from]), graph.integers([to]), graph.integers([2])]);
  const sigma = graph.op('Exp', [graph.mul(timestep, graph.scalar(4))]);
  const root = graph.op('Sqrt', [graph.add(graph.mul(sigma, sigma), graph.scalar(1))]);
  // The unconditional half is given no picture: it takes the other's, so that guidance changes nothing.
  const still = graph.op('ReduceSum', [channels(4, 8), graph.integers([0])], { keepdims: 1 });
  const picture = sway ? swayed(graph, still, frames) : still;
  const clean = graph.mul(graph.mul(picture, graph.scalar(SCALING)), root);
  const velocity = graph.div(graph.sub(channels(0, 4), clean), sigma);
  const nothing = graph.mul(
    graph.add(graph.op('ReduceMean', [embeddings], { keepdims: 0 }), graph.op('ReduceMean', [ids], { keepdims: 0 })),
    graph.scalar(flaw === 'nan' ? NaN : 0),
  );
  graph.output(graph.add(velocity, nothing), 'out_sample', 'float', SIZES);
  return graph.build();
}

/** Each frame a mix of the picture and the picture one column on, more of the latter the later. */
function swayed(graph: GraphBuilder, picture: Value, frames: number): Value {
  const columns = (from: number, to: number): Value =>
    graph.op('Slice', [picture, graph.integers([from]), graph.integers([to]), graph.integers([4])]);
  const last = columns(-1, Number.MAX_SAFE_INTEGER);
  const aside = graph.op('Concat', [columns(1, Number.MAX_SAFE_INTEGER), last], { axis: 4 });
  const parts = Float32Array.from({ length: frames }, (_, i) => i / Math.max(1, frames - 1));
  const part = graph.floats(parts, [1, frames, 1, 1, 1]);
  return graph.add(picture, graph.mul(graph.sub(aside, picture), part));
}

const SCHEDULER = {
  _class_name: 'EulerDiscreteScheduler',
  beta_schedule: 'scaled_linear',
  beta_start: 0.00085,
  beta_end: 0.012,
  prediction_type: 'v_prediction',
  sigma_max: 700,
  sigma_min: 0.002,
  steps_offset: 1,
  timestep_spacing: 'leading',
  timestep_type: 'continuous',
  use_karras_sigmas: true,
};

/** Writes the pack into a folder of its own. */
export async function writeTinyPack(folder: string, options: Partial<Tiny> = {}): Promise<void> {
  const tiny: Tiny = { frames: 5, drift: 0, sway: false, flaw: 'none', ...options };
  const put = async (part: string, file: string, content: Uint8Array | object): Promise<void> => {
    await mkdir(join(folder, part), { recursive: true });
    const bytes = content instanceof Uint8Array ? content : JSON.stringify(content);
    await writeFile(join(folder, part, file), bytes);
  };
  await put('', 'model_index.json', { _class_name: 'StableVideoDiffusionPipeline', _diffusers_version: '0.24.0' });
  await put('scheduler', 'scheduler_config.json', SCHEDULER);
  await put('image_encoder', 'model.onnx', imageEncoder());
  await put('vae_encoder', 'model.onnx', vaeEncoder());
  await put('vae_decoder', 'model.onnx', vaeDecoder(tiny));
  await put('vae_decoder', 'config.json', { latent_channels: 4, scaling_factor: SCALING });
  await put('unet', 'model.onnx', unet(tiny));
  await put('unet', 'config.json', { num_frames: tiny.frames });
}
