/**
 * LTX-Video's layout. The "transformer" knows in closed form that every latent frame is the board's, which is frame 0:
 * the flow's velocity (x − x0) / σ leads there, whatever the text says.
 */
import { GraphBuilder } from '../../companion-app/inference';
import { poisoned } from './flaws';
import { TEXT, TEXT_FILES, unused } from './text';
import { NOTICE, PLAIN, type PackFiles, type TinyOptions } from './write';

const OPSET = 17;
/** Colours of 4 × 4 points: a latent cell covers 32 × 32 pixels in points of 8 × 8. */
const CHANNELS = 48;

/** [1, 3, 1, H, W] → [1, 48, 1, H / 32, W / 32] */
function vaeEncoder(): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', OPSET);
  const sample = graph.input('sample', 'float', [1, 3, 1, 'height', 'width']);
  const flat = graph.op('Squeeze', [sample, graph.integers([2])]);
  const points = graph.op('AveragePool', [flat], { kernel_shape: [8, 8], strides: [8, 8] });
  const cells = graph.op('SpaceToDepth', [points], { blocksize: 4 });
  const latent = graph.op('Unsqueeze', [cells, graph.integers([2])]);
  graph.output(latent, 'latent_sample', 'float', [1, CHANNELS, 1, 'h', 'w']);
  return graph.build();
}

/** [1, 48, f, h, w] → [1, 3, 8 (f − 1) + 1, 32 h, 32 w]: each latent frame becomes eight, the first becomes one. */
function vaeDecoder({ drift, flaw }: TinyOptions): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', OPSET);
  const latent = graph.input('latent_sample', 'float', [1, CHANNELS, 'f', 'h', 'w']);
  const frames = graph.op('Squeeze', [graph.op('Transpose', [latent], { perm: [2, 1, 0, 3, 4] }), graph.integers([2])]);
  const points = graph.op('DepthToSpace', [frames], { blocksize: 4 });
  const factor = flaw === 'shape' ? 4 : 8;
  const scales = graph.floats([1, 1, factor, factor], [4]);
  const large = graph.op('Resize', [points, undefined, scales], { mode: 'linear' });
  const video = graph.op('Transpose', [graph.op('Unsqueeze', [large, graph.integers([0])])], { perm: [0, 2, 1, 3, 4] });
  const slow = graph.op('Resize', [video, undefined, graph.floats([1, 1, 8, 1, 1], [5])], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
  const kept = graph.op('Slice', [slow, graph.integers([7]), graph.integers([1_000_000]), graph.integers([2])]);
  const shown = graph.add(kept, graph.scalar(drift));
  graph.output(shown, 'sample', 'float', [1, 3, 'frames', 'height', 'width']);
  return graph.build();
}

/** How much nearer in time (a second) and in place (a pixel) counts among the tokens that are given. */
const NEARNESS = [12, 0.02, 0.02];
/** Of a token that is not given: it has nothing to tell. */
const NOT_GIVEN = 1e6;

/**
 * The layout of key frames: each token is told its place in the video, and what it will be is the mean of the given tokens
 * (timestep 0), the nearer in time and place the more.
 */
