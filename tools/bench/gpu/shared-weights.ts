/**
 * A graph with random weights of any size out of one small file: every tensor points to the start of the same data, so that a model of
 * 1.5 billion parameters takes a few dozen megabytes on disk and its full size once it is loaded.
 */
import { open } from 'node:fs/promises';
import protobuf from 'protobufjs';
import { GraphBuilder, type Attribute, type Value } from '../../../companion-app/inference';

export type Precision = 'float' | 'float16';

/** TensorProto.DataType of the weights. */
const TYPE = { float: 1, float16: 10 } as const;
export const BYTES = { float: 4, float16: 2 } as const;
const DATA_FILE = 'weights.bin';
const OPSET = 18;

/** Field numbers of onnx.proto that GraphBuilder has no need of. */
const FIELD = {
  modelGraph: 7,
  modelOpset: 8,
  graphNode: 1,
  graphInitializer: 5,
  dims: 1,
  dataType: 2,
  tensorName: 8,
  externalData: 13,
  dataLocation: 14,
  nodeInput: 1,
  nodeOutput: 2,
  nodeName: 3,
  nodeType: 4,
  nodeAttribute: 5,
  nodeDomain: 7,
} as const;

const tag = (field: number, wire: number): number => (field << 3) | wire;

/** A graph whose weights lie outside. */
export class WeightedGraph {
  readonly graph: GraphBuilder;
  /** GraphProto fields written by hand: protobuf merges them with the builder's. */
  private readonly extra = protobuf.Writer.create();
  private largest = 0;
  private count = 0;
  /** Numbers in all weights. */
  parameters = 0;

  constructor(
    name: string,
    readonly precision: Precision,
  ) {
    this.graph = new GraphBuilder(name, OPSET);
  }

  /** A weight of this shape, normal with deviation 0.02. */
  weight(shape: readonly number[]): Value {
    const numbers = shape.reduce((a, b) => a * b, 1);
    const name = `weight_${this.count++}`;
    this.parameters += numbers;
    this.largest = Math.max(this.largest, numbers);
    const w = this.extra.uint32(tag(FIELD.graphInitializer, 2)).fork();
    for (const dim of shape) w.uint32(tag(FIELD.dims, 0)).uint32(dim);
    w.uint32(tag(FIELD.dataType, 0)).uint32(TYPE[this.precision]);
    w.uint32(tag(FIELD.tensorName, 2)).string(name);
    for (const [key, value] of [
      ['location', DATA_FILE],
      ['offset', '0'],
      ['length', String(numbers * BYTES[this.precision])],
    ] as const) {
      w.uint32(tag(FIELD.externalData, 2))
        .fork()
        .uint32(tag(1, 2))
        .string(key)
        .uint32(tag(2, 2))
        .string(value)
        .ldelim();
    }
    w.uint32(tag(FIELD.dataLocation, 0)).uint32(1).ldelim();
    return { name };
  }

  /** Ones (or another number) in the graph's precision. */
  filled(shape: readonly number[], value: number): Value {
    const numbers = shape.reduce((a, b) => a * b, 1);
    return this.cast(this.graph.floats(new Float32Array(numbers).fill(value), shape));
  }

  scalar(value: number): Value {
    return this.cast(this.graph.scalar(value));
  }

  /** Into the graph's precision. */
  cast(value: Value): Value {
    return this.precision === 'float' ? value : this.graph.op('Cast', [value], { to: TYPE.float16 });
  }

  /** Back to 32 bits. */
  uncast(value: Value): Value {
    return this.precision === 'float' ? value : this.graph.op('Cast', [value], { to: TYPE.float });
  }

  op(
    type: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    return this.graph.op(type, inputs, attributes);
  }

  /** ONNX Runtime's fused attention: query, key, value as [batch, tokens, heads × size]. */
  fusedAttention(query: Value, key: Value, value: Value, heads: number): Value {
    const name = `MultiHeadAttention_${this.count++}`;
    const w = this.extra.uint32(tag(FIELD.graphNode, 2)).fork();
    for (const input of [query, key, value]) w.uint32(tag(FIELD.nodeInput, 2)).string(input.name);
    w.uint32(tag(FIELD.nodeOutput, 2)).string(name);
    w.uint32(tag(FIELD.nodeName, 2)).string(name);
    w.uint32(tag(FIELD.nodeType, 2)).string('MultiHeadAttention');
    // AttributeProto: name 1, i 3, type 20 (INT is 2).
    w.uint32(tag(FIELD.nodeAttribute, 2)).fork();
    w.uint32(tag(1, 2)).string('num_heads').uint32(tag(3, 0)).uint32(heads).uint32(tag(20, 0)).uint32(2).ldelim();
    w.uint32(tag(FIELD.nodeDomain, 2)).string('com.microsoft').ldelim();
    return { name };
  }

  /** Writes `model.onnx` and its weights into the folder. */
  async write(folder: string): Promise<void> {
    const model = await open(`${folder}/model.onnx`, 'w');
    await model.writeFile(withMore(this.graph.build(), this.extra.finish()));
    await model.close();
    const data = await open(`${folder}/${DATA_FILE}`, 'w');
    await data.writeFile(noise(this.largest, this.precision));
    await data.close();
  }
}

/** The model with more fields in its graph, and with ONNX Runtime's own operators declared. */
function withMore(model: Uint8Array, fields: Uint8Array): Uint8Array {
  const reader = protobuf.Reader.create(model);
  const parts: Uint8Array[] = [];
  while (reader.pos < model.length) {
    const from = reader.pos;
    const found = reader.uint32();
    if (found === tag(FIELD.modelGraph, 2)) {
      const graph = Buffer.concat([reader.bytes(), fields]);
      parts.push(protobuf.Writer.create().uint32(found).bytes(graph).finish());
    } else {
      reader.skipType(found & 7);
      parts.push(model.subarray(from, reader.pos));
    }
  }
  const opset = protobuf.Writer.create().uint32(tag(FIELD.modelOpset, 2)).fork();
  parts.push(opset.uint32(tag(1, 2)).string('com.microsoft').uint32(tag(2, 0)).uint32(1).ldelim().finish());
  return Buffer.concat(parts);
}

/** So many numbers, roughly normal with deviation 0.02, always the same. */
function noise(numbers: number, precision: Precision): Uint8Array {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const block = Float32Array.from(
    { length: 65_536 },
    () => 0.02 * Math.sqrt(12 / 4) * (uniform() + uniform() + uniform() + uniform() - 2),
  );
  if (precision === 'float') {
    const out = new Float32Array(numbers);
    for (let at = 0; at < numbers; at += block.length) out.set(block.subarray(0, numbers - at), at);
    return new Uint8Array(out.buffer);
  }
  const halves = Uint16Array.from(block, half);
  const out = new Uint16Array(numbers);
  for (let at = 0; at < numbers; at += halves.length) out.set(halves.subarray(0, numbers - at), at);
  return new Uint8Array(out.buffer);
}

/** IEEE 754 half precision, cut off rather than rounded; numbers below its normal range become 0. */
function half(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  const sign = (bits >>> 16) & 0x8000;
  return exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}
