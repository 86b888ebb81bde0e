/** The active sequence as the panel shows it: shots, selection, takes and settings, off one scan. */
import type { PremiereApi } from './api';
import { bindActive } from './bind';
import type { HostDependencies, TimelineView } from './host';
import { scanSequence, sequenceReading } from './read-shots';
import { selectedShotIds } from './read-selection';
import { readSheet } from './shot-sheet';
import { steadily } from './steady';
import { describeTakes } from './takes';

/** Throws host-unavailable where no sequence is open. */
export function readTimeline(ppro: PremiereApi, deps: Pick<HostDependencies, 'wait'>): Promise<TimelineView> {
  return steadily(deps.wait, 'read the sequence', async () => {
    const bound = await bindActive(ppro);
    const scan = await scanSequence(ppro, bound);
    return {
      reading: sequenceReading(bound, scan),
      selected: await selectedShotIds(scan, bound),
      takes: await describeTakes(ppro, scan.takes, scan.setup.rate),
      sheet: await readSheet(ppro, bound.sequence),
    };
  });
}
