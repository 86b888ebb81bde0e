/** Styles (LoRA files) merged into a pack's graph: a model beside it, which shares all weights that no style touches. */
import { createHash } from 'node:crypto';
import { readFile, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { packInvalid } from '../packs';
import { verifyGraph } from '../packs/verify';
import { changed } from './change';
import { isFile, whenWhole, writeModel, writeWeights } from './derive';
import type { Part } from './keys';
import { styleInvalid } from './lora-problem';
import { readModel, type ModelFile } from './model-file';
import { bytesOf, planMerge, type OpenStyle, type Target } from './plan';
import { fileHash, openSafetensors } from './safetensors';
import { tidyMerged, usedNow } from './tidy';
import { WeightFiles } from './weight-numbers';

/** A LoRA file and how strongly it is wanted: 1 as it was made, 0 not at all, negative away from it. */
export interface Style {
  readonly path: string;
  readonly weight: number;
}

export interface MergeRequest {
  /** Folder of the pack; no weight may lie outside it. */
  readonly folder: string;
  /** Path of the graph. */
  readonly graph: string;
  /** Which network of the pack the graph is; keys of the others are left to them. */
  readonly part: Part;
  readonly styles: readonly Style[];
  /** Ends the work between two weights; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Bytes of merged models that may stay beside the graph; the oldest make room. */
  readonly mostBytes?: number | undefined;
  readonly now?: (() => Date) | undefined;
}

export interface Merged {
  /** The model to open: the derived one, or the graph itself where nothing changes. */
  readonly graph: string;
  /** Same graph, weights and styles: same hash. Absent where nothing changes. */
  readonly hash?: string;
  /** The work had been done before. */
  readonly cached: boolean;
}

/** Of the form of what is written: changed with it. */
const FORM = 1;

/**
 * Writes `lora-<hash>.bin` (the changed weights) and `lora-<hash>.model` (the graph that reads them) beside the graph, which
 * stays as it is. The same request finds them again.
 * @throws InbetweenError `pack-invalid` with the keys that do not fit; `disk-full`; `folder-unwritable`
 */
export async function mergeStyles(request: MergeRequest): Promise<Merged> {
  const { graph, part, progress } = request;
  const wanted = request.styles.filter(({ weight }) => weight !== 0);
  if (wanted.some(({ weight }) => !Number.isFinite(weight))) throw styleInvalid('A style has no strength (a number).');
  if (wanted.length === 0) return { graph, cached: true };
  const { data } = await verifyGraph(request.folder, graph);
  const bytes = await readFile(graph);
  const { hash, order } = await identify(request, bytes, data, wanted);
  const [weightsPath, modelPath] = [
    join(dirname(graph), `lora-${hash}.bin`),
    join(dirname(graph), `lora-${hash}.model`),
  ];
  const now = request.now ?? (() => new Date());
  if ((await isFile(modelPath)) && (await isFile(weightsPath))) {
    await usedNow(modelPath, now());
    return { graph: modelPath, hash, cached: true };
  }

  const model = modelOf(bytes, graph);
  const files = new WeightFiles(dirname(graph));
  const styles: OpenStyle[] = [];
  try {
    for (const { path, weight } of order) styles.push({ file: await openSafetensors(path), weight });
    const targets = planMerge(model, part, styles);
    if (targets.size === 0) return { graph, cached: false };
    await roomFor(dirname(graph), bytesOf(targets.values()) + bytes.length);
    let done = 0;
    const numbers = async (target: Target): Promise<Uint8Array> => {
      await new Promise((resolve) => setImmediate(resolve));
      request.signal?.throwIfAborted();
      const result = await changed(target, await files.read(target));
      progress?.(++done, targets.size);
      return result;
    };
    const moved = await whenWhole(weightsPath, (file) =>
      writeWeights(
        file,
        [...targets.values()].map(({ weight }) => weight),
        async (weight) => numbers(targetOf(targets, weight.name)),
      ),
    );
    await whenWhole(modelPath, (file) => writeModel(file, model, moved, `lora-${hash}.bin`));
    await usedNow(modelPath, now());
    await tidyMerged(dirname(graph), hash, now(), request.mostBytes);
    return { graph: modelPath, hash, cached: false };
  } catch (error) {
    throw unwritable(error, dirname(graph));
  } finally {
    await files.close();
    for (const { file } of styles) await file.close();
  }
}

/** What is merged, as one name. Weights beside the graph may be many gigabytes: they count by size and date. */
async function identify(
  { folder, part }: MergeRequest,
  bytes: Uint8Array,
  data: readonly string[],
  styles: readonly Style[],
): Promise<{ hash: string; order: readonly Style[] }> {
  const hashed = await Promise.all(
    styles.map(async (style) => {
      const sha = await fileHash(style.path).catch((cause: unknown) => {
        throw styleInvalid(`The style ${style.path} cannot be read.`, cause);
      });
      return { style, sha };
    }),
  );
  hashed.sort((a, b) => (a.sha === b.sha ? a.style.weight - b.style.weight : a.sha < b.sha ? -1 : 1));
  const beside = await Promise.all(
    data.map(async (file) => {
      const { size, mtimeMs } = await stat(join(folder, file));
      return [file, size, mtimeMs];
    }),
  );
  const whole = createHash('sha256').update(bytes).digest('hex');
  const facts = [FORM, part, whole, beside, hashed.map(({ sha, style }) => [sha, style.weight])];
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
  return { hash, order: hashed.map(({ style }) => style) };
}

function modelOf(bytes: Uint8Array, path: string): ModelFile {
  try {
    return readModel(bytes);
  } catch (cause) {
    throw packInvalid(`${path} is damaged: it cannot be read as an ONNX model.`, cause);
  }
}

function targetOf(targets: ReadonlyMap<string, Target>, name: string): Target {
  const target = targets.get(name);
  if (!target) throw new RangeError(`no change for ${name}`);
  return target;
}

async function roomFor(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > bytes) return;
  throw new InbetweenError({
    code: 'disk-full',
    message: `Merging the style takes ${Math.ceil(bytes / 2 ** 20)} MB beside the pack, which are not free.`,
    safe: 'The pack is untouched and works without the style.',
    action: 'Free some space on that disk, or render without the style.',
  });
}

function unwritable(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') return error;
  return new InbetweenError(
    {
      code: 'folder-unwritable',
      message: `The style cannot be merged: nothing can be written to ${folder}.`,
      safe: 'The pack is untouched and works without the style.',
      action: 'Allow writing to the folder of packs, or render without the style.',
    },
    { cause: error },
  );
}
