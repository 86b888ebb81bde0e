/** The text side of every tiny pack: words are counted, and mean nothing. */
import { GraphBuilder, type Value } from '../../companion-app/inference';
import type { PackFiles } from './write';

const OPSET = 17;
/** Numbers of a text token. */
export const TEXT = 4;
const WORDS = ['<pad>', '</s>', '<unk>'];

/** Token ids to numbers that mean nothing. */
function textEncoder(): Uint8Array {
  const graph = new GraphBuilder('text_encoder', OPSET);
  const ids = graph.input('input_ids', 'int64', [1, 'length']);
  const mask = graph.input('attention_mask', 'int64', [1, 'length']);
  const column = (value: Value): Value =>
    graph.op('Unsqueeze', [graph.op('Cast', [value], { to: 1 }), graph.integers([2])]);
  const spread = graph.floats([1, 2, 3, 4], [TEXT]);
  const hidden = graph.mul(graph.mul(column(ids), column(mask)), spread);
  graph.output(hidden, 'last_hidden_state', 'float', [1, 'length', TEXT]);
  return graph.build();
}

/** The sum of inputs that do not matter, times nothing: exporters drop what is not used. */
export function unused(graph: GraphBuilder, values: readonly Value[], factor: number): Value {
  const means = values.map((value) => graph.op('ReduceMean', [value], { keepdims: 0 }));
  return graph.mul(graph.op('Sum', means), graph.scalar(factor));
}

const plainToken = (id: number, content: string): object => ({
  ...{ id, content, special: true },
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
});

/** A tokenizer that knows no word: every word is unknown to it. */
const TOKENIZER = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: WORDS.map((word, id) => plainToken(id, word)),
  normalizer: null,
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    unk_token: '<unk>',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
  },
};

/** Tokenizer and text encoder of a pack. */
export const TEXT_FILES: PackFiles = {
  'tokenizer/tokenizer.json': TOKENIZER,
  'tokenizer/tokenizer_config.json': { pad_token: '<pad>', eos_token: '</s>' },
  'text_encoder/model.onnx': textEncoder(),
};
