/** What a usable second costs. */
import { costEndpoint, type CostReport } from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface CostPort {
  /** Work from this moment on; all of it where absent. */
  report(since: number | undefined): Promise<CostReport>;
}

export const costRoutes = (port: CostPort): Route[] => [route(costEndpoint, ({ since }) => port.report(since))];
