/**
 * Convolutions over [batch, channels, frames, height, width], written as two-dimensional ones. The sums are the same; ONNX Runtime's WebGPU
 * provider has a fast kernel for two dimensions only: a step of SVD's network took a third of the time on a measured card.
 */
import protobuf from 'protobufjs';
import { z } from 'zod';
import { ATTRIBUTE_TYPE, DATA_TYPE, modelType } from './proto';

/** Squeeze takes its axes as an input from here on. */
const LEAST_OPSET = 13;
const FIELD = { graph: 7, opset: 8, node: 1 } as const;
const LENGTH_DELIMITED = 2;

const zNode = z.object({
  opType: z.string(),
  name: z.string().default(''),
  input: z.array(z.string()).default([]),
  output: z.array(z.string()).default([]),
  attribute: z
    .array(
      z.object({
        name: z.string(),
        i: z.coerce.number().default(0),
        ints: z.array(z.coerce.number()).default([]),
        s: z.unknown().optional(),
      }),
    )
    .default([]),
});
const zOpset = z.object({ domain: z.string().default(''), version: z.coerce.number() });

/** A convolution over frames, as its node says; sizes are frames, rows, columns. */
interface Conv3d {
  readonly name: string;
  readonly inputs: readonly [picture: string, weight: string, bias: string];
  readonly output: string;
  readonly kernel: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  readonly dilations: readonly [number, number, number];
  /** Before and after each size. */
  readonly pads: readonly number[];
  readonly group: number;
}

/** The model with every such convolution rewritten, or null where it has none that can be. Weights and outputs keep their names. */
export function rewriteConv3d(model: Uint8Array): Uint8Array | null {
  const nodeType = modelType.root.lookupType('onnx.NodeProto');
  const opsetType = modelType.root.lookupType('onnx.OperatorSetIdProto');
  const kept: Uint8Array[] = [];
  const convs: Conv3d[] = [];
  let opset = 0;
  const reader = protobuf.Reader.create(model);
  let from = 0;
  while (reader.pos < model.length) {
    const start = reader.pos;
    const tag = reader.uint32();
    const field = tag >>> 3;
    if ((tag & 7) !== LENGTH_DELIMITED || (field !== FIELD.graph && field !== FIELD.opset)) {
      reader.skipType(tag & 7);
      continue;
    }
    const body = reader.bytes();
    if (field === FIELD.opset) {
      const read = zOpset.parse(opsetType.toObject(opsetType.decode(body), { longs: Number }));
      if (read.domain === '' || read.domain === 'ai.onnx') opset = read.version;
      continue;
    }
    const rest = withoutConvs(body, nodeType, convs);
    kept.push(model.subarray(from, start), delimited(FIELD.graph, rest));
    from = reader.pos;
  }
  if (convs.length === 0 || opset < LEAST_OPSET) return null;
  kept.push(model.subarray(from));
  const added = new Rewriting();
  for (const conv of convs) {
    if (conv.kernel[1] === 1 && conv.kernel[2] === 1) added.alongFrames(conv);
    else added.frameByFrame(conv);
  }
  return Buffer.concat([...kept, added.encode()]);
}

/** The graph's fields without its three-dimensional convolutions, which go to `into`. */
function withoutConvs(graph: Uint8Array, nodeType: protobuf.Type, into: Conv3d[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const reader = protobuf.Reader.create(graph);
  let from = 0;
  while (reader.pos < graph.length) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 !== FIELD.node || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      continue;
    }
    const conv = conv3dOf(zNode.parse(nodeType.toObject(nodeType.decode(reader.bytes()), { longs: Number })));
    if (!conv) continue;
    into.push(conv);
    parts.push(graph.subarray(from, start));
    from = reader.pos;
  }
  return Buffer.concat([...parts, graph.subarray(from)]);
}

/** The node as a convolution that can be rewritten, else null. */
function conv3dOf(node: z.output<typeof zNode>): Conv3d | null {
  if (node.opType !== 'Conv') return null;
  const ints = (name: string, otherwise: readonly number[]): readonly number[] => {
    const found = node.attribute.find((attribute) => attribute.name === name);
    return found && found.ints.length > 0 ? found.ints : otherwise;
  };
  const three = (values: readonly number[]): readonly [number, number, number] => [
    values[0] ?? 1,
    values[1] ?? 1,
    values[2] ?? 1,
  ];
  const kernel = ints('kernel_shape', []);
  const automatic = node.attribute.find((attribute) => attribute.name === 'auto_pad')?.s;
  const [picture, weight, bias = ''] = node.input;
  const [output] = node.output;
  if (kernel.length !== 3 || picture === undefined || weight === undefined || output === undefined) return null;
  if (automatic instanceof Uint8Array && !['', 'NOTSET'].includes(Buffer.from(automatic).toString())) return null;
  const group = node.attribute.find((attribute) => attribute.name === 'group');
  return {
    name: node.name || output,
    inputs: [picture, weight, bias],
    output,
    kernel: three(kernel),
    strides: three(ints('strides', [1, 1, 1])),
    dilations: three(ints('dilations', [1, 1, 1])),
    pads: ints('pads', [0, 0, 0, 0, 0, 0]),
    group: group ? group.i : 1,
  };
}

