/** What the artist has set for the shots of a sequence, kept in the sequence's own properties: it travels with the project. */
import type { Action, Sequence } from '@adobe/premierepro';
import { z } from 'zod';
import { ENGINES } from '../../shared/protocol/job';
import { LIMITS } from '../../shared/protocol/limits';
import { zBurnIns, zCameraMove, zHandles } from '../../shared/protocol/shot-schema';
import type { PremiereApi } from './api';
import { bind } from './bind';
import type { HostDependencies, SequenceRef, ShotSheet } from './host';
import { orNull } from './host-values';
import { transact } from './lock';
import { editFailed } from './problems';
import { steadily } from './steady';

const NAME = 'inbetween.shots';
/** Deleted takes that are remembered; the oldest are forgotten first. */
const MOST_DELETED = 4000;

const zShotSetting = z.object({
  /** The artist's own moves: they win over the note. */
  moves: z.array(zCameraMove).max(64).exactOptional(),
  engine: z.enum(ENGINES).exactOptional(),
  prompt: z.string().max(LIMITS.notesLength).exactOptional(),
});

const zShotSheet: z.ZodType<ShotSheet> = z.object({
  v: z.literal(1),
  /** By shot id. */
  shots: z.record(z.string(), zShotSetting),
  /** Text burnt into every take of this sequence. */
  burnIns: zBurnIns.exactOptional(),
  handles: zHandles.exactOptional(),
  styleLine: z.string().max(LIMITS.notesLength).exactOptional(),
  negative: z.string().max(LIMITS.notesLength).exactOptional(),
  deleted: z.array(z.string().max(64)).max(MOST_DELETED).exactOptional(),
});

const EMPTY_SHEET: ShotSheet = { v: 1, shots: {} };

/** Reads text that was stored; anything that is no sheet (lost, foreign, damaged) counts as an empty one. */
export function parseSheet(text: string): ShotSheet {
  try {
    const read = zShotSheet.safeParse(JSON.parse(text));
    return read.success ? read.data : EMPTY_SHEET;
  } catch {
    return EMPTY_SHEET;
  }
}

/** Never throws: without a sheet, the notes alone speak. */
export async function readSheet(ppro: PremiereApi, sequence: Sequence): Promise<ShotSheet> {
  try {
    const properties = orNull(await ppro.Properties.getProperties(sequence));
    return properties?.hasValue(NAME) === true ? parseSheet(properties.getValue(NAME)) : EMPTY_SHEET;
  } catch {
    return EMPTY_SHEET;
  }
}

/** The sheet as it is now, changed, and the action that stores it; null where the sequence takes no properties. */
async function changed(
  ppro: PremiereApi,
  sequence: Sequence,
  change: (sheet: ShotSheet) => ShotSheet,
): Promise<{ readonly next: ShotSheet; readonly store: () => Action } | null> {
  const properties = orNull(await ppro.Properties.getProperties(sequence));
  if (!properties) return null;
  const next = change(properties.hasValue(NAME) ? parseSheet(properties.getValue(NAME)) : EMPTY_SHEET);
  const text = JSON.stringify(next);
  const { PERSISTENT } = ppro.Constants.PropertyType;
  return { next, store: () => properties.createSetValueAction(NAME, text, PERSISTENT) };
}

/** The action that remembers takes as deleted; none where the sequence takes no properties. */
export async function forgetTakes(
  ppro: PremiereApi,
  sequence: Sequence,
  jobIds: readonly string[],
): Promise<readonly (() => Action)[]> {
  const made = await changed(ppro, sequence, (sheet) => ({
    ...sheet,
    deleted: [...new Set([...(sheet.deleted ?? []), ...jobIds])].slice(-MOST_DELETED),
  }));
  return made ? [made.store] : [];
}

/** Changes the sheet as it is now, in one Undo step of this name. Throws host-transaction-failed. */
export async function changeSheet(
  ppro: PremiereApi,
  deps: Pick<HostDependencies, 'wait'>,
  ref: SequenceRef,
  undoName: string,
  change: (sheet: ShotSheet) => ShotSheet,
): Promise<ShotSheet> {
  return steadily(deps.wait, 'keep what was set', async () => {
    const { project, sequence } = await bind(ppro, ref);
    const made = await changed(ppro, sequence, change);
    if (!made) throw editFailed('keep what was set', 'the sequence takes no properties');
    const result = transact(project, { undoName, actions: [made.store] });
    if (!result.done) throw editFailed('keep what was set', result.message);
    return made.next;
  });
}
