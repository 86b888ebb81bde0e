/** A job as it lies in the folder of an exported batch: a farm that is not ours gets with it what the settings here say of it. */
import { z } from 'zod';
import { zJobSpec, zSettings } from '../../../shared/protocol';

export const zExportedJob = zJobSpec.extend({
  /** Of which engines' takes PREVIS is burnt in; of the diffusion engine's where an older batch does not say. */
  previs: zSettings.shape.previsBurnIn,
});
export type ExportedJob = z.output<typeof zExportedJob>;
