/** A model pack that was named on the command line: what it is, and whether the engine that was asked for can use it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import type { JobSpec } from '../../../shared/protocol';
import { bareGraph } from '../../inference/packs';
import { sha256OfFile } from '../../queue/files';
import { familyOfBare } from '../models/packs';

export interface PackWish {
  readonly pack: NonNullable<JobSpec['pack']>;
  /** The folder the pack lies in. */
  readonly packsDir: string;
}

/** Engines that can use a pack of a single graph, `auto` included. */
const USED_BY: Readonly<Record<'rife' | 'depth', readonly JobSpec['engine'][]>> = {
  rife: ['auto', 'inbetween'],
  depth: ['auto', 'parallax'],
};

/** Throws InbetweenError `pack-invalid` for what is no pack, or none for that engine. */
export async function packOf(named: string, engine: JobSpec['engine']): Promise<PackWish> {
  const place = path.resolve(named);
  const wish = (sha256: string): PackWish => ({
    pack: { name: path.basename(place), sha256 },
    packsDir: path.dirname(place),
  });
  const bare = await bareGraph(place);
  if (bare) {
    const family = await familyOfBare(bare);
    const engines = USED_BY[family.startsWith('rife') ? 'rife' : 'depth'];
    if (!engines.includes(engine))
      throw noPack(
        `${named} (${family}) is no pack of the ${engine} engine.`,
        `Leave --engine away, or ask for ${engines.join(' or ')}.`,
      );
    return wish(await sha256OfFile(bare.graph));
  }
  const index = await readFile(path.join(place, 'model_index.json')).catch(() => null);
  if (index) return wish(createHash('sha256').update(index).digest('hex'));
  throw noPack(
    `${named} is no model pack: it has no model_index.json, and it is no single graph.`,
    'Name the folder of a diffusers-layout ONNX pack, or a RIFE or Depth Anything folder or .onnx file.',
  );
}

function noPack(message: string, action: string): InbetweenError {
  return new InbetweenError({ code: 'pack-invalid', message, safe: 'Nothing was started.', action });
}
