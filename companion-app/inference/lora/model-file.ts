/** A model's nodes and weights, read from its bytes without loading any numbers. Source: onnx.proto, by field number. */
import protobuf from 'protobufjs';

/** Where the numbers of a weight lie. */
export type Place =
  | { readonly at: 'bytes'; readonly bytes: Uint8Array }
  | { readonly at: 'floats'; readonly values: readonly number[] }
  | { readonly at: 'bits'; readonly values: readonly number[] }
  | { readonly at: 'file'; readonly location: string; readonly offset: number; readonly length: number | undefined };

export interface Weight {
  readonly name: string;
  /** TensorProto.DataType. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly place: Place;
  /** The tensor's message within the model's bytes, its tag and length included. */
  readonly span: readonly [start: number, end: number];
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes that are whole numbers. */
  readonly numbers: ReadonlyMap<string, number>;
}

export interface ModelFile {
  readonly bytes: Uint8Array;
  /** The graph's message within the bytes: its tag, and its content. */
  readonly graph: { readonly tag: number; readonly start: number; readonly end: number };
  readonly nodes: readonly GraphNode[];
  readonly weights: ReadonlyMap<string, Weight>;
}

const LENGTH_DELIMITED = 2;

/** Calls `field` for each field of a message, the reader standing on its value; the rest is skipped. */
function fields(
  reader: protobuf.Reader,
  end: number,
  field: (id: number, wire: number, start: number) => boolean,
): void {
  while (reader.pos < end) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (!field(tag >>> 3, tag & 7, start)) reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a message ends beyond its length');
}

/** The end of the nested message the reader stands on. */
function nested(reader: protobuf.Reader): number {
  const length = reader.uint32();
  return reader.pos + length;
}

const whole = (reader: protobuf.Reader): number => {
  const { low, high } = reader.int64();
  return high * 2 ** 32 + (low >>> 0);
};

/** A repeated number, packed or not. */
function numbers(reader: protobuf.Reader, wire: number, read: () => number, into: number[]): void {
  if (wire !== LENGTH_DELIMITED) {
    into.push(read());
    return;
  }
  const end = nested(reader);
  while (reader.pos < end) into.push(read());
}

/** @throws RangeError or Error when the bytes are no model */
export function readModel(bytes: Uint8Array): ModelFile {
  const reader = protobuf.Reader.create(bytes);
  const nodes: GraphNode[] = [];
  const weights = new Map<string, Weight>();
  let graph: ModelFile['graph'] | undefined;
  fields(reader, bytes.length, (id, wire, tag) => {
    if (id !== 7 || wire !== LENGTH_DELIMITED) return false;
    if (graph) throw new RangeError('a model has one graph');
    const end = nested(reader);
    graph = { tag, start: reader.pos, end };
    fields(reader, end, (field, fieldWire, start) => {
      if (fieldWire !== LENGTH_DELIMITED) return false;
      if (field === 1) nodes.push(readNode(reader));
      else if (field === 5) {
        const weight = readWeight(reader, start);
        weights.set(weight.name, weight);
      } else return false;
      return true;
    });
    return true;
  });
  if (!graph) throw new RangeError('a model has a graph');
  return { bytes, graph, nodes, weights };
}

function readNode(reader: protobuf.Reader): GraphNode {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const found = new Map<string, number>();
  let [name, op] = ['', ''];
  fields(reader, nested(reader), (id, wire) => {
    if (wire !== LENGTH_DELIMITED) return false;
    if (id === 1) inputs.push(reader.string());
    else if (id === 2) outputs.push(reader.string());
    else if (id === 3) name = reader.string();
    else if (id === 4) op = reader.string();
    else if (id === 5) readAttribute(reader, found);
    else return false;
    return true;
  });
  return { name, op, inputs, outputs, numbers: found };
}

function readAttribute(reader: protobuf.Reader, into: Map<string, number>): void {
  let name = '';
  let value: number | undefined;
  fields(reader, nested(reader), (id, wire) => {
    if (id === 1 && wire === LENGTH_DELIMITED) name = reader.string();
    else if (id === 3 && wire === 0) value = whole(reader);
    else return false;
    return true;
  });
  if (value !== undefined) into.set(name, value);
}

function readWeight(reader: protobuf.Reader, start: number): Weight {
  const [dims, floats, bits]: [number[], number[], number[]] = [[], [], []];
  const outside = new Map<string, string>();
  let [name, type, location] = ['', 0, 0];
  let raw: Uint8Array | undefined;
  const end = nested(reader);
  fields(reader, end, (id, wire) => {
    if (id === 1) numbers(reader, wire, () => whole(reader), dims);
    else if (id === 2) type = reader.int32();
    else if (id === 4) numbers(reader, wire, () => reader.float(), floats);
    else if (id === 5) numbers(reader, wire, () => reader.int32(), bits);
    else if (id === 8) name = reader.string();
    else if (id === 9) raw = reader.bytes();
    else if (id === 13) readEntry(reader, outside);
    else if (id === 14) location = reader.int32();
    else return false;
    return true;
  });
  const place = ((): Place => {
    if (location === 1) {
      const length = outside.get('length');
      return {
        at: 'file',
        location: outside.get('location') ?? '',
        offset: Number(outside.get('offset') ?? '0'),
        length: length === undefined ? undefined : Number(length),
      };
    }
    if (raw) return { at: 'bytes', bytes: raw };
    return floats.length > 0 ? { at: 'floats', values: floats } : { at: 'bits', values: bits };
  })();
  return { name, type, dims, place, span: [start, end] };
}

/** StringStringEntryProto. */
function readEntry(reader: protobuf.Reader, into: Map<string, string>): void {
  let [key, value] = ['', ''];
  fields(reader, nested(reader), (id, wire) => {
    if (wire !== LENGTH_DELIMITED) return false;
    if (id === 1) key = reader.string();
    else if (id === 2) value = reader.string();
    else return false;
    return true;
  });
  into.set(key, value);
}
