/**
 * Wan 2.2 TI2V: only the board is encoded, and each token has a timestep of its own, zero on the board's.
 * Source: "Wan" (2025), diffusers pipeline_wan_i2v.py with expand_timesteps.
 */
import type { Pack } from '../../../inference/packs';
import { toSigned } from '../picture/planes';
import { resize, type Rgb } from '../picture/resample';
import { createScheduler } from '../schedulers';
import { expectDims } from '../tensors';
import { readCall } from './call';
import { withFirstFrame } from './latent-video';
import { everyStep, stepNoise, withParts } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { versionOf } from './svd';
import { latentOf, normalise, perChannel } from './vae';
import { decodeVideo } from './vae-video';
import { holding, motionCells } from './held';
import {
  fitted,
  openWanParts,
  standingWan,
  videoDecoder,
  wanPrediction,
  wanTexts,
  zWanCall,
  type WanCall,
  type WanParts,
} from './wan-parts';

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openWanTi2v(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await withParts(pack, options, (box) => openWanParts(pack, box));
  const { scale_factor_temporal: every, scale_factor_spatial: pixels } = parts.vae;
  return {
    family: 'wan-ti2v',
    nature: {
      fps: 24,
      frames: 121,
      every,
      plus: 1,
      multiple: pixels * parts.patch[1],
      pixels: 1280 * 704,
      steps: 50,
      text: true,
      lastImage: false,
      tile: { cells: 16, frames: 6 },
    },
    generate: (subject, call, context) => generate(parts, subject, fitted(readCall(zWanCall, call), parts), context),
    close: parts.close,
  };
}

async function generate(parts: WanParts, subject: Subject, call: WanCall, context: RunContext): Promise<Clip> {
  const { image, motion } = subject;
  const { transformer, vae, patch } = parts;
  const { mean, std } = parts.statistics;
  const texts = await wanTexts(parts, call, context);
  const still = await encode(parts, image, call, context);
  const [channels = 0, , h = 0, w = 0] = still.dims.slice(1);
  const f = (call.num_frames - 1) / vae.scale_factor_temporal + 1;
  const volume = { channels, frames: f, area: h * w };
  const dims = [1, channels, f, h, w];
  const scheduler = createScheduler(parts.scheduler, { steps: call.num_inference_steps, ...versionOf(context) });
  const noise = context.noise('latents_noise', dims);
  let latents: Float32Array = noise.map((x) => x * scheduler.initNoiseSigma);
  const free = motion && motionCells(motion, w, h);
  const picture = resize(image, call.width, call.height, 'lanczos');
  const held = free && { still: await standingWan(parts, picture, still.data, volume, context), noise, free };
  const hold = holding(scheduler, held);
  const perFrame = Math.ceil(h / patch[1]) * Math.ceil(w / patch[2]);

  await everyStep(scheduler, context, async (index, timestep) => {
    const board = withFirstFrame(scheduler.scaleInput(latents, index), still.data, volume);
    const hidden = index === 0 ? context.tap('transformer_hidden_step0', board, dims) : board;
    const perToken = new Float32Array(f * perFrame).map((_, i) => (i < perFrame ? 0 : timestep));
    if (index === 0) context.tap('transformer_timestep_step0', perToken, [1, perToken.length]);
    const velocity = await wanPrediction(
      async (text, which) => {
        const output = await transformer.run({
          hidden: { data: hidden, dims },
          timestep: { data: perToken, dims: [1, perToken.length] },
          text,
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

  const plain = perChannel(withFirstFrame(latents, still.data, volume), std, mean);
  const input = context.tap('decoder_input', plain, dims);
  const frames = await decodeVideo(videoDecoder(parts), { data: input, dims }, call, context);
  return { width: call.width, height: call.height, frames };
}

async function encode(parts: WanParts, image: Rgb, call: WanCall, context: RunContext) {
  const { width, height } = call;
  const signed = toSigned(resize(image, width, height, 'lanczos'));
  const picture = context.tap('preprocessed_image', signed, [1, 3, height, width]);
  const encoded = await parts.encoder.run({ picture: { data: picture, dims: [1, 3, 1, height, width] } });
  context.tap('vae_encoder_out', encoded.data, encoded.dims);
  const latent = latentOf(encoded, parts.vae.z_dim, parts.encoder);
  return { data: normalise(latent.data, parts.statistics.mean, parts.statistics.std), dims: latent.dims };
}
