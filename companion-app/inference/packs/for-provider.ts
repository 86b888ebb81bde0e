/** A graph as the provider runs it best: rewritten once, kept beside the original so that weights in files are found. */
import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readModel } from '../lora/model-file';
import { rewriteConv3d } from '../onnx/temporal-conv';
import type { Provider } from '../session';

/** Changes when the rewriting does, so that an older file is not taken for today's. */
const FORM = 1;
/** A larger file holds its weights itself; protobuf allows no more than this. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * What to open for this graph: its own path, or for WebGPU the rewritten model, as bytes, or as a file beside it where its weights lie in
 * files. A graph that cannot be rewritten (too large, unreadable, folder not writable) is opened as it is.
 */
export async function modelFor(graph: string, provider: Provider): Promise<string | Uint8Array> {
  if (provider !== 'webgpu') return graph;
  try {
    if ((await stat(graph)).size > MOST_BYTES) return graph;
    const bytes = await readFile(graph);
    const outside = [...readModel(bytes).weights.values()].some(({ place }) => place.at === 'file');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const beside = join(dirname(graph), `webgpu-${FORM}-${hash}.model`);
    if (outside && (await isFile(beside))) return beside;
    const rewritten = rewriteConv3d(bytes);
    if (rewritten === null) return graph;
    if (!outside) return rewritten;
    await writeWhole(beside, rewritten);
    return beside;
  } catch {
    return graph;
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    const file = await open(part, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
