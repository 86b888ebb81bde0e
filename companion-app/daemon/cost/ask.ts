/** What shots that are not in the queue yet would take and cost, when they would be there, and what others ask for them. */
import type { BatchEstimate, Hold, Settings, Spread } from '../../../shared/protocol';
import {
  forecaster,
  predict,
  type Forecaster,
  type SecondsRange,
  type Timing,
  type WorkGroup,
  type WorkSize,
} from '../../queue/estimate';
import type { WallClock } from '../../queue';
import type { CloudPrices } from '../../review/cost';
import { estimateBatch } from './estimate';
import { finishOf } from './finish';

/** Shots alike. */
export interface AskedShots extends WorkSize {
  readonly count: number;
  /** Of one of them on the timeline. */
  readonly seconds?: number;
  /** A preview of each is made first. */
  readonly preview?: boolean;
}

export interface Surroundings {
  /** Newest first. */
  readonly timings: readonly Timing[];
  readonly settings: Pick<Settings, 'cost' | 'night'>;
  /** The queue puts a preview before every take. */
  readonly previewsFirst: boolean;
  readonly cloud: CloudPrices;
  /** Seconds of what waits before them; null where they cannot be told. */
  readonly waiting: SecondsRange | null;
  /** What is at work. */
  readonly running: readonly WorkSize[];
  readonly holds: readonly Hold[];
  readonly wall: WallClock;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Pure. */
export function estimateShots(shots: readonly AskedShots[], around: Surroundings): BatchEstimate {
  const { timings, settings, previewsFirst, cloud, holds, wall, now } = around;
  const known = forecaster(timings);
  const isKnown = (work: WorkSize): boolean => known.forecast(work) !== null;
  const withPreviews = shots.flatMap((group): WorkGroup[] => [
    group,
    ...previewOf(group, previewsFirst).filter(isKnown),
  ]);
  const all = estimateBatch(withPreviews, known, settings, now);
  const told = shots.every(({ seconds }) => seconds !== undefined);
  const sum = (groups: readonly AskedShots[]): number =>
    groups.reduce((before, { seconds = 0, count }) => before + seconds * count, 0);
  const footage = { seconds: sum(shots), known: sum(shots.filter(isKnown)) };
  return {
    ...all,
    jobs: shots.reduce((before, { count }) => before + count, 0),
    ...(told && {
      footage,
      perSecond: all.money && footage.known > 0 ? over(all.money, footage.known) : null,
      cloud: cloud.services.map(({ service, currency, perSecond, source, date }) => ({
        ...{ service, currency, perSecond, source, date, note: cloud.note },
        total: perSecond * footage.seconds,
      })),
    }),
    finish: finishOf({
      ahead: aheadOf(around, known),
      batch: all.unknown > 0 ? null : all.seconds,
      ...{ holds, night: settings.night, now, wall },
    }),
  };
}

function previewOf({ preview = false, ...group }: AskedShots, previewsFirst: boolean): WorkGroup[] {
  return group.quality === 'full' && (preview || previewsFirst) ? [{ ...group, quality: 'preview' }] : [];
}

const over = ({ low, likely, high }: Spread, by: number): Spread => ({
  low: low / by,
  likely: likely / by,
  high: high / by,
});

/** What is at work is somewhere between its beginning and its end. */
function aheadOf({ waiting, running }: Surroundings, known: Forecaster): Spread | null {
  if (!waiting) return null;
  let ahead: Spread = waiting;
  for (const work of running) {
    const whole = predict(work, known);
    if (!whole) return null;
    ahead = { low: ahead.low, likely: ahead.likely + whole.likely / 2, high: ahead.high + whole.high };
  }
  return ahead;
}
