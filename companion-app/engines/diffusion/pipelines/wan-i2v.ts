/**
 * Wan 2.1 image-to-video: the board as CLIP tokens and as masked latents beside the noise; first, or first and last board.
 * Source: "Wan" (2025), diffusers pipeline_wan_i2v.py.
 */
import type { FloatTensor } from '../../../inference';
import type { Pack } from '../../../inference/packs';
import { clipNorm, middleForClip } from '../picture/clip';
import { toSigned } from '../picture/planes';
import { resize } from '../picture/resample';
import { createScheduler } from '../schedulers';
import { dim, expectDims, join, scalarFeed } from '../tensors';
import { readCall } from './call';
import { everyStep, stepNoise, withParts } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { IMAGE_TOKENS } from './ports';
import { versionOf } from './svd';
import { latentOf, normalise, perChannel } from './vae';
import { decodeVideo } from './vae-video';
import { holding, motionCells, type Held } from './held';
import type { Volume } from './latent-video';
import {
  fitted,
  openWanParts,
  standingWan,
  videoDecoder,
  wanPrediction,
  wanTexts,
  zWanCall,
  type WanCall,
} from './wan-parts';

type Parts = Awaited<ReturnType<typeof openParts>>;

async function openParts(pack: Pack, options: OpenOptions) {
  return withParts(pack, options, async (box) => {
    const parts = await openWanParts(pack, box);
    const sees = parts.transformer.port('image') !== undefined;
    const config =
      (await pack.json('image_processor', 'preprocessor_config.json')) ??
      (await pack.json('feature_extractor', 'preprocessor_config.json'));
    return {
      ...parts,
      norm: clipNorm(config),
      imageEncoder: sees ? await box.open(['image_encoder'], IMAGE_TOKENS) : undefined,
    };
  });
}

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openWanI2v(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openParts(pack, options);
  return {
    family: 'wan-i2v',
    nature: {
      fps: 16,
      frames: 81,
      every: parts.vae.scale_factor_temporal,
      plus: 1,
      multiple: parts.vae.scale_factor_spatial * parts.patch[1],
      pixels: 832 * 480,
      steps: 50,
      text: true,
      // Exports that look at boards through CLIP are made for one or for two of them.
      lastImage: parts.imageEncoder === undefined || parts.bothEnds,
      tile: { cells: 32, frames: 6 },
    },
    generate: (subject, call, context) => generate(parts, subject, fitted(readCall(zWanCall, call), parts), context),
    close: parts.close,
  };
}

async function generate(parts: Parts, subject: Subject, call: WanCall, context: RunContext): Promise<Clip> {
  const { transformer } = parts;
  const { mean, std } = parts.statistics;
  const texts = await wanTexts(parts, call, context);
  const image = await imageTokens(parts, subject, context);
  const still = await encode(parts, subject, call, context);
  const [channels = 0, f = 0, h = 0, w = 0] = still.dims.slice(1);
  const dims = [1, channels, f, h, w];
  const mask = boardMask(f, h * w, parts.vae.scale_factor_temporal, subject.lastImage !== undefined);
  const scheduler = createScheduler(parts.scheduler, { steps: call.num_inference_steps, ...versionOf(context) });
  const noise = context.noise('latents_noise', dims);
  let latents: Float32Array = noise.map((x) => x * scheduler.initNoiseSigma);
  const volume = { channels, frames: f, area: h * w };
  const hold = holding(scheduler, await heldCells(parts, subject, noise, { call, volume, w, h }, context));
  const hiddenDims = [1, 2 * channels + parts.vae.scale_factor_temporal, f, h, w];

  await everyStep(scheduler, context, async (index, timestep) => {
    const joined = join(scheduler.scaleInput(latents, index), mask, still.data);
    const hidden = index === 0 ? context.tap('transformer_hidden_step0', joined, hiddenDims) : joined;
    const velocity = await wanPrediction(
      async (text, which) => {
        const output = await transformer.run({
          hidden: { data: hidden, dims: hiddenDims },
          timestep: scalarFeed(transformer.port('timestep'), timestep, 1),
          text,
          ...(image ? { image } : {}),
        });
        const name = which === 'conditional' ? 'transformer_out_step0' : 'transformer_uncond_out_step0';
        if (index === 0) context.tap(name, output.data, output.dims);
        return expectDims(output, dims, transformer).data;
      },
      texts,
      call.guidance_scale,
    );
    const stepped = scheduler.step(index, velocity, latents, stepNoise(scheduler, index, dims, context));
    latents = context.tap('latents_steps', hold(stepped, index), dims);
  });

  const input = context.tap('decoder_input', perChannel(latents, std, mean), dims);
  const frames = await decodeVideo(videoDecoder(parts), { data: input, dims }, call, context);
  return { width: call.width, height: call.height, frames };
}

