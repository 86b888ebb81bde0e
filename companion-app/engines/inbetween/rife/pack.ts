/** Finding a RIFE pack and reading what its model wants. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../../shared/problem';
import { bareGraph, graphPorts, type BareGraph, type GraphPorts } from '../../../inference/packs';

/** Number of input channels of the known exports: RGB0, RGB1, timestep; + scale; + x grid, y grid, 2/(W−1), 2/(H−1). */
export const VARIANTS = [7, 8, 11] as const;
export type Channels = (typeof VARIANTS)[number];

export interface RifePack {
  readonly name: string;
  readonly model: string;
  readonly channels: Channels;
  /** Sizes the model is fixed to, in pixels; absent where it takes any. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * The pack called `wanted`, where that one is a RIFE model; else the first, by name, that is called something with "rife":
 * a folder that holds a graph, or an .onnx file. Undefined when there is none.
 * @throws InbetweenError `pack-invalid` when it is called rife and its model is no RIFE export of a known kind
 */
export async function findRifePack(packsDir: string, wanted?: string): Promise<RifePack | undefined> {
  if (wanted !== undefined && wanted === path.basename(wanted)) {
    const chosen = await rifePackAt(path.join(packsDir, wanted));
    if (chosen) return chosen;
  }
  const names = await readdir(packsDir).catch(() => []);
  for (const name of names.filter((entry) => isRifeName(entry) && !entry.startsWith('.')).sort()) {
    const pack = await rifePackAt(path.join(packsDir, name));
    if (pack) return pack;
  }
  return undefined;
}

const isRifeName = (name: string): boolean => /rife/i.test(name);

/**
 * A folder or an .onnx file as a RIFE pack; undefined where it is something else.
 * @throws InbetweenError `pack-invalid` when it is called rife and its model is none
 */
export async function rifePackAt(place: string): Promise<RifePack | undefined> {
  const bare = await bareGraph(place);
  if (!bare) return undefined;
  const read = readInput(graphPorts(await readFile(bare.graph)));
  if (typeof read !== 'string') return { name: bare.name, model: bare.graph, ...read };
  if (isRifeName(bare.name)) throw unknown(bare, read);
  return undefined;
}

/** What the model wants, or why it is no RIFE model. */
function readInput(ports: GraphPorts | undefined): Pick<RifePack, 'channels' | 'width' | 'height'> | string {
  if (!ports) return 'its file is no ONNX model';
  const [first, ...more] = ports.inputs;
  const dims = first?.dims ?? [];
  if (more.length > 0 || dims.length !== 4) return 'it does not take one picture tensor';
  const channels = VARIANTS.find((count) => count === dims[1]);
  if (channels === undefined) return `it takes ${dims[1] ?? 0} channels, not 7, 8 or 11`;
  const [height = 0, width = 0] = dims.slice(2);
  return { channels, ...(width > 0 && height > 0 ? { width, height } : {}) };
}

function unknown({ name }: BareGraph, why: string): InbetweenError {
  return new InbetweenError({
    code: 'pack-invalid',
    message: `The pack ${name} is no RIFE model this version knows: ${why}.`,
    safe: 'Nothing was rendered; the boards and the timeline are untouched.',
    action: 'Remove the pack, or install a RIFE export with 7, 8 or 11 input channels.',
  });
}
