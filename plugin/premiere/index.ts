/** The room's door: the panel's host, on the real Premiere or on the simulator. */
import { readPlayhead, subscribeToExports } from './activity';
import type { PremiereApi } from './api';
import { bindActive } from './bind';
import { subscribeTo } from './events';
import { boardExporter } from './export-board';
import type { HostDependencies, PremiereHost } from './host';
import { newSequence } from './new-sequence';
import { oneAtATime } from './one-at-a-time';
import { placeTake } from './place-take';
import { readSelectedShots } from './read-selection';
import { scanSequence, sequenceReading } from './read-shots';
import { readTimeline } from './read-timeline';
import { deleteTakes, relayTake, removeTake } from './relay-take';
import { selectShots } from './select-shots';
import { changeSheet } from './shot-sheet';
import { steadily } from './steady';
import { colourTake, enableTake, listTakes, movePlayhead, switchToTake } from './takes';

export type { PremiereApi } from './api';
export type * from './host';

/**
 * Makes the host on the `premierepro` module that is handed in. Edits run one at a time; readings do not wait for them.
 * Every failure is an InbetweenError.
 */
export function createPremiereHost(ppro: PremiereApi, deps: HostDependencies): PremiereHost {
  const edits = oneAtATime();
  return {
    readSequence: () =>
      steadily(deps.wait, 'read the sequence', async () => {
        const bound = await bindActive(ppro);
        return sequenceReading(bound, await scanSequence(ppro, bound));
      }),
    readSelection: () =>
      steadily(deps.wait, 'read the selection', async () => readSelectedShots(ppro, await bindActive(ppro))),
    readTimeline: () => readTimeline(ppro, deps),
    exportBoard: boardExporter(ppro, deps, edits),
    placeTake: (request) => edits(() => placeTake(ppro, deps, request)),
    placedTakes: (sequence) => edits(() => listTakes(ppro, deps, sequence)),
    setTakeEnabled: (sequence, jobId, enabled) => edits(() => enableTake(ppro, deps, sequence, jobId, enabled)),
    useTake: (sequence, jobId) => edits(() => switchToTake(ppro, deps, sequence, jobId)),
    labelTake: (sequence, jobId, label) => edits(() => colourTake(ppro, deps, sequence, jobId, label)),
    removeTake: (sequence, jobId) => edits(() => removeTake(ppro, deps, sequence, jobId)),
    deleteTakes: (sequence, jobIds, name) => edits(() => deleteTakes(ppro, deps, sequence, jobIds, name)),
    relayTake: (sequence, jobId, target) => edits(() => relayTake(ppro, deps, sequence, jobId, target)),
    changeSheet: (sequence, undoName, change) => edits(() => changeSheet(ppro, deps, sequence, undoName, change)),
    selectShots: (sequence, shotIds) => edits(() => selectShots(ppro, deps, sequence, shotIds)),
    showFrame: (sequence, frame) => movePlayhead(ppro, deps, sequence, frame),
    playhead: () => readPlayhead(ppro),
    onExport: (handler) => subscribeToExports(ppro, handler),
    newSequence: (plan) => edits(() => newSequence(ppro, deps, plan)),
    subscribe: (handler) => subscribeTo(ppro, handler),
  };
}
