/** Text to token ids, by the pack's own tokenizer.json. */
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { packInvalid, type Pack } from '../../../inference/packs';

export interface Tokens {
  /** Padded to the length asked for. */
  readonly ids: readonly number[];
  /** 1 for each token of the text, its end included; 0 for padding. */
  readonly mask: readonly number[];
}

/** Tokens of a text, padded or cut to `length`; the closing token is kept. */
export type Tokenize = (text: string, length: number) => Tokens;

const zToken = z.union([z.string(), z.object({ content: z.string() })]);
const zConfig = z.looseObject({ pad_token: zToken.nullish(), eos_token: zToken.nullish() });
const zDefinition = z.looseObject({ model: z.looseObject({}) });

/** @throws InbetweenError `pack-invalid` when the pack has no tokenizer this can read */
export async function loadTokenizer(pack: Pack, folder = 'tokenizer'): Promise<Tokenize> {
  const definition = zDefinition.safeParse(await pack.json(folder, 'tokenizer.json'));
  if (!definition.success) {
    throw packInvalid(
      `The pack has no ${folder}/tokenizer.json; convert its tokenizer to that form.`,
      definition.error,
    );
  }
  const config = zConfig.safeParse((await pack.json(folder, 'tokenizer_config.json')) ?? {});
  if (!config.success) throw packInvalid(`${folder}/tokenizer_config.json cannot be used.`, config.error);
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(definition.data, config.data);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw packInvalid(`${folder}/tokenizer.json is of a kind that is not supported: ${reason}`, cause);
  }
  const named = config.data.pad_token ?? '<pad>';
  const pad = tokenizer.token_to_id(typeof named === 'string' ? named : named.content) ?? 0;
  return (text, length) => {
    const ids = cut(tokenizer, text, length);
    const rest = new Array<number>(length - ids.length);
    return { ids: [...ids, ...rest.fill(pad)], mask: [...ids.map(() => 1), ...rest.map(() => 0).fill(0)] };
  };
}

/** Cuts the text's own tokens, never those put around it. */
function cut(tokenizer: Tokenizer, text: string, length: number): number[] {
  const whole = tokenizer.encode(text).ids;
  if (whole.length <= length) return whole;
  const inner = tokenizer.encode(text, { add_special_tokens: false }).ids;
  const added = whole.length - inner.length;
  let before = 0;
  while (before < added && !inner.every((id, i) => whole[before + i] === id)) before++;
  const tail = whole.slice(before + inner.length);
  return [...whole.slice(0, before), ...inner.slice(0, Math.max(0, length - added)), ...tail];
}
