/** Which files beside a graph hold its weights, read from the graph itself without loading it. Source: onnx.proto. */
import protobuf from 'protobufjs';

/** A message's fields that lead to tensors, by number. */
type Walk = (reader: protobuf.Reader, end: number, found: Set<string>) => void;

const LENGTH_DELIMITED = 2;

/** Follows the named fields of a message and skips the rest. */
function message(fields: () => Readonly<Record<number, Walk>>): Walk {
  return (reader, end, found) => {
    const known = fields();
    while (reader.pos < end) {
      const tag = reader.uint32();
      const walk = known[tag >>> 3];
      if (walk && (tag & 7) === LENGTH_DELIMITED) {
        const length = reader.uint32();
        walk(reader, reader.pos + length, found);
      } else reader.skipType(tag & 7);
    }
  };
}

/** StringStringEntryProto: key 1, value 2; only the entry "location" names a file. */
const entry: Walk = (reader, end, found) => {
  const text = new Map<number, string>();
  while (reader.pos < end) {
    const tag = reader.uint32();
    if ((tag & 7) === LENGTH_DELIMITED) text.set(tag >>> 3, reader.string());
    else reader.skipType(tag & 7);
  }
  const location = text.get(2);
  if (text.get(1) === 'location' && location !== undefined) found.add(location);
};
const tensor: Walk = message(() => ({ 13: entry }));
const sparseTensor: Walk = message(() => ({ 1: tensor, 2: tensor }));
const attribute: Walk = message(() => ({
  5: tensor,
  6: graph,
  10: tensor,
  11: graph,
  22: sparseTensor,
  23: sparseTensor,
}));
const node: Walk = message(() => ({ 5: attribute }));
const graph: Walk = message(() => ({ 1: node, 5: tensor, 15: sparseTensor }));
const functionBody: Walk = message(() => ({ 7: node, 11: attribute }));
const training: Walk = message(() => ({ 1: graph, 2: graph }));
const model: Walk = message(() => ({ 7: graph, 20: training, 25: functionBody }));

/**
 * Locations of external data as the model's tensors give them, relative to the model's folder; sorted.
 * @throws RangeError or Error when the bytes are no protobuf message
 */
export function externalLocations(bytes: Uint8Array): string[] {
  const found = new Set<string>();
  model(protobuf.Reader.create(bytes), bytes.length, found);
  return [...found].sort();
}
