/** Selects on the timeline what the artist has chosen in the panel. Selections are no Undo steps. */
import type { PremiereApi } from './api';
import { bind } from './bind';
import type { HostDependencies, SequenceRef } from './host';
import { orNull } from './host-values';
import { scanSequence } from './read-shots';
import { steadily } from './steady';

/**
 * Selects the boards of these shots and nothing else. Uses the live selection: one that was created empty dies at its
 * first use [R]. Shots that are gone are passed over.
 */
export async function selectShots(
  ppro: PremiereApi,
  deps: Pick<HostDependencies, 'wait'>,
  ref: SequenceRef,
  shotIds: readonly string[],
): Promise<void> {
  await steadily(deps.wait, 'select the shots', async () => {
    const bound = await bind(ppro, ref);
    const { shots } = await scanSequence(ppro, bound);
    const wanted = shots.filter((shot) => shotIds.includes(shot.reading.draft.id));
    const selection = orNull(await bound.sequence.getSelection());
    if (!selection) return;
    for (const item of orNull(await selection.getTrackItems()) ?? []) selection.removeItem(item);
    for (const { clips } of wanted) for (const { clip } of clips) selection.addItem(clip.item, true);
    if (wanted.length === 0) await bound.sequence.clearSelection();
    else bound.sequence.setSelection(selection);
  });
}
