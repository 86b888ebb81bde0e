/**
 * LTX-Video: a transformer over packed latents, flow matching, the board held in latent frame 0; key frames at other places are
 * tokens of their own before the clip's.
 * Source: "LTX-Video" (HaCohen et al. 2024), diffusers pipeline_ltx_image2video.py and pipeline_ltx_condition.py.
 */
import type { Pack } from '../../../inference/packs';
import { createScheduler, muOf } from '../schedulers';
import { expectDims, firstHalf, guided, join, repeat, repeatInto, secondHalf } from '../tensors';
import { readCall } from './call';
import { rescaled } from './guidance-rescale';
import { holding, motionCells, type Held } from './held';
import { pack as packTokens, unpack } from './latent-video';
import { encodeKey, encodeStanding, encodeTexts } from './ltx-encode';
import { fullCall, openLtxParts, zLtxCall, type LtxCall, type LtxParts } from './ltx-parts';
import { ltxLevels, unshifted } from './ltx-schedule';
import { videoCoordinates } from './ltx-tokens';
import { everyStep, stepNoise } from './parts';
import type { Clip, OpenOptions, Pipeline, RunContext, Subject } from './pipeline';
import { versionOf } from './svd';
import { perChannel } from './vae';
import { decodeVideo } from './vae-video';

/** @throws InbetweenError `pack-invalid` for parts, configurations or schedulers that cannot be used */
export async function openLtx(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  const parts = await openLtxParts(pack, options);
  const keyFrames = parts.transformer.port('coordinates') !== undefined;
  return {
    family: 'ltx',
    nature: {
      fps: 25,
      frames: 97,
      every: 8,
      plus: 1,
      multiple: 32,
      pixels: 1216 * 704,
      steps: parts.schedule === 'distilled' ? ltxLevels('distilled', 0).length : 40,
      text: true,
      lastImage: keyFrames,
      keyFrames,
      tile: { cells: 16, frames: 5 },
    },
    generate: (subject, call, context) => generate(parts, subject, fullCall(readCall(zLtxCall, call), parts), context),
    close: parts.close,
  };
}

async function generate(parts: LtxParts, subject: Subject, call: LtxCall, context: RunContext): Promise<Clip> {
  const { vae, transformer } = parts;
  const every = vae.temporal_compression_ratio;
  const doubled = call.guidance_scale > 1;
  const rows = doubled ? 2 : 1;
  const text = await encodeTexts(parts, call, doubled, context);
  const still = await encodeKey(parts, subject.image, call, context);
  const [channels = 0, , h = 0, w = 0] = still.dims.slice(1);
  const f = Math.floor((call.num_frames - 1) / every) + 1;
  const area = h * w;
  const volume = { channels, frames: f, area };
  const latentDims = [1, channels, f, h, w];
  const noise = packTokens(context.noise('latents_noise', latentDims), volume);
  const free = subject.motion && motionCells(subject.motion, w, h);
  const standing = free && (await encodeStanding(parts, subject.image, still, volume, call, context));
  const keys = keysOf(parts, subject, call);
  const given: Float32Array[] = [];
  for (const key of keys) {
    const latent = await encodeKey(parts, key.image, call, context, `vae_noise_${key.at}`);
    given.push(packTokens(latent.data, { ...volume, frames: 1 }));
  }
  // Key frames, then the board, then noise: only the noise is stepped.
  const fixed = join(...given, packTokens(still.data, { ...volume, frames: 1 }));
  const extra = keys.length * area;
  const tokens = extra + f * area;
  const latents = join(fixed, noise.subarray(area * channels));

  const scheduler = schedulerFor(parts, call, f * area, context);
  const batchDims = [rows, tokens, channels];
  const input = new Float32Array(rows * latents.length);
  const perToken = new Float32Array(rows * tokens);
  const scale = [every / call.frame_rate, vae.spatial_compression_ratio, vae.spatial_compression_ratio];
  context.note('rope_interpolation_scale', scale);
  const grid = { frames: f, height: h, width: w, every, pixels: vae.spatial_compression_ratio };
  const places = videoCoordinates(
    grid,
    keys.map(({ at }) => at),
    call.frame_rate,
  );
  const coordinates = context.tap('video_coords', repeat(places, rows), [rows, 3, tokens]);
  const hold = holding(scheduler, heldTokens(standing, noise, free, channels));
  const clip = latents.subarray(extra * channels);
  const sized = (port: 'frames' | 'height' | 'width') => (transformer.port(port)?.dims.length === 1 ? [1] : []);

  await everyStep(scheduler, context, async (index, timestep) => {
    const first = index === 0;
    if (call.image_cond_noise_scale > 0) {
      const level = call.image_cond_noise_scale * (timestep / 1000) ** 2;
      const drawn = context.noise(`cond_noise_${index}`, [1, fixed.length / channels, channels]);
      for (let i = 0; i < fixed.length; i++) latents[i] = (fixed[i] ?? 0) + level * (drawn[i] ?? 0);
    }
    repeatInto(input, latents, rows);
    perToken.fill(timestep);
    for (let row = 0; row < rows; row++) perToken.fill(0, row * tokens, row * tokens + extra + area);
    const output = await transformer.run({
      hidden: { data: first ? context.tap('transformer_hidden_step0', input, batchDims) : input, dims: batchDims },
      text: { data: text.embeddings, dims: [rows, call.max_sequence_length, text.size] },
      timestep: {
        data: first ? context.tap('transformer_timestep_step0', perToken, [rows, tokens]) : perToken,
        dims: [rows, tokens],
      },
      mask: { data: text.mask, dims: [rows, call.max_sequence_length] },
      frames: { data: [f], dims: sized('frames') },
      height: { data: [h], dims: sized('height') },
      width: { data: [w], dims: sized('width') },
      scale: { data: scale, dims: [3] },
      coordinates: { data: coordinates, dims: [rows, 3, tokens] },
    });
    expectDims(output, batchDims, transformer);
    if (first) context.tap('transformer_out_step0', output.data, output.dims);
    const velocity = doubled ? guidedBy(output.data, call) : output.data;
    // What is given is never stepped.
    const moving = latents.subarray(fixed.length);
    const drawn = stepNoise(scheduler, index, [1, moving.length / channels, channels], context);
    const stepped = scheduler.step(index, velocity.subarray(fixed.length), moving, drawn);
    latents.set(stepped, fixed.length);
    hold(clip, index);
    context.tap('latents_steps', clip, [1, f * area, channels]);
  });

  const plain = perChannel(
    unpack(clip, volume),
    parts.statistics.std.map((s) => s / vae.scaling_factor),
    parts.statistics.mean,
  );
  const conditioned = vae.timestep_conditioning;
  const ready = conditioned ? withDecodeNoise(plain, latentDims, call, context) : plain;
  const frames = await decodeVideo(
    { decoder: parts.decoder, every, pixels: vae.spatial_compression_ratio },
    { data: context.tap('decoder_input', ready, latentDims), dims: latentDims },
    call,
    context,
    conditioned ? call.decode_timestep : undefined,
  );
  return { width: call.width, height: call.height, frames };
}

