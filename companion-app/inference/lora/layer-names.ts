/** Other names of a network's layers: what the original Wan and LTX-Video code calls what diffusers calls otherwise. */

type Renaming = readonly (readonly [from: RegExp, to: string])[];

/** From diffusers' WanTransformer3DModel to the names of Wan's own WanModel. */
const WAN: Renaming = [
  [/^(blocks\.\d+)\.attn1\.to_([qkv])$/, '$1.self_attn.$2'],
  [/^(blocks\.\d+)\.attn1\.to_out\.0$/, '$1.self_attn.o'],
  [/^(blocks\.\d+)\.attn1\.(norm_[qk])$/, '$1.self_attn.$2'],
  [/^(blocks\.\d+)\.attn2\.to_([qkv])$/, '$1.cross_attn.$2'],
  [/^(blocks\.\d+)\.attn2\.to_out\.0$/, '$1.cross_attn.o'],
  [/^(blocks\.\d+)\.attn2\.(norm_[qk])$/, '$1.cross_attn.$2'],
  [/^(blocks\.\d+)\.attn2\.add_([kv])_proj$/, '$1.cross_attn.$2_img'],
  [/^(blocks\.\d+)\.attn2\.norm_added_k$/, '$1.cross_attn.norm_k_img'],
  [/^(blocks\.\d+)\.ffn\.net\.0\.proj$/, '$1.ffn.0'],
  [/^(blocks\.\d+)\.ffn\.net\.2$/, '$1.ffn.2'],
  [/^(blocks\.\d+)\.norm2$/, '$1.norm3'],
  [/^condition_embedder\.text_embedder\.linear_1$/, 'text_embedding.0'],
  [/^condition_embedder\.text_embedder\.linear_2$/, 'text_embedding.2'],
  [/^condition_embedder\.time_embedder\.linear_1$/, 'time_embedding.0'],
  [/^condition_embedder\.time_embedder\.linear_2$/, 'time_embedding.2'],
  [/^condition_embedder\.time_proj$/, 'time_projection.1'],
  [/^condition_embedder\.image_embedder\.ff\.net\.0\.proj$/, 'img_emb.proj.1'],
  [/^condition_embedder\.image_embedder\.ff\.net\.2$/, 'img_emb.proj.3'],
  [/^proj_out$/, 'head.head'],
];

/** From diffusers' LTXVideoTransformer3DModel to the names of LTX-Video's own. */
const LTX: Renaming = [
  [/^proj_in$/, 'patchify_proj'],
  [/^time_embed\.(.+)$/, 'adaln_single.$1'],
  [/^(transformer_blocks\.\d+\.attn[12])\.norm_([qk])$/, '$1.$2_norm'],
];

/** Modules that exports wrap a network in. */
const WRAPPED = /^(?:(?:unet|transformer|text_encoder|model|diffusion_model|module|wrapped)\.)+/;

/** Every name a layer of a graph goes by, its own first. */
export function namesOf(layer: string): readonly string[] {
  const inner = layer.replace(WRAPPED, '');
  const others = [...WAN, ...LTX].filter(([from]) => from.test(inner)).map(([from, to]) => inner.replace(from, to));
  return [...new Set([layer, inner, ...others])];
}

/** The form in which names are compared: kohya's files write underscores for dots. */
export const flattened = (name: string): string => name.replaceAll('.', '_');

/**
 * The layer that a node works for, from its name: `/blocks.0/attn1/to_q/MatMul_1` is `blocks.0.attn1.to_q`.
 * A list that is called as a whole is named twice (`/net/net.0/`); it counts once.
 */
export function layerOfNode(node: string): string | undefined {
  const steps = node.split('/').filter((step) => step !== '');
  steps.pop();
  if (steps.length === 0) return undefined;
  return steps.filter((step, i) => !(steps[i + 1] ?? '').startsWith(`${step}.`)).join('.');
}
