/**
 * Wan's two image-to-video layouts. Their "transformers" know in closed form that every latent frame is the board's: the flow's velocity
 * (x − x0) / σ leads there.
 */
import { GraphBuilder, type Value } from '../../companion-app/inference';
import { TEXT, TEXT_FILES, unused } from './text';
import { NOTICE, PLAIN, type PackFiles, type TinyOptions } from './write';

const OPSET = 17;
/** Colours of 4 × 4 points of a latent cell. */
const CHANNELS = 48;
/** Video frames of a latent frame. */
const EVERY = 4;
/** Tokens of a picture, and numbers of one. */
const SEEN = [1, 3] as const;

/** Wan 2.2 TI2V: one picture in, cells of 16 pixels; Wan 2.1: a film in, cells of 8. */
type Layout = 'ti2v' | 'i2v';
const POINT = { ti2v: 4, i2v: 2 } as const;

/** [1, 3, n, H, W] → [1, 48, (n − 1) / 4 + 1, h, w] */
function vaeEncoder(layout: Layout): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', OPSET);
  const sample = graph.input('sample', 'float', [1, 3, layout === 'ti2v' ? 1 : 'frames', 'height', 'width']);
  const pictures = graph.op('Squeeze', [
    graph.op('Transpose', [sample], { perm: [2, 1, 0, 3, 4] }),
    graph.integers([2]),
  ]);
  const shown = graph.op('Slice', [pictures, ...[0, 1_000_000, 0, EVERY].map((number) => graph.integers([number]))]);
  const size = POINT[layout];
  const points = graph.op('AveragePool', [shown], { kernel_shape: [size, size], strides: [size, size] });
  const cells = graph.op('SpaceToDepth', [points], { blocksize: 4 });
  const latent = graph.op('Transpose', [graph.op('Unsqueeze', [cells, graph.integers([0])])], {
    perm: [0, 2, 1, 3, 4],
  });
  graph.output(latent, 'latent_sample', 'float', [1, CHANNELS, 'f', 'h', 'w']);
  return graph.build();
}

/** Each latent frame becomes four, the first becomes one. */
function vaeDecoder(layout: Layout, drift: number): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', OPSET);
  const latent = graph.input('latent_sample', 'float', [1, CHANNELS, 'f', 'h', 'w']);
  const frames = graph.op('Squeeze', [graph.op('Transpose', [latent], { perm: [2, 1, 0, 3, 4] }), graph.integers([2])]);
  const points = graph.op('DepthToSpace', [frames], { blocksize: 4 });
  const scales = graph.floats([1, 1, POINT[layout], POINT[layout]], [4]);
  const large = graph.op('Resize', [points, undefined, scales], { mode: 'linear' });
  const video = graph.op('Transpose', [graph.op('Unsqueeze', [large, graph.integers([0])])], { perm: [0, 2, 1, 3, 4] });
  const slow = graph.op('Resize', [video, undefined, graph.floats([1, 1, EVERY, 1, 1], [5])], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
  const kept = graph.op('Slice', [slow, graph.integers([EVERY - 1]), graph.integers([1_000_000]), graph.integers([2])]);
  graph.output(graph.add(kept, graph.scalar(drift)), 'sample', 'float', [1, 3, 'frames', 'height', 'width']);
  return graph.build();
}

function transformer(layout: Layout): Uint8Array {
  const graph = new GraphBuilder('transformer', OPSET);
  const both = layout === 'i2v';
  const channels = both ? 2 * CHANNELS + EVERY : CHANNELS;
  const hidden = graph.input('hidden_states', 'float', [1, channels, 'f', 'h', 'w']);
  const timestep = graph.input('timestep', 'float', both ? [1] : [1, 'tokens']);
  const text = graph.input('encoder_hidden_states', 'float', [1, 'length', TEXT]);
  const image = both ? [graph.input('encoder_hidden_states_image', 'float', [1, ...SEEN])] : [];
  const along = (axis: number, from: number, to: number, value: Value): Value =>
    graph.op('Slice', [value, graph.integers([from]), graph.integers([to]), graph.integers([axis])]);
  const noisy = both ? along(1, 0, CHANNELS, hidden) : hidden;
  const given = both ? along(1, CHANNELS + EVERY, channels, hidden) : hidden;
  const board = along(2, 0, 1, given);
  const level = graph.op('ReduceMax', [timestep], { keepdims: 0 });
  const sigma = graph.op('Max', [graph.div(level, graph.scalar(1000)), graph.scalar(1e-4)]);
  const nothing = unused(graph, [text, ...image], 0);
  const velocity = graph.add(graph.div(graph.sub(noisy, board), sigma), nothing);
  graph.output(velocity, 'out_sample', 'float', [1, CHANNELS, 'f', 'h', 'w']);
  return graph.build();
}

/** One token a picture: the means of its colours. */
function imageEncoder(): Uint8Array {
  const graph = new GraphBuilder('image_encoder', OPSET);
  const pixels = graph.input('pixel_values', 'float', ['batch', 3, 224, 224]);
  const means = graph.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 });
  graph.output(graph.op('Unsqueeze', [means, graph.integers([1])]), 'last_hidden_state', 'float', ['batch', ...SEEN]);
  return graph.build();
}

/** The files of a pack of Wan 2.2's TI2V layout, or of Wan 2.1's image-to-video layout. */
export function tinyWan(layout: Layout, given: Partial<TinyOptions> = {}): PackFiles {
  const { drift } = { ...PLAIN, ...given };
  return {
    'model_index.json': {
      _class_name: 'WanImageToVideoPipeline',
      _diffusers_version: '0.35.0',
      expand_timesteps: layout === 'ti2v',
      inbetween_notice: NOTICE,
    },
    'scheduler/scheduler_config.json': {
      _class_name: 'UniPCMultistepScheduler',
      flow_shift: 5,
      prediction_type: 'flow_prediction',
      use_flow_sigmas: true,
    },
    ...TEXT_FILES,
    'vae_encoder/model.onnx': vaeEncoder(layout),
    'vae_decoder/model.onnx': vaeDecoder(layout, drift),
    'vae_decoder/config.json': {
      z_dim: CHANNELS,
      scale_factor_temporal: EVERY,
      scale_factor_spatial: 4 * POINT[layout],
      latents_mean: new Array<number>(CHANNELS).fill(0),
      latents_std: new Array<number>(CHANNELS).fill(1),
    },
    'transformer/model.onnx': transformer(layout),
    'transformer/config.json': {},
    ...(layout === 'i2v' ? { 'image_encoder/model.onnx': imageEncoder() } : {}),
  };
}
