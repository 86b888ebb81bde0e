/** Pictures to latents and back. */
import type { FloatTensor } from '../../../inference';
import { networkFailed, type Bound } from '../../../inference/packs';
import { dim, expectDims, scalarFeed } from '../tensors';
import { breathe } from './parts';
import type { RunContext } from './pipeline';

export type VaeEncoder = Bound<'picture'>;
export type VaeDecoder = Bound<'latents' | 'frames' | 'timestep'>;

/**
 * The latent of one encoded picture (batch 1) from what the encoder gave: mean and log-variance, or the latent itself.
 * @param noise standard normal numbers for a sample of the distribution; without it the mode is taken
 */
export function latentOf(
  encoded: FloatTensor,
  channels: number,
  encoder: VaeEncoder,
  noise?: (dims: readonly number[]) => Float32Array,
): FloatTensor {
  const found = dim(encoded, 1, encoder);
  const dims = [1, channels, ...encoded.dims.slice(2)];
  if (encoded.dims[0] !== 1 || (found !== channels && found !== 2 * channels)) {
    throw networkFailed(
      `${encoder.name} gave [${encoded.dims.join(', ')}]; ${channels} or ${2 * channels} channels were due.`,
    );
  }
  if (found === channels) return { data: encoded.data, dims };
  const half = encoded.data.length / 2;
  const mean = encoded.data.subarray(0, half);
  if (!noise) return { data: mean, dims };
  const drawn = noise(dims);
  const data = mean.map((m, i) => {
    const logVariance = Math.min(20, Math.max(-30, encoded.data[half + i] ?? 0));
    return m + Math.exp(0.5 * logVariance) * (drawn[i] ?? 0);
  });
  return { data, dims };
}

/** Each channel c of [1, channels, …] through x·gain[c] + offset[c]. */
export function perChannel(latents: Float32Array, gain: readonly number[], offset: readonly number[]): Float32Array {
  const each = latents.length / gain.length;
  return latents.map((x, i) => {
    const channel = Math.floor(i / each);
    return x * (gain[channel] ?? 1) + (offset[channel] ?? 0);
  });
}

/** Takes mean and spread out of latents, as the transformer knows them. */
export function normalise(latents: Float32Array, mean: readonly number[], std: readonly number[]): Float32Array {
  const each = latents.length / mean.length;
  return latents.map((x, i) => {
    const channel = Math.floor(i / each);
    return (x - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
}

const unit = (x: number): number => Math.min(1, Math.max(0, x / 2 + 0.5));

/**
 * Decodes frame latents [F, channels, h, w] in runs of `chunk` frames.
 * A decoder that mixes neighbouring frames is told the length of each run.
 */
export async function decodeFrames(
  decoder: VaeDecoder,
  latents: FloatTensor,
  chunk: number,
  size: { readonly width: number; readonly height: number },
  context: RunContext,
): Promise<Float32Array[]> {
  const count = dim(latents, 0, decoder);
  const each = latents.data.length / count;
  const frames: Float32Array[] = [];
  for (let start = 0; start < count; start += chunk) {
    await breathe(context.signal);
    const length = Math.min(chunk, count - start);
    const decoded = await decoder.run({
      latents: {
        data: latents.data.slice(start * each, (start + length) * each),
        dims: [length, ...latents.dims.slice(1)],
      },
      frames: scalarFeed(decoder.port('frames'), length, 1),
    });
    expectDims(decoded, [length, 3, size.height, size.width], decoder);
    frames.push(...interleaved(decoded.data, length, size.width * size.height, 'frames first'));
    context.progress(start + length, count, 'decoding');
  }
  return frames;
}

/** Planes in [−1, 1] to frames in [0, 1] with the colours of a pixel side by side. */
export function interleaved(
  planes: Float32Array,
  frames: number,
  area: number,
  order: 'frames first' | 'channels first',
): Float32Array[] {
  return Array.from({ length: frames }, (_, frame) => {
    const out = new Float32Array(area * 3);
    for (let channel = 0; channel < 3; channel++) {
      const start = (order === 'frames first' ? frame * 3 + channel : channel * frames + frame) * area;
      for (let i = 0; i < area; i++) out[i * 3 + channel] = unit(planes[start + i] ?? 0);
    }
    return out;
  });
}
