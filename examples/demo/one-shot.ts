/** One shot of the example, through an image-to-video pack that is no model. */
import type { BurnIns } from '../../shared/shot';
import { tinyLtx } from '../tiny-pack/ltx';
import { tinySvd } from '../tiny-pack/svd';
import { NOTICE, writePack, type PackFiles, type TinyFamily, type TinyOptions } from '../tiny-pack/write';
import type { ExampleSequence } from './sequence-file';
import path from 'node:path';

const FAMILIES: Readonly<Record<TinyFamily, (options: Partial<TinyOptions>) => PackFiles>> = {
  svd: tinySvd,
  ltx: tinyLtx,
};

/** Everything a person should see in the picture of a clip that no model made. */
export const ALL_BURNT: BurnIns = {
  shotName: true,
  timecode: true,
  frameCounter: true,
  notes: true,
  dialogue: false,
  slate: false,
};

/** Builds a tiny pack in a companion's folder of packs. Resolves with what a job asks for it by. */
export async function installTinyPack(
  packsFolder: string,
  family: TinyFamily,
  options: Partial<TinyOptions> = {},
): Promise<{ readonly name: string; readonly sha256: string }> {
  const name = `tiny-${family}-not-a-real-model`;
  const sha256 = await writePack(path.join(packsFolder, name), FAMILIES[family](options));
  return { name, sha256 };
}

/** The sequence with its first shot alone, whose note says what it is made with. */
export function firstShotOf(example: ExampleSequence): ExampleSequence {
  const [first] = example.shots;
  if (!first) throw new RangeError('The example has no shot.');
  const noted = { ...first, marker: [first.marker ?? '', `[${NOTICE}]`].join(' ').trim() };
  return { ...example, shots: [noted], audio: { ...example.audio, frames: first.frames } };
}
