/** Shapes of a graph's weights, read without reading the weights. Source: onnx.proto. */
import protobuf from 'protobufjs';

const LENGTH_DELIMITED = 2;
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_DIMS = 1;

/** Calls `each` with the field's number for every length-delimited field up to `end`; the rest is skipped. */
function fields(reader: protobuf.Reader, end: number, each: (field: number, end: number) => void): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if ((tag & 7) === LENGTH_DELIMITED) {
      const length = reader.uint32();
      const stop = reader.pos + length;
      each(tag >>> 3, stop);
      reader.pos = stop;
    } else reader.skipType(tag & 7);
  }
}

/** Dimensions of a TensorProto, packed or not. */
function dimsOf(reader: protobuf.Reader, end: number): number[] {
  const dims: number[] = [];
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 !== TENSOR_DIMS) reader.skipType(tag & 7);
    else if ((tag & 7) !== LENGTH_DELIMITED) dims.push(Number(reader.int64()));
    else {
      const stop = reader.uint32() + reader.pos;
      while (reader.pos < stop) dims.push(Number(reader.int64()));
    }
  }
  return dims;
}

/**
 * Dimensions of every weight of the model's main graph.
 * @throws RangeError or Error when the bytes are no protobuf message
 */
export function weightShapes(bytes: Uint8Array): number[][] {
  const shapes: number[][] = [];
  const reader = protobuf.Reader.create(bytes);
  fields(reader, bytes.length, (field, end) => {
    if (field !== MODEL_GRAPH) return;
    fields(reader, end, (inner, stop) => {
      if (inner === GRAPH_INITIALIZER) shapes.push(dimsOf(reader, stop));
    });
  });
  return shapes;
}
