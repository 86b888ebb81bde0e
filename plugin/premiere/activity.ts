/** What the host is busy with: its playhead, to be asked for, and its exports, which it tells of. */
import { TICKS_PER_SECOND } from '../../shared/shot';
import type { PremiereApi } from './api';
import { guidText, orNull } from './host-values';
import type { ExportEvent, Playhead } from './host';
import { ticksOf } from './ticks';

/** The playhead of the sequence in front; null where there is none. */
export async function readPlayhead(ppro: PremiereApi): Promise<Playhead | null> {
  try {
    const project = orNull(await ppro.Project.getActiveProject());
    const sequence = orNull((await project?.getActiveSequence()) ?? null);
    if (!sequence) return null;
    const ticks = ticksOf(await sequence.getPlayerPosition());
    return { sequenceId: guidText(sequence.guid), seconds: Number(ticks) / Number(TICKS_PER_SECOND) };
  } catch {
    return null;
  }
}

/**
 * Listens to the encoder manager [D] and to the end of exports [D]. That a progress event comes during an export to a file too, and not only
 * from Media Encoder, is an assumption [I]; whoever listens lets an export that tells nothing more be over after a while.
 */
export function subscribeToExports(ppro: PremiereApi, handler: (event: ExportEvent) => void): () => void {
  const stops: (() => void)[] = [];
  const told = (event: ExportEvent) => (): void => {
    try {
      handler(event);
    } catch {
      // The panel reports its own errors; the host must not see them.
    }
  };
  try {
    const manager = orNull(ppro.EncoderManager.getManager());
    const { RENDER_PROGRESS, RENDER_COMPLETE, RENDER_ERROR, RENDER_CANCEL } = ppro.Constants.EncoderEvent;
    const names = [
      [RENDER_PROGRESS, 'exporting'],
      [RENDER_COMPLETE, 'exported'],
      [RENDER_ERROR, 'exported'],
      [RENDER_CANCEL, 'exported'],
    ] as const;
    if (manager)
      for (const [name, event] of names) {
        const listener = told(event);
        ppro.EventManager.addEventListener(manager, String(name), listener);
        stops.push(() => ppro.EventManager.removeEventListener(manager, String(name), listener));
      }
    const { EXPORT_MEDIA_COMPLETE } = ppro.Constants.OperationCompleteEvent;
    const over = told('exported');
    ppro.EventManager.addGlobalEventListener(EXPORT_MEDIA_COMPLETE, over);
    stops.push(() => ppro.EventManager.removeGlobalEventListener(EXPORT_MEDIA_COMPLETE, over));
  } catch {
    // A host without them: playing is still seen.
  }
  return () => {
    for (const stop of stops.splice(0)) stop();
  };
}
