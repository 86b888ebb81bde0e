/** How the queue is worked off: a person's settings, asked at each step so that a change counts at once. */
import type { Hold } from '../../../shared/protocol';
import type { WorkGroup } from '../estimate';
import type { Ordering } from './order';
import { wallClock, type WallClock } from './wall-clock';

export interface QueuePlan extends Ordering {
  /** Time of day by which everything should be there, "08:00"; null: whenever. */
  readonly deadline: string | null;
  /** So often a take that fails its checks is made again with another seed. */
  readonly retriesOfFailedChecks: number;
  /** Begin nothing while a host says that it plays or exports. */
  readonly pauseWhilePremiereWorks: boolean;
}

export const PLAIN_PLAN: QueuePlan = {
  by: 'submitted',
  previewsFirst: false,
  deadline: null,
  retriesOfFailedChecks: 0,
  pauseWhilePremiereWorks: true,
};

/** What the world around the queue allows. */
export interface Conditions {
  /**
   * What keeps jobs from being begun at this moment (milliseconds since 1970): a night window, a battery, a full disk. Asked often, so
   * it answers from what is known already. `work`: what waits.
   */
  holds(at: number, work: readonly WorkGroup[]): readonly Hold[];
  readonly wall: WallClock;
}

export const ALWAYS: Conditions = { holds: () => [], wall: wallClock() };
