/** The morning report, as data and as a file; the trend of what a second costs; one's own table of published prices. */
import {
  cloudPricesEndpoint,
  reportEndpoint,
  reportFileEndpoint,
  trendEndpoint,
  type CloudService,
  type Report,
  type ReportChart,
  type ReportWish,
} from '../../../shared/protocol/pages';
import { rawRoute, route, type Route } from './route';

export interface ReportPort {
  report(wish: ReportWish): Promise<Report>;
  /** One self-contained HTML file. What it tells is remembered: the next report says what has changed since. */
  file(wish: ReportWish): Promise<string>;
  /** Null where nothing was spent yet. */
  trend(wish: Pick<ReportWish, 'since' | 'language'>): Promise<ReportChart | null>;
  keepCloudPrices(services: readonly CloudService[]): Promise<CloudService[]>;
}

export const reportRoutes = (port: ReportPort): Route[] => [
  route(reportEndpoint, (wish) => port.report(wish)),
  rawRoute(reportFileEndpoint, async (wish) => ({
    type: 'text/html; charset=utf-8',
    fileName: 'report.html',
    bytes: Buffer.from(await port.file(wish)),
  })),
  route(trendEndpoint, async (wish) => ({ chart: await port.trend(wish) })),
  route(cloudPricesEndpoint, async ({ services }) => ({ services: await port.keepCloudPrices(services) })),
];
