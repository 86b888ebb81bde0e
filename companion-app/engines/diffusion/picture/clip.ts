/** Preprocessing for CLIP's image encoder, in the three ways the pipelines do it. */
import { z } from 'zod';
import { packInvalid } from '../../../inference/packs';
import { soften, bicubicAligned } from './antialias';
import { toPlanes } from './planes';
import { cropMiddle, resize, type Rgb } from './resample';

/** preprocessor_config.json, the part the pipelines use. */
const zProcessor = z.looseObject({
  image_mean: z.array(z.number()).length(3).default([0.48145466, 0.4578275, 0.40821073]),
  image_std: z.array(z.number().positive()).length(3).default([0.26862954, 0.26130258, 0.27577711]),
  crop_size: z.union([z.number(), z.object({ height: z.number(), width: z.number() })]).default(224),
});

export interface ClipNorm {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Edge of the square the encoder takes, in pixels. */
  readonly edge: number;
}

/** Reads preprocessor_config.json; OpenAI's CLIP values where it is absent. */
export function clipNorm(config: unknown): ClipNorm {
  const read = zProcessor.safeParse(config ?? {});
  if (!read.success) throw packInvalid('preprocessor_config.json cannot be used.', read.error);
  const { image_mean: mean, image_std: std, crop_size: size } = read.data;
  if (typeof size !== 'number' && size.width !== size.height) throw packInvalid('The CLIP crop must be a square.');
  return { mean, std, edge: typeof size === 'number' ? size : size.width };
}

const normalised = (value: number, channel: number, { mean, std }: ClipNorm): number =>
  (value - (mean[channel] ?? 0)) / (std[channel] ?? 1);

/** Mean and standard deviation taken out of an 8-bit picture; [1, 3, h, w]. */
export function clipPlanes(picture: Rgb, norm: ClipNorm): Float32Array {
  return toPlanes(picture, (value, channel) => normalised(value / 255, channel, norm));
}

/** As SVD does it: a stretch in floats, softened first. Source: diffusers pipeline_stable_video_diffusion.py. */
export function stretchedForClip(picture: Rgb, norm: ClipNorm): Float32Array {
  const size = { width: picture.width, height: picture.height };
  const signed = toPlanes(picture, (value) => (value / 255) * 2 - 1);
  const small = bicubicAligned(soften(signed, size, norm.edge), size, norm.edge);
  const area = norm.edge ** 2;
  return small.map((x, i) => normalised((x + 1) / 2, Math.floor(i / area), norm));
}

/** As transformers does it: the short side to the edge (bicubic), then the middle. */
export function middleForClip(picture: Rgb, norm: ClipNorm): Float32Array {
  const { width, height } = picture;
  const { edge } = norm;
  const long = Math.trunc((edge * Math.max(width, height)) / Math.min(width, height));
  const resized = resize(picture, width <= height ? edge : long, width <= height ? long : edge, 'bicubic');
  return clipPlanes(cropMiddle(resized, edge, edge), norm);
}
