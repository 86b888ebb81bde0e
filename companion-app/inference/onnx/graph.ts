/** Builds ONNX graphs node by node. */
import { ATTRIBUTE_TYPE, DATA_TYPE, modelType, type DataType } from './proto';

/** A value in a graph: what a node, an input or a constant yields. */
export interface Value {
  readonly name: string;
}

/** Numbers are integers unless wrapped in `{ float }`; `{ graph }` is the body of a Loop or a branch of an If. */
export type Attribute =
  number | string | readonly number[] | { readonly float: number } | { readonly graph: GraphBuilder };

/** A dimension: a size, or a name where it may differ from run to run. */
export type Dimension = number | string;

const IR_VERSION = 8;

export class GraphBuilder {
  private readonly nodes: object[] = [];
  private readonly initializers: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private readonly scalars = new Map<number, Value>();
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly opset: number,
    private readonly prefix = '',
  ) {}

  /** A graph of its own for a node's attribute; it may use this graph's values by their names. */
  body(name: string): GraphBuilder {
    return new GraphBuilder(name, this.opset, `${this.prefix}${name}.`);
  }

  /** An input; without a shape it may have any. */
  input(name: string, type: DataType, shape?: readonly Dimension[]): Value {
    this.inputs.push(valueInfo(name, type, shape));
    return { name };
  }

  output(value: Value, name: string, type: DataType, shape?: readonly Dimension[]): void {
    this.nodes.push({ opType: 'Identity', input: [value.name], output: [name], name });
    this.outputs.push(valueInfo(name, type, shape));
  }

  /** A 32-bit float constant of the given shape. */
  floats(values: Float32Array | readonly number[], shape: readonly number[]): Value {
    const data = values instanceof Float32Array ? values : Float32Array.from(values);
    return this.constant('float', new Uint8Array(data.buffer, data.byteOffset, data.byteLength), shape);
  }

  /** A scalar float constant; equal numbers share one. */
  scalar(value: number): Value {
    const known = this.scalars.get(value) ?? this.floats([value], []);
    this.scalars.set(value, known);
    return known;
  }

  /** A one-dimensional 64-bit integer constant: shapes, axes, ends of slices. */
  integers(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant('int64', new Uint8Array(data.buffer), [values.length]);
  }

  /** A scalar 64-bit integer constant. */
  integer(value: number): Value {
    return this.constant('int64', new Uint8Array(BigInt64Array.of(BigInt(value)).buffer), []);
  }

  /** Adds a node with one output. An undefined input is left out (ONNX's empty name). */
  op(
    opType: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const name = `${this.prefix}${opType}_${this.count++}`;
    this.nodes.push({
      opType,
      name,
      input: inputs.map((value) => value?.name ?? ''),
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return { name };
  }

  add = (a: Value, b: Value): Value => this.op('Add', [a, b]);
  sub = (a: Value, b: Value): Value => this.op('Sub', [a, b]);
  mul = (a: Value, b: Value): Value => this.op('Mul', [a, b]);
  div = (a: Value, b: Value): Value => this.op('Div', [a, b]);

  /** The model's bytes. */
  build(): Uint8Array {
    return modelType
      .encode({
        irVersion: IR_VERSION,
        producerName: 'inbetween',
        opsetImport: [{ domain: '', version: this.opset }],
        graph: this.message(),
      })
      .finish();
  }

  /** GraphProto. */
  message(): object {
    return {
      name: this.name,
      node: this.nodes,
      initializer: this.initializers,
      input: this.inputs,
      output: this.outputs,
    };
  }

  private constant(type: DataType, rawData: Uint8Array, dims: readonly number[]): Value {
    const name = `${this.prefix}constant_${this.count++}`;
    this.initializers.push({ name, dims, dataType: DATA_TYPE[type], rawData });
    return { name };
  }
}

function valueInfo(name: string, type: DataType, shape: readonly Dimension[] | undefined): object {
  if (!shape) return { name, type: { tensorType: { elemType: DATA_TYPE[type] } } };
  const dim = shape.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name, type: { tensorType: { elemType: DATA_TYPE[type], shape: { dim } } } };
}

function attribute(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_TYPE.int, i: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE_TYPE.string, s: Buffer.from(value, 'utf8') };
  if ('float' in value) return { name, type: ATTRIBUTE_TYPE.float, f: value.float };
  if ('graph' in value) return { name, type: ATTRIBUTE_TYPE.graph, g: value.graph.message() };
  return { name, type: ATTRIBUTE_TYPE.ints, ints: [...value] };
}
