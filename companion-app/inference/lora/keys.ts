/**
 * What the keys of LoRA files mean. Four styles of names for the same things:
 * kohya `lora_unet_down_blocks_0_…_to_q.lora_down.weight`, diffusers and PEFT `unet.down_blocks.0.….to_q.lora_A.weight`,
 * the original networks' own names (Wan, LTX-Video) behind `diffusion_model.`, and old diffusers `….processor.to_q_lora.up`.
 */

/** What a tensor is to the layer it belongs to. */
export type Role = 'down' | 'up' | 'alpha' | 'weight delta' | 'bias delta';

/** The network of a pack that a key speaks of. */
export type Part = 'denoiser' | 'text_encoder' | 'text_encoder_2';

export interface KeyMeaning {
  readonly part: Part;
  /** The layer, as the file calls it, without the network's name. */
  readonly layer: string;
  readonly role: Role;
}

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/\.lora_(?:A|down)(?:\.default)?(?:\.weight)?$/, 'down'],
  [/\.lora_(?:B|up)(?:\.default)?(?:\.weight)?$/, 'up'],
  [/\.lora\.down\.weight$/, 'down'],
  [/\.lora\.up\.weight$/, 'up'],
  [/_lora\.down\.weight$/, 'down'],
  [/_lora\.up\.weight$/, 'up'],
  [/\.alpha$/, 'alpha'],
  [/\.diff_b$/, 'bias delta'],
  [/\.lora_B(?:\.default)?\.bias$/, 'bias delta'],
  [/\.diff$/, 'weight delta'],
];

const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/^lora_te2_/, 'text_encoder_2'],
  [/^lora_te1?_/, 'text_encoder'],
  [/^text_encoder_2\./, 'text_encoder_2'],
  [/^text_encoder\./, 'text_encoder'],
  [/^lora_(?:unet|transformer)_/, 'denoiser'],
  [/^(?:unet|transformer|(?:model\.)?diffusion_model)\./, 'denoiser'],
];

/** Wrappers that say nothing about the network. */
const WRAPPERS = /^(?:base_model\.model\.|module\.)+/;

/** The meaning of a key, or undefined where it is none of a LoRA's that can be merged (LoHa, LoKr, DoRA, Tucker). */
export function readKey(key: string): KeyMeaning | undefined {
  const plain = key.replace(WRAPPERS, '');
  const role = ROLES.find(([ending]) => ending.test(plain));
  if (!role) return undefined;
  const named = plain.replace(role[0], '');
  const part = PARTS.find(([start]) => start.test(named));
  const layer = (part ? named.replace(part[0], '') : named).replace(WRAPPERS, '').replace(/\.processor\./, '.');
  // Old diffusers names leave the list around the last projection out: `to_out_lora`.
  const whole = /_lora\.(?:down|up)\.weight$/.test(plain) ? layer.replace(/\.to_out$/, '.to_out.0') : layer;
  return { part: part?.[1] ?? 'denoiser', layer: whole, role: role[1] };
}
