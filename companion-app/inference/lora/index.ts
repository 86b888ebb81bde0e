/** Style packs: LoRA files merged into the weights of a pack's graphs. */
import { adaptersOf } from './adapters';
import type { Part } from './keys';
import { openSafetensors } from './safetensors';

export { mergeStyles, type Merged, type MergeRequest, type Style } from './merge-styles';
export type { Part } from './keys';
export { fileHash } from './safetensors';

/** Networks of a pack that a style's file speaks of, so that none is forgotten. */
export async function partsOfStyle(path: string): Promise<Part[]> {
  const file = await openSafetensors(path);
  try {
    return [...new Set(adaptersOf(file).map(({ part }) => part))].sort();
  } finally {
    await file.close();
  }
}
