/** What a LoRA's keys mean: which layer, which matrix. The styles of kohya, diffusers (PEFT), Wan and LTX-Video. */
import { packInvalid } from '../pack-problem';
import type { Weights } from './safetensors';

/** What a LoRA does to one layer: W += alpha/rank · up · down, bias += bias. */
export interface LayerDelta {
  /** The layer's name as diffusers has it, or with underscores for dots (kohya). */
  readonly layer: string;
  readonly down?: Weights;
  readonly up?: Weights;
  readonly alpha?: number;
  readonly bias?: Weights;
}

type Slot = 'down' | 'up' | 'alpha' | 'bias';

const SUFFIXES: readonly (readonly [RegExp, Slot])[] = [
  [/\.lora_A(\.default)?\.weight$/, 'down'],
  [/\.lora_B(\.default)?\.weight$/, 'up'],
  [/\.lora[._]down\.weight$/, 'down'],
  [/\.lora[._]up\.weight$/, 'up'],
  [/\.alpha$/, 'alpha'],
  [/\.diff_b$/, 'bias'],
];

const PREFIX =
  /^(base_model\.model\.)?(diffusion_model\.|transformer\.|unet\.|model\.diffusion_model\.|lora_unet_|lora_transformer_)?/;

/** Wan's own names for its layers; dots or, after kohya, underscores between the parts. */
const WAN: readonly (readonly [RegExp, string])[] = [
  [/([._])self_attn[._]([qkv])$/, '$1attn1$1to_$2'],
  [/([._])self_attn[._]o$/, '$1attn1$1to_out$10'],
  [/([._])cross_attn[._]([qkv])$/, '$1attn2$1to_$2'],
  [/([._])cross_attn[._]o$/, '$1attn2$1to_out$10'],
  [/([._])cross_attn[._]([kv])_img$/, '$1attn2$1add_$2_proj'],
  [/([._])ffn[._]0$/, '$1ffn$1net$10$1proj'],
  [/([._])ffn[._]2$/, '$1ffn$1net$12'],
];

function layerName(path: string): string {
  const plain = path.replace(PREFIX, '');
  const rule = WAN.find(([pattern]) => pattern.test(plain));
  if (!rule) return plain;
  // "$10" would be group 10: the separator is put in by hand.
  const [pattern, shape] = rule;
  const match = pattern.exec(plain);
  const [separator = '.', letter = ''] = [match?.[1], match?.[2]];
  return plain.slice(0, match?.index) + shape.replaceAll('$1', separator).replaceAll('$2', letter);
}

/** @throws InbetweenError `pack-invalid` listing the keys that are of a kind not known here */
export function readLora(path: string, weights: ReadonlyMap<string, Weights>): LayerDelta[] {
  const layers = new Map<string, { -readonly [Key in keyof LayerDelta]: LayerDelta[Key] }>();
  const strangers: string[] = [];
  for (const [key, value] of weights) {
    const found = SUFFIXES.find(([suffix]) => suffix.test(key));
    if (!found) {
      strangers.push(key);
      continue;
    }
    const [suffix, slot] = found;
    const layer = layerName(key.replace(suffix, ''));
    const delta = layers.get(layer) ?? { layer };
    if (slot === 'alpha') delta.alpha = value.data[0] ?? NaN;
    else delta[slot] = value;
    layers.set(layer, delta);
  }
  if (strangers.length > 0) throw keysProblem(path, 'keys of a kind that is not supported', strangers);
  const half = [...layers.values()].filter(({ down, up }) => (down === undefined) !== (up === undefined));
  if (half.length > 0)
    throw keysProblem(
      path,
      'only one of the two matrices for',
      half.map(({ layer }) => layer),
    );
  return [...layers.values()];
}

const MOST_LISTED = 12;

/** A LoRA that cannot be used, with its keys. */
export function keysProblem(path: string, what: string, keys: readonly string[]): Error {
  const listed = keys.slice(0, MOST_LISTED).join(', ');
  const more = keys.length > MOST_LISTED ? ` and ${keys.length - MOST_LISTED} more` : '';
  return packInvalid(`${path} has ${what}: ${listed}${more}.`);
}
