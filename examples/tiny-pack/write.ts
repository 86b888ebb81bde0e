/** Packs without any learning in them, in the layout of real ones: to show and to test the way a pack takes. Not models. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files of a pack by their path inside it: graphs as bytes, everything else as JSON. */
export type PackFiles = Readonly<Record<string, Uint8Array | object>>;

/** Families that can be built tiny. */
export type TinyFamily = 'svd' | 'ltx';

/** What every tiny pack says of itself, beside each take that is made with it. */
export const NOTICE = 'Made with a tiny demonstration pack: hand-written graphs, not a real model.';

/** What is wrong with a pack, to see that it harms nobody but its own job. */
export type Flaw = 'none' | 'nan' | 'shape' | 'stranger' | 'missing' | 'endless' | 'huge';

export interface TinyOptions {
  /** Frames of a window. */
  readonly frames: number;
  /** Drift of colour the decoder adds, in parts of half the range. */
  readonly drift: number;
  /** Frames sway from the board towards the board a little to the side. */
  readonly sway: boolean;
  readonly flaw: Flaw;
  /** LTX-Video only: the layout that takes key frames, with the distilled schedule. */
  readonly keys: boolean;
}

export const PLAIN: TinyOptions = { frames: 5, drift: 0, sway: false, flaw: 'none', keys: false };

/** Writes a pack into a folder of its own. Resolves with the SHA-256 of its manifest (model_index.json), in hex. */
export async function writePack(folder: string, files: PackFiles): Promise<string> {
  let manifest = '';
  for (const [name, content] of Object.entries(files)) {
    const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content, null, 2));
    const file = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
    if (name === 'model_index.json') manifest = createHash('sha256').update(bytes).digest('hex');
  }
  return manifest;
}
