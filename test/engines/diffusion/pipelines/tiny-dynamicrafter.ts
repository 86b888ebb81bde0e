/** A pack with DynamiCrafter's layout and no learning in it: every network is a line of arithmetic that a test can repeat. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphBuilder, type Value } from '../../../../companion-app/inference';

export interface TinyDynamiCrafter {
  readonly className: 'DynamiCrafterPipeline' | 'ToonCrafterPipeline';
  readonly interpolation?: boolean;
  /** The decoder asks for the boards too. */
  readonly references: boolean;
  readonly prediction: 'v_prediction' | 'epsilon';
  readonly zeroSnr: boolean;
  readonly rescale: boolean;
  /** Tokens that the resampler gives; 2 a frame are right. */
  readonly tokens: number;
  /** Options put into scheduler_config.json beside the usual ones. */
  readonly scheduler: Readonly<Record<string, unknown>>;
}

export const FRAMES = 4;
const OPSET = 17;
/** Numbers of a token. */
const WIDTH = 4;
const TOKENIZER = join(__dirname, '../../../fixtures/golden/i2vgen-stub-a/pack/tokenizer');

const row = (g: GraphBuilder): Value => g.floats([1, -1, 0.5, 0.25], [1, 1, WIDTH]);

/** token · [1, −1, ½, ¼] / 100 */
function textEncoder(): Uint8Array {
  const g = new GraphBuilder('text_encoder', OPSET);
  const ids = g.input('input_ids', 'int64', ['batch', 'length']);
  const column = g.op('Unsqueeze', [g.op('Cast', [ids], { to: 1 }), g.integers([2])]);
  g.output(g.mul(g.mul(column, g.scalar(0.01)), row(g)), 'last_hidden_state', 'float', ['batch', 'length', WIDTH]);
  return g.build();
}

/** A token a colour: its mean · [1, −1, ½, ¼] */
function imageEncoder(): Uint8Array {
  const g = new GraphBuilder('image_encoder', OPSET);
  const pixels = g.input('pixel_values', 'float', ['batch', 3, 224, 224]);
  const means = g.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 });
  const tokens = g.mul(g.op('Unsqueeze', [means, g.integers([2])]), row(g));
  g.output(tokens, 'last_hidden_state', 'float', ['batch', 3, WIDTH]);
  return g.build();
}

/** Token k: the mean of the picture's tokens · (k + 1) / 10 */
function resampler({ tokens: count }: TinyDynamiCrafter): Uint8Array {
  const g = new GraphBuilder('resampler', OPSET);
  const tokens = g.input('image_embeds', 'float', ['batch', 'count', WIDTH]);
  const mean = g.op('ReduceMean', [tokens], { axes: [1], keepdims: 1 });
  const gains = g.floats(
    Array.from({ length: count }, (_, k) => (k + 1) / 10),
    [1, count, 1],
  );
  g.output(g.mul(mean, gains), 'image_context', 'float', ['batch', count, WIDTH]);
  return g.build();
}

/** Means of 8 × 8 pixels as three channels, the fourth their sum; log-variance −2. */
function vaeEncoder(): Uint8Array {
  const g = new GraphBuilder('vae_encoder', OPSET);
  const sample = g.input('sample', 'float', ['batch', 3, 'height', 'width']);
  const means = g.op('AveragePool', [sample], { kernel_shape: [8, 8], strides: [8, 8] });
  const weights = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, ...new Array<number>(12).fill(0)];
  const bias = g.floats([0, 0, 0, 0, -2, -2, -2, -2], [8]);
  g.output(g.op('Conv', [means, g.floats(weights, [8, 3, 1, 1]), bias]), 'latent_parameters', 'float', [
    'b',
    8,
    'h',
    'w',
  ]);
  return g.build();
}

