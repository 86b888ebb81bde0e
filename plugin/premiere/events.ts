/** Premiere's events as hints that something may have changed: whoever hears one reads again. */
import type { PremiereApi } from './api';
import type { HostEvent } from './host';

/** Event names of this version of the host, by what they hint at. Constants that it lacks are left out. */
function eventNames(ppro: PremiereApi): readonly (readonly [HostEvent, string | number])[] {
  const { ProjectEvent, SequenceEvent, OperationCompleteEvent } = ppro.Constants;
  const all: readonly (readonly [HostEvent, string | number | undefined])[] = [
    ['project', ProjectEvent.OPENED],
    ['project', ProjectEvent.CLOSED],
    ['project', ProjectEvent.ACTIVATED],
    ['edit', ProjectEvent.DIRTY],
    ['sequence', SequenceEvent.ACTIVATED],
    ['sequence', SequenceEvent.CLOSED],
    ['selection', SequenceEvent.SELECTION_CHANGED],
    ['import', OperationCompleteEvent.IMPORT_MEDIA_COMPLETE],
  ];
  return all.flatMap(([event, name]) => (name === undefined ? [] : [[event, name] as const]));
}

/**
 * Listens to the whole application. An exception of the handler ends here: one that reaches Premiere can take it down.
 * The returned function stops listening; calling it twice is harmless.
 */
export function subscribeTo(ppro: PremiereApi, handler: (event: HostEvent) => void): () => void {
  const stops = eventNames(ppro).map(([event, name]) => {
    const listener = (): void => {
      try {
        handler(event);
      } catch {
        // The panel reports its own errors; the host must not see them.
      }
    };
    ppro.EventManager.addGlobalEventListener(name, listener);
    return () => ppro.EventManager.removeGlobalEventListener(name, listener);
  });
  return () => {
    for (const stop of stops.splice(0)) stop();
  };
}
