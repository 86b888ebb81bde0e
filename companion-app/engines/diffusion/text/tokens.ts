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
const zConfig = z.looseObject({
  pad_token: zToken.nullish(),
  eos_token: zToken.nullish(),
  unk_token: zToken.nullish(),
});
const zDefinition = z.looseObject({
  model: z.looseObject({ unk_token: z.string().nullish(), unk_id: z.number().int().min(0).nullish() }),
});

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
  const pad = tokenizer.token_to_id(wordOf(named)) ?? 0;
  const { model } = definition.data;
  const unknown = model.unk_token ?? (config.data.unk_token ? wordOf(config.data.unk_token) : '<unk>');
  const unknownId = model.unk_id ?? tokenizer.token_to_id(unknown);
  const encode: Encode = (text, plain) => {
    const { ids, tokens } = tokenizer.encode(text, plain ? { add_special_tokens: false } : {});
    // The library leaves a hole for a word that its vocabulary lacks.
    return Array.from(ids as readonly (number | null | undefined)[], (id, i) => {
      const known = id ?? unknownId;
      if (known !== undefined) return known;
      throw packInvalid(`${folder}/tokenizer.json knows neither "${tokens[i] ?? ''}" nor a token for unknown words.`);
    });
  };
  return (text, length) => {
    const ids = cut(encode, text, length);
    const rest = new Array<number>(length - ids.length);
    return { ids: [...ids, ...rest.fill(pad)], mask: [...ids.map(() => 1), ...rest.map(() => 0).fill(0)] };
  };
}

const wordOf = (token: z.output<typeof zToken>): string => (typeof token === 'string' ? token : token.content);

/** Token ids of a text; `plain` without those put around it. */
type Encode = (text: string, plain: boolean) => number[];

/** Cuts the text's own tokens, never those put around it. */
function cut(encode: Encode, text: string, length: number): number[] {
  const whole = encode(text, false);
  if (whole.length <= length) return whole;
  const inner = encode(text, true);
  const added = whole.length - inner.length;
  let before = 0;
  while (before < added && !inner.every((id, i) => whole[before + i] === id)) before++;
  const tail = whole.slice(before + inner.length);
  return [...whole.slice(0, before), ...inner.slice(0, Math.max(0, length - added)), ...tail];
}