/** tanh(0.3·x + 0.5·picture) + mean(context) + fs/1000 + t/2000; the 0.3 is the weight of a layer called "mix". */
function unet(): Uint8Array {
  const g = new GraphBuilder('unet', OPSET);
  const gain = g.scalar(0.3);
  const sample = g.input('sample', 'float', [1, 8, 'frames', 'height', 'width']);
  const timestep = g.input('timestep', 'float', [1]);
  const context = g.input('encoder_hidden_states', 'float', [1, 'tokens', WIDTH]);
  const fs = g.input('fs', 'int64', [1]);
  const channels = (from: number, to: number): Value =>
    g.op('Slice', [sample, g.integers([from]), g.integers([to]), g.integers([1])]);
  const mixed = g.add(g.mul(channels(0, 4), gain), g.mul(channels(4, 8), g.scalar(0.5)));
  const speed = g.mul(g.op('Cast', [fs], { to: 1 }), g.scalar(0.001));
  const heard = g.add(g.op('ReduceMean', [context], { keepdims: 0 }), speed);
  const told = g.add(heard, g.mul(timestep, g.scalar(0.0005)));
  g.output(g.add(g.op('Tanh', [mixed]), told), 'out_sample', 'float', [1, 4, 'frames', 'height', 'width']);
  // Names of the same length: the graph's bytes stay a graph.
  return Buffer.from(Buffer.from(g.build()).toString('latin1').replaceAll(gain.name, 'mix.weight'), 'latin1');
}

/** The first three channels, 8 × 8 pixels each; a tenth of the boards' mean on top where it sees them. */
function vaeDecoder({ references }: TinyDynamiCrafter): Uint8Array {
  const g = new GraphBuilder('vae_decoder', OPSET);
  const latent = g.input('latent_sample', 'float', ['batch', 4, 'h', 'w']);
  const colours = g.op('Slice', [latent, g.integers([0]), g.integers([3]), g.integers([1])]);
  const large = g.op('Resize', [colours, undefined, g.floats([1, 1, 8, 8], [4])], { mode: 'nearest' });
  const boards = references ? g.input('reference_frames', 'float', [2, 3, 'height', 'width']) : undefined;
  const lit = boards ? g.add(large, g.mul(g.op('ReduceMean', [boards], { keepdims: 0 }), g.scalar(0.1))) : large;
  g.output(lit, 'sample', 'float', ['batch', 3, 'height', 'width']);
  return g.build();
}

/** Writes the pack into a folder of its own. */
export async function writeTinyDynamiCrafter(folder: string, options: Partial<TinyDynamiCrafter> = {}): Promise<void> {
  const tiny: TinyDynamiCrafter = {
    className: 'DynamiCrafterPipeline',
    references: false,
    prediction: 'v_prediction',
    zeroSnr: true,
    rescale: true,
    tokens: 2 * FRAMES,
    scheduler: {},
    ...options,
  };
  const put = async (part: string, file: string, content: Uint8Array | object): Promise<void> => {
    await mkdir(join(folder, part), { recursive: true });
    await writeFile(join(folder, part, file), content instanceof Uint8Array ? content : JSON.stringify(content));
  };
  await put('', 'model_index.json', { _class_name: tiny.className });
  await put('scheduler', 'scheduler_config.json', {
    _class_name: 'DDIMScheduler',
    beta_schedule: 'scaled_linear',
    beta_start: 0.00085,
    beta_end: 0.012,
    prediction_type: tiny.prediction,
    rescale_betas_zero_snr: tiny.zeroSnr,
    timestep_spacing: 'trailing',
    set_alpha_to_one: false,
    clip_sample: false,
    ...tiny.scheduler,
  });
  await put('text_encoder', 'model.onnx', textEncoder());
  await put('image_encoder', 'model.onnx', imageEncoder());
  await put('resampler', 'model.onnx', resampler(tiny));
  await put('vae_encoder', 'model.onnx', vaeEncoder());
  await put('vae_decoder', 'model.onnx', vaeDecoder(tiny));
  await put('unet', 'model.onnx', unet());
  await put('unet', 'config.json', {
    temporal_length: FRAMES,
    image_size: [40, 64],
    use_dynamic_rescale: tiny.rescale,
    base_scale: 0.7,
    ...(tiny.interpolation === undefined ? {} : { interpolation: tiny.interpolation }),
  });
  await mkdir(join(folder, 'tokenizer'), { recursive: true });
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) {
    await copyFile(join(TOKENIZER, name), join(folder, 'tokenizer', name));
  }
}
