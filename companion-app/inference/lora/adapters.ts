/** A style's file as changes of layers: pairs of narrow matrices with their strength, and plain differences. */
import { z } from 'zod';
import { readKey, type Part, type Role } from './keys';
import { listed, styleInvalid } from './lora-problem';
import type { Safetensors, StoredTensor } from './safetensors';

/** What a file changes in one layer. */
export interface Adapter {
  readonly part: Part;
  readonly layer: string;
  /** A key of the file, for messages. */
  readonly key: string;
  /** down [rank, in, …] and up [out, rank, …]; the change is up·down, times alpha over rank. */
  readonly pair?: { readonly down: StoredTensor; readonly up: StoredTensor; readonly rank: number };
  readonly alpha?: StoredTensor;
  readonly weightDelta?: StoredTensor;
  readonly biasDelta?: StoredTensor;
}

/** @throws InbetweenError `pack-invalid` listing the keys that are of no known kind or do not belong together */
export function adaptersOf(file: Safetensors): Adapter[] {
  const groups = new Map<string, { part: Part; layer: string; key: string; tensors: Map<Role, StoredTensor> }>();
  const strangers: string[] = [];
  const twice: string[] = [];
  for (const [key, tensor] of file.tensors) {
    const meaning = readKey(key);
    if (!meaning) {
      strangers.push(key);
      continue;
    }
    const { part, layer, role } = meaning;
    const id = `${part} ${layer}`;
    const group = groups.get(id) ?? { part, layer, key, tensors: new Map<Role, StoredTensor>() };
    if (group.tensors.has(role)) twice.push(key);
    group.tensors.set(role, tensor);
    groups.set(id, group);
  }
  if (strangers.length > 0) {
    throw styleInvalid(`${file.name} has weights of a kind that cannot be merged: ${listed(strangers)}.`);
  }
  if (twice.length > 0) throw styleInvalid(`${file.name} says twice what it does to a layer: ${listed(twice)}.`);
  if (groups.size === 0) throw styleInvalid(`${file.name} holds no LoRA weights.`);
  const wrong: string[] = [];
  const adapters = [...groups.values()].map(({ part, layer, key, tensors }): Adapter => {
    const [down, up] = [tensors.get('down'), tensors.get('up')];
    const [alpha, weightDelta, biasDelta] = [
      tensors.get('alpha'),
      tensors.get('weight delta'),
      tensors.get('bias delta'),
    ];
    const rank = down?.shape[0] ?? 0;
    const fits = down && up && narrow(down, up);
    const lonely = (!down && !up && alpha !== undefined && !weightDelta) || (down === undefined) !== (up === undefined);
    if (lonely || (down && !fits) || (alpha && sizeOf(alpha) !== 1)) wrong.push(`${key} (${shapes(tensors)})`);
    return {
      part,
      layer,
      key,
      ...(down && up ? { pair: { down, up, rank } } : {}),
      ...(alpha ? { alpha } : {}),
      ...(weightDelta ? { weightDelta } : {}),
      ...(biasDelta ? { biasDelta } : {}),
    };
  });
  if (wrong.length > 0) throw styleInvalid(`${file.name} has matrices that do not belong together: ${listed(wrong)}.`);
  return adapters;
}

export const sizeOf = ({ shape }: StoredTensor): number => shape.reduce((product, side) => product * side, 1);

/** up ends in the rank that down begins with. A convolution's up is 1 × 1. */
function narrow(down: StoredTensor, up: StoredTensor): boolean {
  const rank = down.shape[0] ?? 0;
  const tail = up.shape.slice(2).every((side) => side === 1);
  return rank > 0 && down.shape.length >= 2 && up.shape.length >= 2 && up.shape[1] === rank && tail;
}

function shapes(tensors: ReadonlyMap<Role, StoredTensor>): string {
  return [...tensors].map(([role, { shape }]) => `${role} [${shape.join(', ')}]`).join(', ');
}

const zSaid = z.record(z.string(), z.unknown());

/**
 * Strength that diffusers writes beside the weights instead of among them (`lora_adapter_metadata`): alpha over rank.
 * 1 where the file says nothing.
 * @throws InbetweenError `pack-invalid` where it differs from layer to layer
 */
export function strengthSaid(file: Safetensors, part: Part): number {
  const text = file.metadata['lora_adapter_metadata'];
  if (text === undefined) return 1;
  const said = ((): Readonly<Record<string, unknown>> => {
    try {
      return zSaid.parse(JSON.parse(text));
    } catch (cause) {
      throw styleInvalid(`${file.name} is damaged: its lora_adapter_metadata cannot be read.`, cause);
    }
  })();
  const owners = part === 'denoiser' ? ['unet.', 'transformer.', ''] : [`${part}.`];
  const find = (name: string): unknown =>
    owners.map((owner) => said[owner + name]).find((value) => value !== undefined);
  for (const pattern of ['rank_pattern', 'alpha_pattern']) {
    if (Object.keys(zSaid.catch({}).parse(find(pattern))).length > 0) {
      throw styleInvalid(
        `${file.name} has a strength of its own for some layers (${pattern}), which is not supported.`,
      );
    }
  }
  const [alpha, rank] = [
    z.number().positive().safeParse(find('lora_alpha')),
    z.number().positive().safeParse(find('r')),
  ];
  if (!alpha.success || !rank.success) return 1;
  return alpha.data / (find('use_rslora') === true ? Math.sqrt(rank.data) : rank.data);
}
