/** Which weights of a graph the styles change, and by what; everything that does not fit is found before anything is done. */
import { adaptersOf, sizeOf, strengthSaid, type Adapter } from './adapters';
import { BYTES_OF, type FloatKind } from './floats';
import type { Part } from './keys';
import { layersOf, type FindLayer, type Layer } from './layers';
import { listed, styleInvalid } from './lora-problem';
import type { ModelFile, Weight } from './model-file';
import type { Safetensors, StoredTensor } from './safetensors';

/** A style's file, open, and how strongly it is wanted. */
export interface OpenStyle {
  readonly file: Safetensors;
  readonly weight: number;
}

/** up·down (or a plain difference) to be added to a weight, `strength` times. */
export interface Change {
  readonly file: Safetensors;
  readonly strength: number;
  readonly alpha?: StoredTensor;
  readonly pair?: { readonly down: StoredTensor; readonly up: StoredTensor; readonly rank: number };
  readonly delta?: StoredTensor;
}

/** A weight that is changed. */
export interface Target {
  readonly weight: Weight;
  readonly kind: FloatKind;
  readonly layout: 'out-in' | 'in-out' | 'other';
  readonly changes: Change[];
}

/** TensorProto.DataType of numbers that can be changed. */
const KINDS: ReadonlyMap<number, FloatKind> = new Map([
  [1, 'f32'],
  [10, 'f16'],
  [16, 'bf16'],
]);

/** Reasons a key does not fit, as a person reads them. */
const REASONS = {
  missing: 'layers that this model does not have',
  quantised: 'layers that this model keeps in few bits (quantised); use the fp16 or fp32 pack',
  packed: 'layers that this model keeps packed into one (q, k and v together)',
  shared: 'layers that share their weights with others in this export',
  ambiguous: 'names that could be several layers',
  shape: 'layers of another size',
} as const;
type Reason = keyof typeof REASONS;

/**
 * The weights that change, by name.
 * @throws InbetweenError `pack-invalid` listing, by reason, every key that does not fit the graph
 */
export function planMerge(model: ModelFile, part: Part, styles: readonly OpenStyle[]): Map<string, Target> {
  const find = layersOf(model);
  const targets = new Map<string, Target>();
  for (const { file, weight } of styles) {
    const refused = new Map<Reason, string[]>();
    const refuse = (reason: Reason, what: string) => refused.set(reason, [...(refused.get(reason) ?? []), what]);
    const strength = weight * strengthSaid(file, part);
    for (const adapter of adaptersOf(file).filter((one) => one.part === part)) {
      const layer = find(adapter.layer);
      const trouble = layer ? layer.trouble : absence(adapter.layer, find);
      if (!layer || trouble) {
        refuse(trouble ?? 'missing', adapter.key);
        continue;
      }
      for (const { on, change, due } of changesOf(adapter, layer, { file, weight, strength })) {
        const kind = on && KINDS.get(on.weight.type);
        if (!on) refuse('missing', adapter.key);
        else if (!kind) refuse('quantised', adapter.key);
        else if (!due) refuse('shape', `${adapter.key} (${describe(change)} for [${on.weight.dims.join(', ')}])`);
        else {
          const target = targets.get(on.weight.name) ?? { ...on, kind, changes: [] };
          target.changes.push(change);
          targets.set(on.weight.name, target);
        }
      }
    }
    if (refused.size === 0) continue;
    const all = [...refused].map(([reason, keys]) => `${REASONS[reason]}: ${listed(keys)}`);
    throw styleInvalid(`${file.name} does not fit this model. It changes ${all.join('; it changes ')}.`);
  }
  return targets;
}

/** Bytes that the changed weights take. */
export function bytesOf(targets: Iterable<Target>): number {
  return [...targets].reduce((sum, { weight, kind }) => sum + product(weight.dims) * BYTES_OF[kind], 0);
}

export const product = (dims: readonly number[]): number => dims.reduce((total, size) => total * size, 1);

interface Planned {
  readonly on: { readonly weight: Weight; readonly layout: Target['layout'] } | undefined;
  readonly change: Change;
  /** The sizes agree. */
  readonly due: boolean;
}

function changesOf(adapter: Adapter, { weight, bias }: Layer, style: OpenStyle & { strength: number }): Planned[] {
  const { pair, alpha, weightDelta, biasDelta } = adapter;
  const { file } = style;
  const planned: Planned[] = [];
  if (pair) {
    // What a file says of its strength as a whole holds where the layer itself says nothing.
    const strength = alpha ? style.weight / pair.rank : style.strength;
    const change = { file, strength, pair, ...(alpha ? { alpha } : {}) };
    planned.push({ on: weight, change, due: weight !== undefined && pairFits(pair, weight) });
  }
  if (weightDelta) {
    const { dims } = weight?.weight ?? { dims: [] };
    const due = weight?.layout === 'in-out' ? [...dims].reverse() : dims;
    const change = { file, strength: style.weight, delta: weightDelta };
    planned.push({ on: weight, change, due: same(weightDelta.shape, due) });
  }
  if (biasDelta) {
    const on = bias && { weight: bias, layout: 'other' as const };
    const change = { file, strength: style.weight, delta: biasDelta };
    planned.push({ on, change, due: bias !== undefined && sizeOf(biasDelta) === product(bias.dims) });
  }
  return planned;
}

function pairFits(
  { down, up }: NonNullable<Adapter['pair']>,
  { weight, layout }: NonNullable<Layer['weight']>,
): boolean {
  const { dims } = weight;
  if (layout === 'other' || (layout === 'in-out' && dims.length !== 2)) return false;
  const [out, ...inner] = layout === 'out-in' ? dims : [...dims].reverse();
  const kernel = down.shape.slice(1);
  // A 1 × 1 convolution and a linear layer are the same matrix.
  const matrix = inner.slice(1).every((side) => side === 1) && kernel.slice(1).every((side) => side === 1);
  return up.shape[0] === out && (matrix ? kernel[0] === inner[0] : same(kernel, inner));
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** Why a layer is not there: it may be inside another one. */
function absence(name: string, find: FindLayer): Reason {
  const [, around, end] = /^(.*?[._])?((?:to_)?[qkv](?:_proj)?|(?:to_)?qkv|in_proj)$/.exec(name) ?? [];
  if (end === undefined) return 'missing';
  const siblings = ['to_qkv', 'to_kv', 'qkv', 'kv', 'qkv_proj', 'in_proj', 'to_qkv_mlp_proj'];
  const owner = find((around ?? '').replace(/[._]$/, ''));
  const packed = owner?.trouble === 'packed' || siblings.some((sibling) => find((around ?? '') + sibling));
  return packed || /qkv|in_proj/.test(end) ? 'packed' : 'missing';
}

function describe({ pair, delta }: Change): string {
  if (pair) return `[${pair.up.shape.join(', ')}]·[${pair.down.shape.join(', ')}]`;
  return `[${delta?.shape.join(', ') ?? ''}]`;
}
