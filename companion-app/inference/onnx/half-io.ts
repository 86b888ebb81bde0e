/**
 * Graphs whose inputs or outputs are 16-bit floats, given 32-bit ones: half-precision tensors cannot be handed to ONNX Runtime in every
 * Node (it takes Uint16Array in some, Float16Array in others, neither in between). Everything inside stays as it is.
 */
import protobuf from 'protobufjs';
import { z } from 'zod';
import { ATTRIBUTE_TYPE, DATA_TYPE, modelType } from './proto';

const FIELD = { graph: 7, input: 11, output: 12 } as const;
const LENGTH_DELIMITED = 2;
/** TensorProto.DataType FLOAT16. */
const HALF = 10;

/** Put behind the name of an input or output that was 16-bit: the graph keeps its own name for what it had. */
export const WIDENED = ':float32';

const zValue = z.object({
  name: z.string(),
  type: z.object({ tensorType: z.looseObject({ elemType: z.number().default(0) }) }).optional(),
});
type HalfValue = { readonly name: string; readonly type: object };

/**
 * The model with 32-bit inputs and outputs in place of its 16-bit ones, called by their names and `WIDENED`; null where it has none.
 * @throws RangeError or Error when the bytes are no protobuf message
 */
export function widenIo(model: Uint8Array): Uint8Array | null {
  const reader = protobuf.Reader.create(model);
  const kept: Uint8Array[] = [];
  const halves = { inputs: [] as HalfValue[], outputs: [] as HalfValue[] };
  let from = 0;
  while (reader.pos < model.length) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 !== FIELD.graph || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      continue;
    }
    const length = reader.uint32();
    const rest = withoutHalves(model.subarray(reader.pos, reader.pos + length), halves);
    reader.pos += length;
    kept.push(model.subarray(from, start), delimited(FIELD.graph, rest));
    from = reader.pos;
  }
  if (halves.inputs.length + halves.outputs.length === 0) return null;
  // A second graph message in the same place is read as more of the first.
  return Buffer.concat([...kept, model.subarray(from), modelType.encode({ graph: casts(halves) }).finish()]);
}

/** The graph's fields without its 16-bit inputs and outputs, which go to `into`. */
function withoutHalves(
  graph: Uint8Array,
  into: { readonly inputs: HalfValue[]; readonly outputs: HalfValue[] },
): Uint8Array[] {
  const valueType = modelType.root.lookupType('onnx.ValueInfoProto');
  const parts: Uint8Array[] = [];
  const reader = protobuf.Reader.create(graph);
  let from = 0;
  while (reader.pos < graph.length) {
    const start = reader.pos;
    const tag = reader.uint32();
    const field = tag >>> 3;
    if ((field !== FIELD.input && field !== FIELD.output) || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      continue;
    }
    const read = zValue.parse(valueType.toObject(valueType.decode(reader.bytes()), { longs: Number }));
    if (read.type?.tensorType.elemType !== HALF) continue;
    const type = { tensorType: { ...read.type.tensorType, elemType: DATA_TYPE.float } };
    (field === FIELD.input ? into.inputs : into.outputs).push({ name: read.name, type });
    parts.push(graph.subarray(from, start));
    from = reader.pos;
  }
  return [...parts, graph.subarray(from)];
}

/** Casts at the graph's edges. ONNX Runtime sorts nodes by what they need. */
function casts({ inputs, outputs }: { inputs: readonly HalfValue[]; outputs: readonly HalfValue[] }): object {
  const cast = (input: string, output: string, to: number): object => ({
    opType: 'Cast',
    name: `${output}:cast`,
    input: [input],
    output: [output],
    attribute: [{ name: 'to', type: ATTRIBUTE_TYPE.int, i: to }],
  });
  return {
    node: [
      ...inputs.map(({ name }) => cast(name + WIDENED, name, HALF)),
      ...outputs.map(({ name }) => cast(name, name + WIDENED, DATA_TYPE.float)),
    ],
    input: inputs.map(({ name, type }) => ({ name: name + WIDENED, type })),
    output: outputs.map(({ name, type }) => ({ name: name + WIDENED, type })),
  };
}

function delimited(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = protobuf.Writer.create()
    .uint32((field << 3) | LENGTH_DELIMITED)
    .uint32(length)
    .finish();
  return Buffer.concat([head, ...parts]);
}
