/**
 * Stable Video Diffusion's layout. The "UNet" knows in closed form that every frame is the board, seen at a quarter of its
 * size: v = (x − x0·√(σ² + 1)) / σ with x0 the image latents leads every sampler there.
 */
import { GraphBuilder, type Value } from '../../companion-app/inference';
import { poisoned } from './flaws';
import { NOTICE, PLAIN, type PackFiles, type TinyOptions } from './write';

const OPSET = 17;
export const SCALING = 0.18215;
/** Colours of 2 × 2 points: a latent cell covers 8 × 8 pixels in points of 4 × 4. */
export const CHANNELS = 12;
const SIZES = ['batch', 'frames', 'channels', 'height', 'width'];

export function imageEncoder(): Uint8Array {
  const graph = new GraphBuilder('image_encoder', OPSET);
  const pixels = graph.input('pixel_values', 'float', ['batch', 3, 224, 224]);
  graph.output(graph.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 }), 'image_embeds', 'float', ['batch', 3]);
  return graph.build();
}

export function vaeEncoder(): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', OPSET);
  const sample = graph.input('sample', 'float', ['batch', 3, 'height', 'width']);
  const points = graph.op('AveragePool', [sample], { kernel_shape: [4, 4], strides: [4, 4] });
  const latent = graph.op('SpaceToDepth', [points], { blocksize: 2 });
  graph.output(latent, 'latent_sample', 'float', ['batch', CHANNELS, 'h', 'w']);
  return graph.build();
}

export function vaeDecoder({ drift, flaw }: TinyOptions): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', OPSET);
  const latent = graph.input('latent_sample', 'float', ['batch', CHANNELS, 'h', 'w']);
  const points = graph.op('DepthToSpace', [latent], { blocksize: 2 });
  const factor = flaw === 'shape' ? 2 : 4;
  const scales = graph.floats([1, 1, factor, factor], [4]);
  const large = graph.op('Resize', [points, undefined, scales], { mode: 'linear' });
  const shown = graph.add(large, graph.scalar(drift));
  graph.output(shown, 'sample', 'float', ['batch', 3, 'height', 'width']);
  return graph.build();
}

/** Frame i of F is (1 − a)·x0 + a·(x0 one cell to the side), a = i / F. */
function swaying(graph: GraphBuilder, still: Value): Value {
  const along = (from: number, to: number): Value =>
    graph.op('Slice', [still, graph.integers([from]), graph.integers([to]), graph.integers([4])]);
  const aside = graph.op('Concat', [along(0, 1), along(0, -1)], { axis: 4 });
  const frames = graph.op('Slice', [graph.op('Shape', [still]), graph.integers([1]), graph.integers([2])]);
  const ones = graph.op('ConstantOfShape', [graph.op('Concat', [frames, graph.integers([1, 1, 1])], { axis: 0 })]);
  const counted = graph.op('CumSum', [graph.add(ones, graph.scalar(1)), graph.integer(0)], {
    exclusive: 1,
  });
  const part = graph.div(counted, graph.op('Cast', [frames], { to: 1 }));
  return graph.add(still, graph.mul(part, graph.sub(aside, still)));
}

function unet({ flaw, sway }: TinyOptions): Uint8Array {
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
  const picture = graph.op('ReduceSum', [channels(CHANNELS, 2 * CHANNELS), graph.integers([0])], { keepdims: 1 });
  const aim = sway ? swaying(graph, picture) : picture;
  const clean = graph.mul(graph.mul(aim, graph.scalar(SCALING)), root);
  const velocity = graph.div(graph.sub(channels(0, CHANNELS), clean), sigma);
  const means = [embeddings, ids].map((value) => graph.op('ReduceMean', [value], { keepdims: 0 }));
  const nothing = graph.mul(graph.op('Sum', means), graph.scalar(flaw === 'nan' ? NaN : 0));
  graph.output(poisoned(graph, graph.add(velocity, nothing), flaw), 'out_sample', 'float', SIZES);
  return graph.build();
}

/** The files of a pack of SVD's layout. */
export function tinySvd(given: Partial<TinyOptions> = {}): PackFiles {
  const options = { ...PLAIN, ...given };
  return {
    'model_index.json': {
      _class_name: 'StableVideoDiffusionPipeline',
      _diffusers_version: '0.24.0',
      inbetween_notice: NOTICE,
    },
    'scheduler/scheduler_config.json': {
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
    },
    'image_encoder/model.onnx': imageEncoder(),
    'vae_encoder/model.onnx': vaeEncoder(),
    ...(options.flaw === 'missing' ? {} : { 'vae_decoder/model.onnx': vaeDecoder(options) }),
    'vae_decoder/config.json': { latent_channels: CHANNELS, scaling_factor: SCALING },
    'unet/model.onnx': unet(options),
    'unet/config.json': { num_frames: options.frames },
  };
}
