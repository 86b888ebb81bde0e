/** Prompts to embeddings: tokens, then the pack's text encoder. */
import type { Bound } from '../../../inference/packs';
import type { RunContext } from '../pipelines/pipeline';
import { dim, expectDims } from '../tensors';
import type { Tokenize, Tokens } from './tokens';

export interface TextEncoding extends Tokens {
  /** [1, length, size] */
  readonly embeddings: Float32Array;
  /** Numbers of one token. */
  readonly size: number;
}

/**
 * @param label "prompt" or "negative", for whoever watches the run
 * @param masked what the encoder hears of padding: its place (Wan), or nothing, as if all were text (LTX, CLIP)
 */
export async function encodePrompt(
  parts: { readonly tokenize: Tokenize; readonly textEncoder: Bound<'ids' | 'mask'> },
  text: string,
  length: number,
  label: 'prompt' | 'negative',
  masked: boolean,
  context: RunContext,
): Promise<TextEncoding> {
  const { tokenize, textEncoder } = parts;
  const { ids, mask } = tokenize(text, length);
  context.note(`${label}_ids`, ids);
  context.note(`${label}_mask`, mask);
  const encoded = await textEncoder.run({
    ids: { data: ids, dims: [1, length] },
    mask: { data: masked ? mask : mask.map(() => 1), dims: [1, length] },
  });
  const size = dim(encoded, 2, textEncoder);
  return { ids, mask, size, embeddings: expectDims(encoded, [1, length, size], textEncoder).data };
}
