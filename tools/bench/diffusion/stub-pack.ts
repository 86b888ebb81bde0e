/** A pack with tensors of SVD's real sizes and next to no arithmetic: what is left of a step is the engine's own work. */
import { GraphBuilder, type Dimension, type Value } from '../../../companion-app/inference';
import { tinySvd } from '../../../examples/tiny-pack/svd';
import type { PackFiles } from '../../../examples/tiny-pack/write';

const OPSET = 17;
/** Numbers of SVD's image embedding, and channels of its latents. */
const EMBEDDING = 1024;
const LATENTS = 4;
const SIZES = ['batch', 'frames', 'channels', 'height', 'width'];

/** Copies the first channels: [batch, frames, 8, h, w] → [batch, frames, 4, h, w]. */
function unet(): Uint8Array {
  const graph = new GraphBuilder('unet', OPSET);
  const sample = graph.input('sample', 'float', SIZES);
  const others: readonly [string, readonly Dimension[]][] = [
    ['timestep', [1]],
    ['encoder_hidden_states', ['batch', 1, EMBEDDING]],
    ['added_time_ids', ['batch', 3]],
  ];
  const means = others.map(([name, shape]) =>
    graph.op('ReduceMean', [graph.input(name, 'float', shape)], { keepdims: 0 }),
  );
  const first = graph.op('Slice', [sample, graph.integers([0]), graph.integers([LATENTS]), graph.integers([2])]);
  const nothing = graph.mul(graph.op('Sum', means), graph.scalar(0));
  graph.output(graph.add(first, nothing), 'out_sample', 'float', SIZES);
  return graph.build();
}

function imageEncoder(): Uint8Array {
  const graph = new GraphBuilder('image_encoder', OPSET);
  const pixels = graph.input('pixel_values', 'float', ['batch', 3, 224, 224]);
  const mean: Value = graph.op('ReduceMean', [pixels], { axes: [1, 2, 3], keepdims: 0 });
  const wide = graph.op('Expand', [graph.op('Unsqueeze', [mean, graph.integers([1])]), graph.integers([1, EMBEDDING])]);
  graph.output(wide, 'image_embeds', 'float', ['batch', EMBEDDING]);
  return graph.build();
}

/** Eight-fold smaller, four channels. */
function vaeEncoder(): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', OPSET);
  const sample = graph.input('sample', 'float', ['batch', 3, 'height', 'width']);
  const small = graph.op('AveragePool', [sample], { kernel_shape: [8, 8], strides: [8, 8] });
  const one = graph.op('Slice', [small, graph.integers([0]), graph.integers([1]), graph.integers([1])]);
  graph.output(graph.op('Concat', [small, one], { axis: 1 }), 'latent_sample', 'float', ['batch', LATENTS, 'h', 'w']);
  return graph.build();
}

function vaeDecoder(): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', OPSET);
  const latent = graph.input('latent_sample', 'float', ['batch', LATENTS, 'h', 'w']);
  const three = graph.op('Slice', [latent, graph.integers([0]), graph.integers([3]), graph.integers([1])]);
  const large = graph.op('Resize', [three, undefined, graph.floats([1, 1, 8, 8], [4])], { mode: 'nearest' });
  graph.output(large, 'sample', 'float', ['batch', 3, 'height', 'width']);
  return graph.build();
}

/** The files of the pack; its window has 14 frames, as SVD's. */
export function stubSvd(): PackFiles {
  return {
    ...tinySvd({ frames: 14 }),
    'image_encoder/model.onnx': imageEncoder(),
    'vae_encoder/model.onnx': vaeEncoder(),
    'vae_decoder/model.onnx': vaeDecoder(),
    'vae_decoder/config.json': { latent_channels: LATENTS, scaling_factor: 0.18215 },
    'unet/model.onnx': unet(),
  };
}
