/** I2VGen-XL's layout, with the VAE of the tiny SVD pack. The "UNet" says outright that every frame is the board. */
import { GraphBuilder, type Value } from '../../companion-app/inference';
import { CHANNELS, imageEncoder, SCALING, vaeDecoder, vaeEncoder } from './svd';
import { TEXT, TEXT_FILES, unused } from './text';
import { NOTICE, PLAIN, type PackFiles, type TinyOptions } from './write';

const OPSET = 17;
const SIZES = ['batch', CHANNELS, 'frames', 'height', 'width'];

/** The first frame of the image latents, in all frames: a prediction of the picture itself ("sample"). */
function unet(): Uint8Array {
  const graph = new GraphBuilder('unet', OPSET);
  const sample = graph.input('sample', 'float', SIZES);
  const others: Value[] = [
    graph.input('timestep', 'float', ['batch']),
    graph.input('fps', 'float', ['batch']),
    graph.input('image_embeddings', 'float', ['batch', 1, 3]),
    graph.input('encoder_hidden_states', 'float', ['batch', 'length', TEXT]),
  ];
  const latents = graph.input('image_latents', 'float', SIZES);
  const board = graph.op('Slice', [latents, graph.integers([0]), graph.integers([1]), graph.integers([2])]);
  const nothing = unused(graph, others, 0);
  const spread = graph.mul(sample, graph.scalar(0));
  graph.output(graph.add(graph.add(spread, board), nothing), 'out_sample', 'float', SIZES);
  return graph.build();
}

/** The files of a pack of I2VGen-XL's layout. */
export function tinyI2vgen(given: Partial<TinyOptions> = {}): PackFiles {
  return {
    'model_index.json': { _class_name: 'I2VGenXLPipeline', _diffusers_version: '0.26.0', inbetween_notice: NOTICE },
    'scheduler/scheduler_config.json': {
      _class_name: 'DDIMScheduler',
      beta_schedule: 'squaredcos_cap_v2',
      clip_sample: false,
      prediction_type: 'sample',
      set_alpha_to_one: true,
      steps_offset: 1,
      timestep_spacing: 'leading',
    },
    ...TEXT_FILES,
    'image_encoder/model.onnx': imageEncoder(),
    'vae_encoder/model.onnx': vaeEncoder(),
    'vae_decoder/model.onnx': vaeDecoder({ ...PLAIN, ...given }),
    'vae_decoder/config.json': { latent_channels: CHANNELS, scaling_factor: SCALING },
    'unet/model.onnx': unet(),
  };
}