/** Key frames after the first: those of the clip's boards, and the last board at the last frame. */
function keysOf({ transformer }: LtxParts, subject: Subject, call: LtxCall): NonNullable<Subject['keys']> {
  if (!transformer.port('coordinates')) return [];
  const last = subject.lastImage ? [{ at: call.num_frames - 1, image: subject.lastImage }] : [];
  const inside = (subject.keys ?? []).filter(({ at }) => at > 0 && at < call.num_frames);
  return [...inside.filter(({ at }) => at !== last[0]?.at), ...last].sort((a, b) => a.at - b.at);
}

function schedulerFor(parts: LtxParts, call: LtxCall, tokens: number, context: RunContext) {
  const { sigmas } = call;
  const listed = Array.isArray(sigmas) ? sigmas : undefined;
  const named = typeof sigmas === 'string' ? sigmas : parts.schedule;
  const levels = listed ?? ltxLevels(named, call.num_inference_steps);
  const config = listed === undefined && named !== 'even' ? unshifted(parts.scheduler) : parts.scheduler;
  return createScheduler(config, {
    steps: levels.length,
    sigmas: levels,
    mu: muOf(config, tokens),
    ...versionOf(context),
  });
}

function heldTokens(
  still: Float32Array | undefined,
  noise: Float32Array,
  free: Float32Array | undefined,
  channels: number,
): Held | undefined {
  return still && free ? { still, noise, free, inner: channels } : undefined;
}

function guidedBy(output: Float32Array, call: LtxCall): Float32Array {
  const conditional = secondHalf(output);
  const pulled = guided(firstHalf(output), conditional, call.guidance_scale);
  return call.guidance_rescale > 0 ? rescaled(pulled, conditional, call.guidance_rescale) : pulled;
}

function withDecodeNoise(
  latents: Float32Array,
  dims: readonly number[],
  call: LtxCall,
  context: RunContext,
): Float32Array {
  const part = call.decode_noise_scale ?? call.decode_timestep;
  const noise = context.noise('decode_noise', dims);
  return latents.map((x, i) => (1 - part) * x + part * (noise[i] ?? 0));
}
