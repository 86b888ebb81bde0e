/** The morning report as data: whoever makes it, whoever shows it. Pictures are data: addresses, so that a file of it needs nothing else. */
import { z } from 'zod';
import { zErrorCode } from '../errors';
import { VERDICTS } from '../facts';
import { LIMITS } from '../limits';
import { zCostParts, zCostReport } from './cost';
import { zNotice } from '../night';
import { endpoint, rawEndpoint } from './endpoint';

/** "data:image/jpeg;base64,…". */
const zPicture = z.string().regex(/^data:image\/(jpeg|webp|svg\+xml)[;,]/);
const count = z.number().int().min(0);

export const zReportCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  /** 0–1, 1 is best. */
  score: z.number(),
  detail: z.string(),
  /** What it is about, side by side. */
  picture: zPicture.exactOptional(),
});
export type ReportCheck = z.output<typeof zReportCheck>;

export const REPORT_STATES = ['placed', 'rendered', 'failed', 'cancelled', 'waiting'] as const;

export const zReportShot = z.object({
  /** One shot of one sequence, the same from report to report. */
  key: z.string(),
  name: z.string(),
  /** Its sequence, where the report is about several. */
  sequence: z.string().exactOptional(),
  sequenceId: z.string().exactOptional(),
  notes: z.string(),
  /** Moves as people read them: "push in 12 %, f0–88". */
  moves: z.array(z.string()),
  /** What the camera was measured to do. */
  measured: z.string().exactOptional(),
  /** "01:00:00:00". */
  timecode: z.string(),
  frames: count,
  state: z.enum(REPORT_STATES),
  engine: z.string(),
  provider: z.string(),
  seed: z.number().int(),
  /** Number of the take that is shown, 0 where there is none. */
  take: count,
  /** Takes made of it. */
  takes: count,
  /** Seconds of work on all of them, waiting not counted. */
  seconds: z.number().min(0),
  /** Seconds of the shot on the timeline. */
  videoSeconds: z.number().min(0),
  /** Money; absent where it is not known. */
  cost: z.number().exactOptional(),
  verdict: z.enum(VERDICTS).exactOptional(),
  reason: z.string().exactOptional(),
  /** True when a take of it is in the cut, false when none is; absent where nobody has looked. */
  inCut: z.boolean().exactOptional(),
  checks: z.array(zReportCheck),
  warnings: z.array(z.string()),
  problem: z
    .object({ code: zErrorCode.exactOptional(), message: z.string(), safe: z.string(), action: z.string() })
    .exactOptional(),
  /** First, middle and last frame. */
  pictures: z.array(zPicture).max(3),
  /** The take as a small moving picture. */
  loop: zPicture.exactOptional(),
});
export type ReportShot = z.output<typeof zReportShot>;

export const CHANGES = [
  'new',
  'made',
  'take',
  'failed',
  'cancelled',
  'approved',
  'rejected',
  'undecided',
  'flagged',
  'mended',
  'cut',
  'uncut',
  'gone',
] as const;
export type Change = (typeof CHANGES)[number];

/** A drawing of numbers, for light and for dark paper. */
export const zReportChart = z.object({
  title: z.string(),
  /** Its numbers in words. */
  alt: z.string(),
  light: zPicture,
  dark: zPicture,
});
export type ReportChart = z.output<typeof zReportChart>;

export const zReport = z.object({
  title: z.string(),
  /** When it was made, in words. */
  made: z.string(),
  version: z.string(),
  machine: z.string(),
  /** Frames a second; empty where several rates meet. */
  rate: z.string(),
  shots: z.array(zReportShot),
  /** Files made besides the clips, name and what it is. */
  files: z.array(z.object({ name: z.string(), about: z.string() })),
  money: z
    .object({
      currency: z.string(),
      total: z.number(),
      usableSeconds: z.number(),
      /** Null where nothing is usable yet. */
      perUsableSecond: z.number().nullable(),
      /** What takes were expected to cost against what they came to; absent where nothing was expected. */
      estimates: zCostReport.shape.estimates.exactOptional(),
      /** What the total is made of. */
      parts: zCostParts.exactOptional(),
      /** The same number by group, the dearest first. */
      by: zCostReport.shape.by.omit({ shot: true }).exactOptional(),
      /** The same seconds at published prices. */
      cloud: zCostReport.shape.cloud.exactOptional(),
      notes: z.array(z.string()),
    })
    .exactOptional(),
  /** Absent where there was none before. */
  changes: z
    .object({
      since: z.string(),
      rows: z.array(z.object({ name: z.string(), changes: z.array(z.enum(CHANGES)) })),
    })
    .exactOptional(),
  /** What the night did by itself, the newest first. */
  notices: z.array(zNotice).exactOptional(),
  charts: z.array(zReportChart),
});
export type Report = z.output<typeof zReport>;

const zLanguage = z.enum(['en', 'fr', 'de', 'es', 'ja']);
const zReportWish = z.object({
  sequenceId: z.string().max(LIMITS.nameLength).exactOptional(),
  /** Work from this moment on, milliseconds since 1970. */
  since: z.coerce.number().min(0).exactOptional(),
  language: zLanguage.default('en'),
});
export type ReportWish = z.output<typeof zReportWish>;

export const reportEndpoint = endpoint({
  method: 'GET',
  path: '/api/report',
  input: zReportWish,
  output: zReport,
});

/** The same as one HTML file. The next report tells what has changed since this one. */
export const reportFileEndpoint = rawEndpoint({ method: 'POST', path: '/api/report/file', input: zReportWish });

/** The cost of a usable second by day, drawn. */
export const trendEndpoint = endpoint({
  method: 'GET',
  path: '/api/report/trend',
  input: zReportWish.pick({ since: true, language: true }),
  output: z.object({ chart: zReportChart.nullable() }),
});

const zCloudService = z.object({
  service: z.string().trim().min(1).max(120),
  currency: z.string().regex(/^[A-Z]{3}$/),
  perSecond: z.number().positive().max(1e6),
  source: z.string().trim().min(1).max(400),
  date: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
});
export type CloudService = z.output<typeof zCloudService>;

/** Replaces the table of published prices by one's own. */
export const cloudPricesEndpoint = endpoint({
  method: 'POST',
  path: '/api/report/cloud-prices',
  input: z.object({ services: z.array(zCloudService).max(50) }),
  output: z.object({ services: z.array(zCloudService) }),
});
