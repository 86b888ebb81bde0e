/** The doctor's checks from inside the running companion, and the archive for whoever helps. */
import type { DoctorPort } from '../../../gateway';
import { candidates } from '../../../inference';
import { checkDisk, checkFfmpeg, checkProvider, checkRenderProcess, type Finding } from '../../doctor/checks';
import type { PageParts } from '../parts';
import { supportZip } from './support';

export function doctorPort(parts: PageParts): DoctorPort {
  const { config, layout, connected } = parts;
  const examine = async (): Promise<Finding[]> => [
    await checkDisk(layout.root),
    await checkFfmpeg(),
    await checkRenderProcess(config.renderEntry),
    ...(await Promise.all(candidates(process.platform).map(checkProvider))),
    { name: 'port', ok: true, detail: `the companion listens on port ${connected().port}` },
    ...panels(connected().clients, config.version),
  ];
  const told = async () => (await examine()).map((finding) => ({ ...finding, action: finding.action ?? null }));
  return {
    version: config.version,
    examine: told,
    support: async (wanted) => supportZip(parts, await told(), wanted),
  };
}

const PAGE = 'Inbetween page';

/** Panels that are connected now, each with its version. */
function panels(clients: readonly { name: string; version: string }[], own: string): Finding[] {
  const others = clients.filter(({ name }) => name !== PAGE);
  if (others.length === 0) return [{ name: 'panel', ok: true, detail: 'none is connected at this moment' }];
  return others.map(({ name, version }) => ({
    name: 'panel',
    ok: true,
    detail: version === own ? `${name} ${version}` : `${name} ${version}; the companion is ${own}`,
  }));
}
