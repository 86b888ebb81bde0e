/** The machine at this moment, and the frame that is being made. */
import { InbetweenError } from '../../../shared/problem';
import { frameEndpoint, nowEndpoint, type MachineNow } from '../../../shared/protocol/pages';
import { rawRoute, route, type Route } from './route';

export interface NowPort {
  /** Looks at the machine; may take a moment. */
  machine(): Promise<MachineNow>;
  /** The newest small JPEG, or null before the first. */
  frame(): { readonly jobId: string; readonly number: number; readonly jpeg: Uint8Array } | null;
}

export function nowRoutes(port: NowPort): Route[] {
  return [
    route(nowEndpoint, async () => {
      const machine = await port.machine();
      const frame = port.frame();
      return { machine, frame: frame && { jobId: frame.jobId, number: frame.number } };
    }),
    rawRoute(frameEndpoint, () => {
      const frame = port.frame();
      if (frame) return Promise.resolve({ type: 'image/jpeg', bytes: frame.jpeg });
      return Promise.reject(
        new InbetweenError({
          code: 'not-found',
          message: 'No frame was made yet.',
          action: 'Wait for a shot to begin.',
        }),
      );
    }),
  ];
}
