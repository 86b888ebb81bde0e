/** Adds LoRAs to a graph's weights. The pack's own files are left alone: a second graph beside them has the touched weights. */
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { packInvalid } from '../pack-problem';
import { fromHalf, toHalf } from './half';
import { readGraphFile, type GraphFile, type Initializer } from './graph-file';
import { keysProblem, readLora, type LayerDelta } from './keys';
import { linearLayers, type Layers } from './layers';
import { readSafetensors } from './safetensors';

export interface LoraUse {
  /** A .safetensors file. */
  readonly path: string;
  /** How strongly it works; 1 is as trained. */
  readonly weight: number;
}

const FLOAT = 1;
const HALF = 10;

/**
 * Writes `<graph>.lora-<hash>.onnx` and `lora-<hash>.bin` beside the graph and gives the former's path; what is there
 * already is used again. Sums are made in 32 bits, then stored as the weight was.
 * @throws InbetweenError `pack-invalid` listing the keys of layers that the graph lacks or that do not fit
 */
export async function mergeLoras(graphPath: string, loras: readonly LoraUse[]): Promise<string> {
  const bytes = await readFile(graphPath);
  const files = await Promise.all(loras.map(({ path }) => readFile(path)));
  const digest = createHash('sha256').update(bytes);
  files.forEach((file, i) => digest.update(file).update(String(loras[i]?.weight)));
  const hash = digest.digest('hex').slice(0, 16);
  const folder = dirname(graphPath);
  const merged = join(folder, `${basename(graphPath, '.onnx')}.lora-${hash}.onnx`);
  if (await readFile(merged).catch(() => undefined)) return merged;

  const graph = readGraphFile(bytes);
  const layers = linearLayers(graph);
  const touched = new Map<string, Float32Array>();
  for (const { path, weight } of loras) {
    const deltas = readLora(path, await readSafetensors(path));
    const missing: string[] = [];
    const unfit: string[] = [];
    for (const delta of deltas) {
      const outcome = await add(graph, layers, folder, touched, delta, weight);
      if (outcome === 'missing') missing.push(delta.layer);
      if (outcome === 'unfit') unfit.push(delta.layer);
    }
    if (missing.length > 0) throw keysProblem(path, `layers that the graph lacks${packedHint(layers)}`, missing);
    if (unfit.length > 0) throw keysProblem(path, 'matrices that do not fit the graph at', unfit);
  }
  await write(graph, touched, folder, `lora-${hash}.bin`, merged);
  return merged;
}

function packedHint({ names }: Layers): string {
  return names.some((name) => /qkv$/.test(name)) ? ' (its queries, keys and values are packed into one matrix)' : '';
}

/** The graph's name for a LoRA's layer; kohya writes underscores for dots. */
function find(layers: Layers, layer: string): string | undefined {
  if (layers.weights.has(layer)) return layer;
  return layers.names.find((name) => name.replaceAll('.', '_') === layer);
}

async function add(
  graph: GraphFile,
  layers: Layers,
  folder: string,
  touched: Map<string, Float32Array>,
  delta: LayerDelta,
  strength: number,
): Promise<'done' | 'missing' | 'unfit'> {
  const name = find(layers, delta.layer);
  const place = name === undefined ? undefined : layers.weights.get(name);
  const initializer = place && graph.initializers.get(place.initializer);
  if (name === undefined || !place || !initializer) return 'missing';
  const { down, up } = delta;
  if (down && up) {
    const [rank = 0, columns = 0] = down.dims;
    const [rows = 0, width = 0] = up.dims;
    const wanted = place.transposed ? [columns, rows] : [rows, columns];
    if (down.dims.length !== 2 || up.dims.length !== 2 || rank !== width || rank === 0) return 'unfit';
    if (wanted.join() !== initializer.dims.join()) return 'unfit';
    const weights = await numbers(folder, initializer, touched);
    const scale = (strength * (delta.alpha ?? rank)) / rank;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += (up.data[row * rank + k] ?? 0) * (down.data[k * columns + column] ?? 0);
        const at = place.transposed ? column * rows + row : row * columns + column;
        weights[at] = (weights[at] ?? 0) + scale * sum;
      }
    }
  }
  return delta.bias ? addBias(graph, folder, touched, `${name}.bias`, delta.bias.data, strength) : 'done';
}

async function addBias(
  graph: GraphFile,
  folder: string,
  touched: Map<string, Float32Array>,
  name: string,
  bias: Float32Array,
  strength: number,
): Promise<'done' | 'missing' | 'unfit'> {
  const initializer = graph.initializers.get(name);
  if (!initializer) return 'missing';
  const values = await numbers(folder, initializer, touched);
  if (values.length !== bias.length) return 'unfit';
  bias.forEach((x, i) => (values[i] = (values[i] ?? 0) + strength * x));
  return 'done';
}

/** An initializer's numbers, those already touched as they are now; changed in place. */
async function numbers(
  folder: string,
  initializer: Initializer,
  touched: Map<string, Float32Array>,
): Promise<Float32Array> {
  const known = touched.get(initializer.name);
  if (known) return known;
  const { type, place, name, dims } = initializer;
  const count = dims.reduce((product, size) => product * size, 1);
  if (type !== FLOAT && type !== HALF) throw packInvalid(`The weight "${name}" is not kept as floats.`);
  const values = place.kind === 'floats' ? Float32Array.from(place.values) : decode(await bytesOf(folder, place), type);
  if (values.length !== count) throw packInvalid(`The weight "${name}" is cut short.`);
  touched.set(name, values);
  return values;
}

async function bytesOf(folder: string, place: Exclude<Initializer['place'], { kind: 'floats' }>): Promise<Uint8Array> {
  if (place.kind === 'inside') return place.bytes;
  const file = await readFile(join(folder, place.location));
  return file.subarray(place.offset, place.length === undefined ? undefined : place.offset + place.length);
}

function decode(bytes: Uint8Array, type: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === HALF) return new Float32Array(bytes.length / 2).map((_, i) => fromHalf(view.getUint16(i * 2, true)));
  return new Float32Array(bytes.length / 4).map((_, i) => view.getFloat32(i * 4, true));
}

function encode(values: Float32Array, type: number): Uint8Array {
  const width = type === HALF ? 2 : 4;
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((x, i) => (type === HALF ? view.setUint16(i * 2, toHalf(x), true) : view.setFloat32(i * 4, x, true)));
  return new Uint8Array(view.buffer);
}

/** Data first, graph last and under its final name only when whole. */
async function write(
  graph: GraphFile,
  touched: ReadonlyMap<string, Float32Array>,
  folder: string,
  data: string,
  merged: string,
): Promise<void> {
  const places = new Map<string, { offset: number; length: number }>();
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, values] of touched) {
    const part = encode(values, graph.initializers.get(name)?.type ?? FLOAT);
    places.set(name, { offset, length: part.length });
    parts.push(part);
    offset += part.length;
  }
  const half = `${merged}.part`;
  try {
    await writeFile(join(folder, data), Buffer.concat(parts));
    await writeFile(half, graph.moved(data, places));
    await rename(half, merged);
  } catch (cause) {
    await rm(half, { force: true });
    throw packInvalid(`The merged graph cannot be written into ${folder}.`, cause);
  }
}
