import { join } from 'node:path';
import { cleanPrompt } from '../../../../companion-app/engines/diffusion/text/clean';
import { loadTokenizer } from '../../../../companion-app/engines/diffusion/text/tokens';
import { readPack, type Pack } from '../../../../companion-app/inference/packs';

const load = async (name: string) =>
  loadTokenizer(await readPack(join(__dirname, '../../../fixtures/golden', name, 'pack')));

test('T5: padded with zeros, the mask covers the text and its end', async () => {
  const tokenize = await load('ltx-stub-a');
  const { ids, mask } = tokenize('a red car', 12);
  const length = mask.indexOf(0);
  expect([ids.length, mask.length]).toEqual([12, 12]);
  expect(ids[length - 1]).toBe(1);
  expect(ids.slice(length)).toEqual(new Array(12 - length).fill(0));
  expect(tokenize('', 4)).toEqual({ ids: [1, 0, 0, 0], mask: [1, 0, 0, 0] });
});

const wordLevel = (vocab: Record<string, number>, more: object = {}): Pack => ({
  ...{ folder: '/packs/tiny', className: 'LTXPipeline', index: {}, graph: () => Promise.resolve(undefined) },
  json: (...path) =>
    Promise.resolve(
      path[1] === 'tokenizer.json'
        ? {
            ...{ version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null },
            ...{ pre_tokenizer: { type: 'Whitespace' }, post_processor: null, decoder: null },
            model: { type: 'WordLevel', vocab, ...more },
          }
        : {},
    ),
});

test('a word that a vocabulary lacks is its unknown token', async () => {
  const named = await loadTokenizer(wordLevel({ '<unk>': 3, boat: 1 }, { unk_token: '<unk>' }));
  expect(named('a boat sails', 4).ids).toEqual([3, 1, 3, 0]);
  const usual = await loadTokenizer(wordLevel({ '<unk>': 3, boat: 1 }));
  expect(usual('a boat sails', 2).ids).toEqual([3, 1]);
});

test('a vocabulary without an unknown token names the word it lacks', async () => {
  const tokenize = await loadTokenizer(wordLevel({ boat: 1 }));
  expect(tokenize('boat', 2).ids).toEqual([1, 0]);
  expect(() => tokenize('boat sails', 4)).toThrow(/neither "sails" nor a token for unknown words/);
});

test('too long a text is cut before its closing token', async () => {
  const words = 'a red car and a blue boat '.repeat(20);
  const t5 = (await load('ltx-stub-a'))(words, 10);
  expect(t5.ids[9]).toBe(1);
  expect(t5.mask).toEqual(new Array(10).fill(1));
  const clip = (await load('i2vgen-stub-a'))(words, 77);
  expect([clip.ids[0], clip.ids[76]]).toEqual([223, 224]);
  expect(clip.ids.slice(1, 76)).not.toContain(224);
});

test.each([
  ['  a \n boat ', 'a boat'],
  ['Tom &amp;amp; Anna', 'Tom & Anna'],
  ['&#65;&#x42;&nope;', 'AB&nope;'],
  ['&#99999999999;', '&#99999999999;'],
  ['“Don’t” — ﬁve\u0007 Ｗ１ e\u0301', '"Don\'t" — five W1 é'],
  ['dusk &mdash; rain&hellip;', 'dusk — rain…'],
])('%j is cleaned to %j', (text, wanted) => expect(cleanPrompt(text)).toBe(wanted));
