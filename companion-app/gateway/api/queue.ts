/** The queue as a whole. */
import type { z } from 'zod';
import { queueEndpoint } from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface QueuePagePort {
  /** How the queue stands now. */
  state(): z.input<typeof queueEndpoint.output>;
}

export const queueRoutes = (port: QueuePagePort): Route[] => [
  route(queueEndpoint, () => Promise.resolve(port.state())),
];
