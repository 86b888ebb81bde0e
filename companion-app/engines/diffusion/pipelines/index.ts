/** Pipelines by what model_index.json says a pack is. */
import { packInvalid, type Pack } from '../../../inference/packs';
import { openDynamiCrafter } from './dynamicrafter';
import { openI2vgen } from './i2vgen';
import { openLtx } from './ltx';
import type { Family, OpenOptions, OpenPipeline, Pipeline } from './pipeline';
import { openSvd } from './svd';
import { openWanI2v } from './wan-i2v';
import { expandsTimesteps } from './wan-parts';
import { openWanTi2v } from './wan-ti2v';

export type { Clip, Family, Merging, Nature, Pipeline, RunContext, Subject } from './pipeline';

const FAMILIES: ReadonlyMap<string, (pack: Pack) => Family> = new Map<string, (pack: Pack) => Family>([
  ['StableVideoDiffusionPipeline', () => 'svd'],
  ['LTXImageToVideoPipeline', () => 'ltx'],
  ['LTXPipeline', () => 'ltx'],
  ['LTXConditionPipeline', () => 'ltx'],
  ['I2VGenXLPipeline', () => 'i2vgen'],
  ['DynamiCrafterPipeline', () => 'dynamicrafter'],
  ['ToonCrafterPipeline', () => 'dynamicrafter'],
  ['WanImageToVideoPipeline', (pack) => (expandsTimesteps(pack) ? 'wan-ti2v' : 'wan-i2v')],
]);

const OPEN: Readonly<Record<Family, OpenPipeline>> = {
  svd: openSvd,
  ltx: openLtx,
  i2vgen: openI2vgen,
  dynamicrafter: openDynamiCrafter,
  'wan-ti2v': openWanTi2v,
  'wan-i2v': openWanI2v,
};

/** @throws InbetweenError `pack-invalid` for a pipeline class that is not supported, by name */
export function familyOf(pack: Pack): Family {
  const family = FAMILIES.get(pack.className)?.(pack);
  if (family !== undefined) return family;
  const known = [...FAMILIES.keys()].join(', ');
  throw packInvalid(`Packs for "${pack.className}" are not supported; supported are ${known}.`);
}

/** Opens all networks of a pack. Close the pipeline to free them. */
export function openPipeline(pack: Pack, options: OpenOptions): Promise<Pipeline> {
  return OPEN[familyOf(pack)](pack, options);
}