/** What motion regions leave standing. */
async function heldCells(
  parts: Parts,
  { image, motion }: Subject,
  noise: Float32Array,
  { call, volume, w, h }: { call: WanCall; volume: Volume; w: number; h: number },
  context: RunContext,
): Promise<Held | undefined> {
  if (!motion) return undefined;
  const picture = resize(image, call.width, call.height, 'lanczos');
  const still = await standingWan(parts, picture, undefined, volume, context);
  return { still, noise, free: motionCells(motion, w, h) };
}

/** CLIP tokens of the boards, one batch row each. */
async function imageTokens(parts: Parts, subject: Subject, context: RunContext): Promise<FloatTensor | undefined> {
  const { imageEncoder, norm } = parts;
  if (!imageEncoder) return undefined;
  const boards = subject.lastImage ? [subject.image, subject.lastImage] : [subject.image];
  const dims = [boards.length, 3, norm.edge, norm.edge];
  const pixels = context.tap('pixel_values', join(...boards.map((board) => middleForClip(board, norm))), dims);
  const tokens = await imageEncoder.run({ pixels: { data: pixels, dims } });
  expectDims(tokens, [boards.length, dim(tokens, 1, imageEncoder), dim(tokens, 2, imageEncoder)], imageEncoder);
  return { data: context.tap('image_embeds', tokens.data, tokens.dims), dims: tokens.dims };
}

/** The board, then nothing (middle grey), then the last board if there is one: encoded as one video. */
async function encode(parts: Parts, subject: Subject, call: WanCall, context: RunContext): Promise<FloatTensor> {
  const { width, height, num_frames: count } = call;
  const area = width * height;
  const signed = toSigned(resize(subject.image, width, height, 'lanczos'));
  const first = context.tap('preprocessed_image', signed, [1, 3, height, width]);
  const last = subject.lastImage && toSigned(resize(subject.lastImage, width, height, 'lanczos'));
  const video = new Float32Array(3 * count * area);
  for (let channel = 0; channel < 3; channel++) {
    const start = channel * count * area;
    if (last) video.set(last.subarray(channel * area, (channel + 1) * area), start + (count - 1) * area);
    video.set(first.subarray(channel * area, (channel + 1) * area), start);
  }
  const encoded = await parts.encoder.run({ picture: { data: video, dims: [1, 3, count, height, width] } });
  context.tap('vae_encoder_out', encoded.data, encoded.dims);
  const latent = latentOf(encoded, parts.vae.z_dim, parts.encoder);
  return { data: normalise(latent.data, parts.statistics.mean, parts.statistics.std), dims: latent.dims };
}

/**
 * Which video frames are given, folded into `every` channels a latent frame: the first frame fills latent frame 0, the last
 * one is the last channel of the last latent frame.
 */
function boardMask(frames: number, area: number, every: number, withLast: boolean): Float32Array {
  const mask = new Float32Array(every * frames * area);
  for (let channel = 0; channel < every; channel++)
    mask.fill(1, channel * frames * area, channel * frames * area + area);
  if (withLast) mask.fill(1, mask.length - area);
  return mask;
}