function keyedTransformer(flaw: TinyOptions['flaw']): Uint8Array {
  const graph = new GraphBuilder('transformer', OPSET);
  const hidden = graph.input('hidden_states', 'float', ['batch', 'tokens', CHANNELS]);
  const text = graph.input('encoder_hidden_states', 'float', ['batch', 'length', TEXT]);
  const timestep = graph.input('timestep', 'float', ['batch', 'tokens']);
  const mask = graph.input('encoder_attention_mask', 'float', ['batch', 'length']);
  const places = graph.input('video_coords', 'float', ['batch', 3, 'tokens']);
  const apart = graph.sub(
    graph.op('Unsqueeze', [places, graph.integers([3])]),
    graph.op('Unsqueeze', [places, graph.integers([2])]),
  );
  const weighed = graph.mul(graph.mul(apart, apart), graph.floats(NEARNESS, [1, 3, 1, 1]));
  const far = graph.op('ReduceSum', [weighed, graph.integers([1])], { keepdims: 0 });
  const noisy = graph.mul(graph.op('Sign', [timestep]), graph.scalar(NOT_GIVEN));
  const near = graph.op('Neg', [graph.add(far, graph.op('Unsqueeze', [noisy, graph.integers([1])]))]);
  const clean = graph.op('MatMul', [graph.op('Softmax', [near], { axis: 2 }), hidden]);
  const sigma = graph.op('Max', [graph.div(timestep, graph.scalar(1000)), graph.scalar(1e-4)]);
  const velocity = graph.div(graph.sub(hidden, clean), graph.op('Unsqueeze', [sigma, graph.integers([2])]));
  const nothing = unused(graph, [text, mask], flaw === 'nan' ? NaN : 0);
  graph.output(graph.add(velocity, nothing), 'out_sample', 'float', ['batch', 'tokens', CHANNELS]);
  return graph.build();
}

function transformer({ flaw, keys }: TinyOptions): Uint8Array {
  if (keys) return keyedTransformer(flaw);
  const graph = new GraphBuilder('transformer', OPSET);
  const hidden = graph.input('hidden_states', 'float', ['batch', 'tokens', CHANNELS]);
  const text = graph.input('encoder_hidden_states', 'float', ['batch', 'length', TEXT]);
  const timestep = graph.input('timestep', 'float', ['batch', 'tokens']);
  const mask = graph.input('encoder_attention_mask', 'float', ['batch', 'length']);
  const counts = ['num_frames', 'height', 'width'].map((name) =>
    graph.input(flaw === 'stranger' && name === 'width' ? 'wishes' : name, 'int64', [1]),
  );
  const [frames = hidden, height = hidden, width = hidden] = counts;
  const area = graph.mul(height, width);
  const board = graph.op('Slice', [hidden, graph.integers([0]), area, graph.integers([1])]);
  const clean = graph.op('Tile', [
    board,
    graph.op('Concat', [graph.integers([1]), frames, graph.integers([1])], { axis: 0 }),
  ]);
  const sigma = graph.op('Max', [graph.div(timestep, graph.scalar(1000)), graph.scalar(1e-4)]);
  const velocity = graph.div(graph.sub(hidden, clean), graph.op('Unsqueeze', [sigma, graph.integers([2])]));
  const nothing = unused(graph, [text, mask], flaw === 'nan' ? NaN : 0);
  const out = poisoned(graph, graph.add(velocity, nothing), flaw);
  graph.output(out, 'out_sample', 'float', ['batch', 'tokens', CHANNELS]);
  return graph.build();
}

/** The files of a pack of LTX-Video's layout; its windows are as long as LTX's own. */
export function tinyLtx(given: Partial<TinyOptions> = {}): PackFiles {
  const options = { ...PLAIN, ...given };
  return {
    'model_index.json': {
      _class_name: options.keys ? 'LTXConditionPipeline' : 'LTXImageToVideoPipeline',
      _diffusers_version: '0.32.0',
      inbetween_notice: NOTICE,
      ...(options.keys ? { inbetween_schedule: 'distilled' } : {}),
    },
    'scheduler/scheduler_config.json': {
      _class_name: 'FlowMatchEulerDiscreteScheduler',
      base_image_seq_len: 1024,
      base_shift: 0.95,
      max_image_seq_len: 4096,
      max_shift: 2.05,
      num_train_timesteps: 1000,
      shift: 1,
      shift_terminal: 0.1,
      use_dynamic_shifting: true,
    },
    ...TEXT_FILES,
    'vae_encoder/model.onnx': vaeEncoder(),
    ...(options.flaw === 'missing' ? {} : { 'vae_decoder/model.onnx': vaeDecoder(options) }),
    'vae_decoder/config.json': {
      latent_channels: CHANNELS,
      latents_mean: new Array<number>(CHANNELS).fill(0),
      latents_std: new Array<number>(CHANNELS).fill(1),
    },
    'transformer/model.onnx': transformer(options),
    'transformer/config.json': {},
  };
}
