/** A pack on disk: a folder in the diffusers layout whose parts were exported to ONNX. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packInvalid } from './pack-problem';

/** model_index.json: the pipeline's class, its parts as [library, class], and settings. */
const zIndex = z.looseObject({ _class_name: z.string() });

export interface Pack {
  readonly folder: string;
  /** Class of the pipeline, "StableVideoDiffusionPipeline". */
  readonly className: string;
  /** Everything model_index.json says. */
  readonly index: Readonly<Record<string, unknown>>;
  /** Path of a part's graph, or undefined where the pack has no such part. */
  graph(part: string): Promise<string | undefined>;
  /** A JSON file of the pack, or undefined where there is none. */
  json(...path: readonly string[]): Promise<unknown>;
}

/** @throws InbetweenError `pack-invalid` when the folder is no pack */
export async function readPack(folder: string): Promise<Pack> {
  const json = async (...path: readonly string[]): Promise<unknown> => {
    const text = await readFile(join(folder, ...path), 'utf8').catch(absent);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw packInvalid(`${path.join('/')} in the pack is not JSON.`, cause);
    }
  };
  const found = await json('model_index.json');
  if (found === undefined) throw packInvalid(`${folder} is no model pack: it has no model_index.json.`);
  const index = zIndex.safeParse(found);
  if (!index.success) throw packInvalid('model_index.json does not say which pipeline it is for.', index.error);
  return { folder, className: index.data._class_name, index: index.data, json, graph: (part) => graphIn(folder, part) };
}

/** Graphs made here from a pack's own, with LoRAs merged in. */
const MERGED = /\.lora-[0-9a-f]{16}\.onnx$/;

/** `model.onnx`, or the only .onnx file of the part's folder. */
async function graphIn(folder: string, part: string): Promise<string | undefined> {
  const names = (await readdir(join(folder, part)).catch(absent)) ?? [];
  const graphs = names.filter((name) => name.endsWith('.onnx') && !MERGED.test(name)).sort();
  if (graphs.includes('model.onnx')) return join(folder, part, 'model.onnx');
  if (graphs.length > 1) throw packInvalid(`${part} has several graphs: ${graphs.join(', ')}. One must be model.onnx.`);
  return graphs[0] === undefined ? undefined : join(folder, part, graphs[0]);
}

/** undefined for a file or folder that is not there; anything else is thrown on. */
function absent(error: unknown): undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