/** Nodes and constants that take the convolutions' place. ONNX Runtime sorts nodes by what they need. */
class Rewriting {
  private readonly nodes: object[] = [];
  private readonly constants = new Map<string, object>();

  private op(
    opType: string,
    input: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([name, value]) =>
      typeof value === 'number'
        ? { name, type: ATTRIBUTE_TYPE.int, i: value }
        : { name, type: ATTRIBUTE_TYPE.ints, ints: [...value] },
    );
    this.nodes.push({ opType, name: output, input: [...input], output: [output], attribute });
    return output;
  }

  private integers(...values: readonly number[]): string {
    const name = `conv2d.integers.${values.join('.')}`;
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.constants.set(name, { name, dims: [values.length], dataType: DATA_TYPE.int64, rawData });
    return name;
  }

  /** A kernel one pixel wide: frames become rows and the pixels of a frame columns. */
  alongFrames({ inputs, output, name, kernel, strides, dilations, pads, group }: Conv3d): void {
    const [picture, weight, bias] = inputs;
    const at = (part: string): string => `${name}.conv2d.${part}`;
    const [before = 0, top = 0, left = 0, after = 0, bottom = 0, right = 0] = pads;
    if (top + left + bottom + right !== 0 || strides[1] !== 1 || strides[2] !== 1) {
      this.frameByFrame({ inputs, output, name, kernel, strides, dilations, pads, group });
      return;
    }
    const flat = this.op('Reshape', [picture, this.integers(0, 0, 0, -1)], at('flat'));
    const kernel2 = this.op('Squeeze', [weight, this.integers(4)], at('kernel'));
    const summed = this.op('Conv', [flat, kernel2, ...(bias ? [bias] : [])], at('summed'), {
      kernel_shape: [kernel[0], 1],
      strides: [strides[0], 1],
      dilations: [dilations[0], 1],
      pads: [before, 0, after, 0],
      group,
    });
    const size = this.part(this.op('Shape', [picture], at('shape')), 3, 5, at('size'));
    const shape = this.op('Concat', [this.integers(0, 0, 0), size], at('out-shape'), { axis: 0 });
    this.op('Reshape', [summed, shape], output);
  }

  /** Any kernel: one two-dimensional convolution of all frames for each frame the kernel sees, summed. */
  frameByFrame({ inputs, output, name, kernel, strides, dilations, pads, group }: Conv3d): void {
    const [picture, weight, bias] = inputs;
    const at = (part: string): string => `${name}.conv2d.${part}`;
    const [before = 0, top = 0, left = 0, after = 0, bottom = 0, right = 0] = pads;
    let frames = this.op('Transpose', [picture], at('frames'), { perm: [0, 2, 1, 3, 4] });
    if (before + after > 0) {
      frames = this.op('Pad', [frames, this.integers(0, before, 0, 0, 0, 0, after, 0, 0, 0)], at('padded'));
    }
    const shape = this.op('Shape', [frames], at('shape'));
    const picturesOf = this.op('Concat', [this.integers(-1), this.part(shape, 2, 5, at('chw'))], at('pictures'), {
      axis: 0,
    });
    const span = (kernel[0] - 1) * dilations[0];
    const count = this.part(shape, 1, 2, at('count'));
    let sum = '';
    for (let tap = 0; tap < kernel[0]; tap++) {
      const start = tap * dilations[0];
      const end = this.op('Sub', [count, this.integers(span - start)], at(`end${tap}`));
      const seen = this.op(
        'Slice',
        [frames, this.integers(start), end, this.integers(1), this.integers(strides[0])],
        at(`seen${tap}`),
      );
      const pictures = this.op('Reshape', [seen, picturesOf], at(`pictures${tap}`));
      const slice = this.op(
        'Slice',
        [weight, this.integers(tap), this.integers(tap + 1), this.integers(2)],
        at(`w${tap}`),
      );
      const kernel2 = this.op('Squeeze', [slice, this.integers(2)], at(`kernel${tap}`));
      const one = this.op('Conv', [pictures, kernel2, ...(bias && tap === 0 ? [bias] : [])], at(`one${tap}`), {
        kernel_shape: [kernel[1], kernel[2]],
        strides: [strides[1], strides[2]],
        dilations: [dilations[1], dilations[2]],
        pads: [top, left, bottom, right],
        group,
      });
      sum = sum === '' ? one : this.op('Add', [sum, one], at(`sum${tap}`));
    }
    const batch = this.part(shape, 0, 1, at('batch'));
    const made = this.part(this.op('Shape', [sum], at('made')), 1, 4, at('made-chw'));
    const back = this.op('Concat', [batch, this.integers(-1), made], at('out-shape'), { axis: 0 });
    this.op('Transpose', [this.op('Reshape', [sum, back], at('video'))], output, { perm: [0, 2, 1, 3, 4] });
  }

  private part(shape: string, from: number, to: number, output: string): string {
    return this.op('Slice', [shape, this.integers(from), this.integers(to), this.integers(0)], output);
  }

  /** A model with a graph of these alone: protobuf merges it with the one before it. */
  encode(): Uint8Array {
    return modelType.encode({ graph: { node: this.nodes, initializer: [...this.constants.values()] } }).finish();
  }
}

function delimited(field: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([
    protobuf.Writer.create()
      .uint32((field << 3) | LENGTH_DELIMITED)
      .uint32(body.length)
      .finish(),
    body,
  ]);
}
