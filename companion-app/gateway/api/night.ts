/** What the night is waiting for. */
import type { z } from 'zod';
import { nightEndpoint } from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface NightPort {
  now(): z.input<typeof nightEndpoint.output>;
}

export const nightRoutes = (port: NightPort): Route[] => [route(nightEndpoint, () => Promise.resolve(port.now()))];
