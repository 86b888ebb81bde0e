/** Looks at the machine, and packs an archive for whoever helps. */
import { doctorEndpoint, supportEndpoint, type Finding } from '../../../shared/protocol/pages';
import { rawRoute, route, type Route } from './route';

export interface DoctorPort {
  readonly version: string;
  examine(): Promise<Finding[]>;
  /** Bytes of a zip. Pictures and notes only where asked for. */
  support(wanted: { readonly pictures: boolean; readonly notes: boolean }): Promise<Uint8Array>;
}

export function doctorRoutes(port: DoctorPort): Route[] {
  return [
    route(doctorEndpoint, async () => ({ version: port.version, findings: await port.examine() })),
    rawRoute(supportEndpoint, async (wanted) => ({
      type: 'application/zip',
      bytes: await port.support(wanted),
      fileName: 'inbetween-support.zip',
    })),
  ];
}
