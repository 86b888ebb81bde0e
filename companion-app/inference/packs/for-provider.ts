/** A graph as the provider runs it best: rewritten once, kept beside the original so that weights in files are found. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFile, whenWhole } from '../lora/derive';
import { readModel } from '../lora/model-file';
import { widenIo } from '../onnx/half-io';
import { rewriteConv3d } from '../onnx/temporal-conv';
import type { Provider } from '../session';

/** Changes when the rewriting does, so that an older file is not taken for today's. */
const FORM = 1;
/** A larger file holds its weights itself; protobuf allows no more than this. */
const MOST_BYTES = 2 ** 31 - 1;

export interface Rewriting {
  readonly provider: Provider;
  /** Its 16-bit inputs and outputs are to be 32-bit ones; see onnx/half-io. */
  readonly widened: boolean;
}

/**
 * What to open for this graph: its own path, or where it is to be rewritten the new model, as bytes, or as a file beside it where its
 * weights lie in files. A graph that cannot be rewritten (too large, unreadable, folder not writable) is opened as it is.
 */
export async function modelFor(graph: string, { provider, widened }: Rewriting): Promise<string | Uint8Array> {
  const flat = provider === 'webgpu';
  if (!flat && !widened) return graph;
  try {
    if ((await stat(graph)).size > MOST_BYTES) return graph;
    const bytes = await readFile(graph);
    const outside = [...readModel(bytes).weights.values()].some(({ place }) => place.at === 'file');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const kind = [...(flat ? ['webgpu'] : []), ...(widened ? ['float32'] : [])].join('-');
    const beside = join(dirname(graph), `${kind}-${FORM}-${hash}.model`);
    if (outside && (await isFile(beside))) return beside;
    const wide = widened ? widenIo(bytes) : null;
    const rewritten = (flat ? rewriteConv3d(wide ?? bytes) : null) ?? wide;
    if (rewritten === null) return graph;
    if (!outside) return rewritten;
    await whenWhole(beside, (file) => file.writeFile(rewritten));
    return beside;
  } catch {
    return graph;
  }
}
