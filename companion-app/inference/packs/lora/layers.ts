/** Finds a network's linear layers in a graph whose exporter may have renamed and transposed their weights. */
import { packInvalid } from '../pack-problem';
import type { GraphFile, GraphNode } from './graph-file';

/** A weight of a linear layer: y = x·Wᵀ + b with W [out, in]. */
export interface LayerWeight {
  readonly initializer: string;
  /** True where the graph keeps Wᵀ, [in, out]. */
  readonly transposed: boolean;
}

export interface Layers {
  /** By the layer's name, dots between its parts. */
  readonly weights: ReadonlyMap<string, LayerWeight>;
  readonly names: readonly string[];
}

/** "/blocks.0/attn1/to_q/MatMul_1" to "blocks.0.attn1.to_q". */
function layerOf(node: GraphNode): string {
  const parts = node.name.split('/').filter((part) => part !== '');
  return parts.slice(0, -1).join('.');
}

const QUANTISED: ReadonlySet<string> = new Set([
  'MatMulNBits',
  'MatMulInteger',
  'QLinearMatMul',
  'DynamicQuantizeMatMul',
]);

/** @throws InbetweenError `pack-invalid` for a quantised graph: nothing can be added to its weights */
export function linearLayers(graph: GraphFile): Layers {
  const quantised = graph.nodes.find(({ type }) => QUANTISED.has(type));
  if (quantised) {
    throw packInvalid(`The graph is quantised (${quantised.type}): LoRAs can only be merged into float weights.`);
  }
  const weights = new Map<string, LayerWeight>();
  for (const node of graph.nodes) {
    const initializer = node.inputs[1] ?? '';
    if (!graph.initializers.has(initializer)) continue;
    const transposed = node.type === 'MatMul' || (node.type === 'Gemm' && node.integers.get('transB') !== 1);
    if (node.type !== 'MatMul' && node.type !== 'Gemm') continue;
    for (const name of [layerOf(node), initializer.replace(/\.weight$/, '')]) {
      if (name !== '' && !weights.has(name)) weights.set(name, { initializer, transposed });
    }
  }
  // Weights that keep their name and their shape and are transposed by a node.
  for (const node of graph.nodes) {
    const initializer = node.inputs[0] ?? '';
    if (node.type !== 'Transpose' || !initializer.endsWith('.weight') || !graph.initializers.has(initializer)) continue;
    weights.set(initializer.replace(/\.weight$/, ''), { initializer, transposed: false });
  }
  return { weights, names: [...weights.keys()] };
}
