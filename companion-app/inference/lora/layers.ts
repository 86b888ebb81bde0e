/** Which weights of a graph are which layer's. Exporters rename the weights of linear layers; their nodes tell. */
import { flattened, layerOfNode, namesOf } from './layer-names';
import type { GraphNode, ModelFile, Weight } from './model-file';

/** Why a layer's weights cannot be changed. */
export type Trouble = 'quantised' | 'packed' | 'shared' | 'ambiguous';

export interface LayerWeight {
  readonly weight: Weight;
  /** `out-in` as PyTorch has it, `in-out` as MatMul multiplies; other weights are neither. */
  readonly layout: 'out-in' | 'in-out' | 'other';
}

export interface Layer {
  readonly name: string;
  readonly weight?: LayerWeight;
  readonly bias?: Weight;
  readonly trouble?: Trouble;
}

/** Finds the layer that a style's file calls `name`, with dots or with underscores. */
export type FindLayer = (name: string) => Layer | undefined;

interface Draft {
  readonly name: string;
  weight?: LayerWeight;
  bias?: Weight;
  trouble?: Trouble;
}

/** A node's input followed back to a weight. */
interface Source {
  readonly weight: Weight;
  readonly transposed: boolean;
  readonly quantised: boolean;
  /** The weight's names on the way, nearest first. */
  readonly names: readonly string[];
}

const LINEAR = new Set(['MatMul', 'FusedMatMul', 'Gemm', 'Conv']);
/** Operators over weights of few bits: their numbers are not the layer's own. */
const QUANTISED =
  /^(?:MatMulNBits|MatMulBnb4|MatMulFpQ4|MatMulInteger(?:ToFloat)?|DynamicQuantizeMatMul|QLinear(?:MatMul|Conv)|QGemm|ConvInteger)$/;
/** Operators that hold the weights of several layers in one. */
const PACKED = /^(?:Attention|QAttention|PackedAttention|DecoderMaskedSelfAttention|LongformerAttention)$/;

/** Reads the layers of a graph. */
export function layersOf(model: ModelFile): FindLayer {
  const survey = new Survey(model);
  const byName = new Map<string, Set<Draft>>();
  for (const layer of survey.layers.values()) {
    for (const name of namesOf(layer.name).map(flattened)) {
      byName.set(name, (byName.get(name) ?? new Set()).add(layer));
    }
  }
  return (name) => {
    const [first, ...rest] = byName.get(flattened(name)) ?? [];
    const exact = rest.length > 0 ? survey.layers.get(name) : first;
    if (exact) return exact;
    return first && { name, trouble: 'ambiguous' };
  };
}

class Survey {
  readonly layers = new Map<string, Draft>();
  private readonly producers = new Map<string, GraphNode>();
  private readonly readers = new Map<string, GraphNode[]>();
  /** Layers that use a weight. */
  private readonly users = new Map<Weight, Set<string>>();
  private readonly biases = new Set<Weight>();

  constructor(private readonly model: ModelFile) {
    for (const node of model.nodes) {
      for (const output of node.outputs) this.producers.set(output, node);
      for (const input of node.inputs) this.readers.set(input, [...(this.readers.get(input) ?? []), node]);
    }
    for (const node of model.nodes) if (LINEAR.has(node.op)) this.linear(node);
    for (const node of model.nodes) this.other(node);
    for (const layer of this.layers.values()) {
      const held = [layer.weight?.weight, layer.bias];
      if (held.some((weight) => weight && (this.users.get(weight)?.size ?? 0) > 1)) layer.trouble ??= 'shared';
    }
  }

  private linear(node: GraphNode): void {
    const source = this.source(node.inputs[1]);
    if (!source) return;
    const bias = this.biasOf(node);
    const name = named(source, 'weight') ?? layerOfNode(node.name) ?? (bias && named(bias, 'bias'));
    if (name === undefined) return;
    const layer = this.layer(name);
    if (source.quantised) layer.trouble = 'quantised';
    const turned = source.transposed !== (node.numbers.get('transB') === 1);
    const layout = node.op === 'Conv' || turned ? 'out-in' : 'in-out';
    if (layer.weight && (layer.weight.weight !== source.weight || layer.weight.layout !== layout)) {
      layer.trouble ??= 'ambiguous';
    }
    layer.weight = { weight: source.weight, layout };
    this.use(source.weight, name);
    if (!bias) return;
    layer.bias = bias.weight;
    this.biases.add(bias.weight);
    this.use(bias.weight, name);
  }

  /** Weights that no linear node uses, by their names; and what cannot be changed. */
  private other(node: GraphNode): void {
    if (QUANTISED.test(node.op) || PACKED.test(node.op)) {
      const weight = node.inputs.map((input) => /^(.+)\.weight/.exec(input)?.[1]).find((name) => name !== undefined);
      const name = layerOfNode(node.name) ?? weight;
      if (name !== undefined) this.layer(name).trouble = PACKED.test(node.op) ? 'packed' : 'quantised';
      return;
    }
    node.inputs.forEach((input, place) => {
      if (PASSING.has(node.op) || (LINEAR.has(node.op) && place > 0)) return;
      const source = this.source(input);
      if (!source || (node.op === 'Add' && this.biases.has(source.weight))) return;
      for (const kind of ['weight', 'bias'] as const) {
        const name = named(source, kind);
        if (name === undefined) continue;
        const layer = this.layer(name);
        if (kind === 'weight') layer.weight ??= { weight: source.weight, layout: 'other' };
        else layer.bias ??= source.weight;
      }
      this.use(source.weight, named(source, 'weight') ?? named(source, 'bias') ?? `node ${node.name}`);
    });
  }

  /** A convolution's or Gemm's third input, or what is added to a product. */
  private biasOf(node: GraphNode): Source | undefined {
    if (node.op === 'Conv' || node.op === 'Gemm') return this.source(node.inputs[2]);
    const [next, ...more] = this.readers.get(node.outputs[0] ?? '') ?? [];
    if (next?.op !== 'Add' || more.length > 0) return undefined;
    const added = next.inputs.map((input) => this.source(input)).find((source) => source !== undefined);
    return added?.weight.dims.length === 1 ? added : undefined;
  }

  private source(input: string | undefined): Source | undefined {
    const names: string[] = [];
    let [transposed, quantised] = [false, false];
    let at = input;
    while (at !== undefined && at !== '' && !names.includes(at)) {
      names.push(at);
      const weight = this.model.weights.get(at);
      if (weight) return { weight, transposed, quantised, names };
      const node = this.producers.get(at);
      if (!node || !PASSING.has(node.op)) return undefined;
      if (node.op === 'Transpose') transposed = !transposed;
      if (node.op === 'DequantizeLinear') quantised = true;
      at = node.inputs[0];
    }
    return undefined;
  }

  private layer(name: string): Draft {
    const layer = this.layers.get(name) ?? { name };
    this.layers.set(name, layer);
    return layer;
  }

  private use(weight: Weight, name: string): void {
    this.users.set(weight, (this.users.get(weight) ?? new Set()).add(name));
  }
}

/** Operators a weight passes through unchanged but for its form. */
const PASSING = new Set(['Identity', 'Cast', 'Transpose', 'DequantizeLinear']);

/** The layer whose weight (or bias) this is by its name. */
function named({ names }: Source, kind: 'weight' | 'bias'): string | undefined {
  return names.find((name) => name.endsWith(`.${kind}`))?.slice(0, -kind.length - 1);
}
