/** exportSequenceFrame: a real PNG of the composite, and each way in which the host is known to lie about it. */
import type { ExporterStatic } from '@adobe/premierepro';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderFrame } from '../media/picture';
import { nextOf } from '../world/world';
import { arity, HostError, valid } from './adobe';
import { RAW } from './constants';
import { sequences } from './handles';
import { ticksOf } from './time';

/** [D] bmp, dpx, gif, jpg, exr, png, tga and tif in the host; png here. */
function fileName(given: string, doubled: boolean): string {
  const name = /\.png$/i.test(given) ? given : `${given}.png`;
  return doubled ? `${name}.png` : name;
}

export const Exporters: ExporterStatic = {
  exportSequenceFrame: (...args) => {
    arity(args, 6);
    const [sequence, time, filename, folder, width, height] = args;
    const handle = sequences.of(sequence);
    const { session } = handle;
    const { world } = session;
    const at = ticksOf(time);
    valid([width, height].every((side) => Number.isInteger(side) && side > 0));
    valid(filename !== '' && !/[/\\]/.test(filename)); // [R] a base name; the folder goes into the next argument
    if (session.locked) {
      world.hazard('export', 'A frame was exported under the project lock.'); // [R]
      throw new HostError('Cannot export while the project is locked.');
    }
    if (session.exporting) {
      world.hazard('export', 'Two frames were exported at once.'); // [R]
      return world.call('Exporter.exportSequenceFrame', () => false);
    }
    session.exporting = true;
    return world
      .call('Exporter.exportSequenceFrame', async () => {
        const fault = nextOf<typeof world.faults.everyExport>(world.faults.exports, world.faults.everyExport);
        if (fault === 'throws') throw new HostError('Export failed.');
        if (fault === 'false-missing') return false;
        const picture = await world.clock.during(renderFrame(session.state, handle.state, at, width, height));
        const land = async (): Promise<void> => {
          const there = await stat(folder).catch(() => null);
          if (!there?.isDirectory()) return; // [R] an absent folder is no error either
          await writeFile(path.join(folder, fileName(filename, fault?.includes('double-extension') ?? false)), picture);
          world.events.emit(
            RAW.OperationCompleteEvent.EXPORT_MEDIA_COMPLETE,
            { state: RAW.OperationCompleteState.SUCCESS },
            session,
          );
        };
        if (fault === 'true-but-missing') return true;
        if (fault === 'late' || fault === 'late-double-extension')
          void world.clock.sleep(world.faults.exportDelayMs).then(land);
        else await world.clock.during(land());
        return fault !== 'false-but-written';
      })
      .finally(() => (session.exporting = false));
  },
};
