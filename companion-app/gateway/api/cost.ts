/** What a usable second costs. */
import type { z } from 'zod';
import {
  batchEstimateEndpoint,
  costEndpoint,
  type BatchEstimate,
  type CostReport,
} from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface CostPort {
  /** Work from this moment on; all of it where absent. */
  report(since: number | undefined): Promise<CostReport>;
  /** What these shots would cost; all that waits where absent. */
  estimate(question: z.output<typeof batchEstimateEndpoint.input>): Promise<BatchEstimate>;
}

export const costRoutes = (port: CostPort): Route[] => [
  route(costEndpoint, ({ since }) => port.report(since)),
  route(batchEstimateEndpoint, (question) => port.estimate(question)),
];
