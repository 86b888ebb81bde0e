/** What exporters call the inputs and outputs of each kind of network (optimum, OnnxStack, TensorRT, Inbetween's own). */
import type { PortNames } from '../../../inference/packs';

const TIMESTEP = ['timestep', 'timesteps', 't'];
const HIDDEN = ['encoder_hidden_states', 'context', 'prompt_embeds', 'text_embeds'];
const PREDICTION = ['out_sample', 'noise_pred', 'model_output', 'output', 'latent', 'sample'];

export const IMAGE_ENCODER: PortNames<'pixels'> = {
  inputs: { pixels: ['pixel_values', 'image', 'images', 'input'] },
  optional: [],
  output: ['image_embeds', 'image_embeddings', 'embeddings'],
};

/** The image encoder where its tokens are wanted rather than one embedding. */
export const IMAGE_TOKENS: PortNames<'pixels'> = {
  ...IMAGE_ENCODER,
  output: ['penultimate_hidden_state', 'hidden_states.-2', 'last_hidden_state', 'hidden_states'],
};

export const TEXT_ENCODER: PortNames<'ids' | 'mask'> = {
  inputs: { ids: ['input_ids', 'tokens', 'text_ids'], mask: ['attention_mask', 'mask'] },
  optional: ['mask'],
  output: ['last_hidden_state', 'hidden_states', 'text_embeddings', 'prompt_embeds'],
};

export const VAE_ENCODER: PortNames<'picture'> = {
  inputs: { picture: ['sample', 'image', 'images', 'pixel_values', 'video', 'x'] },
  optional: [],
  output: ['latent_parameters', 'latent_sample', 'latents', 'latent', 'moments'],
};

export const VAE_DECODER: PortNames<'latents' | 'frames' | 'timestep'> = {
  inputs: {
    latents: ['latent_sample', 'latents', 'latent', 'z', 'sample'],
    frames: ['num_frames', 'num_frames_in'],
    timestep: ['timestep', 'temb', 't'],
  },
  optional: ['frames', 'timestep'],
  output: ['sample', 'frames', 'images', 'image', 'video'],
};

export const SVD_UNET: PortNames<'sample' | 'timestep' | 'image' | 'ids'> = {
  inputs: {
    sample: ['sample', 'latent_model_input', 'latents', 'x'],
    timestep: TIMESTEP,
    image: [...HIDDEN, 'image_embeddings', 'image_embeds'],
    ids: ['added_time_ids', 'time_ids'],
  },
  optional: [],
  output: PREDICTION,
};

export const I2VGEN_UNET: PortNames<'sample' | 'timestep' | 'fps' | 'latents' | 'image' | 'text'> = {
  inputs: {
    sample: ['sample', 'latent_model_input', 'x'],
    timestep: TIMESTEP,
    fps: ['fps'],
    latents: ['image_latents'],
    image: ['image_embeddings', 'image_embeds'],
    text: HIDDEN,
  },
  optional: [],
  output: PREDICTION,
};

export const LTX_TRANSFORMER: PortNames<
  'hidden' | 'text' | 'timestep' | 'mask' | 'frames' | 'height' | 'width' | 'scale' | 'coordinates'
> = {
  inputs: {
    hidden: ['hidden_states', 'sample', 'latents'],
    text: HIDDEN,
    timestep: TIMESTEP,
    mask: ['encoder_attention_mask', 'attention_mask', 'prompt_attention_mask'],
    frames: ['num_frames'],
    height: ['height'],
    width: ['width'],
    scale: ['rope_interpolation_scale'],
    coordinates: ['video_coords', 'indices_grid'],
  },
  // Exports for one size have the sizes built in; those that take key frames are told each token's place instead.
  optional: ['frames', 'height', 'width', 'scale', 'coordinates'],
  output: PREDICTION,
};

export const WAN_TRANSFORMER: PortNames<'hidden' | 'timestep' | 'text' | 'image'> = {
  inputs: {
    hidden: ['hidden_states', 'sample', 'latents', 'x'],
    timestep: TIMESTEP,
    text: HIDDEN,
    image: ['encoder_hidden_states_image', 'image_embeds', 'clip_fea'],
  },
  optional: ['image'],
  output: PREDICTION,
};
