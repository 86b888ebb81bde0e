/** The automatic checks of a take, from the finished file. */
import type { ClipFacts, Picture } from '../media';
import type { Shot } from '../../shared/shot';
import type { Check } from './check';
import { containerChecks, type Ordered } from './container-checks';
import { pictureChecks, type Sample } from './picture-checks';

export interface TakeToCheck {
  /** What ffprobe found. */
  readonly clip: ClipFacts;
  readonly ordered: Ordered;
  /** With the moves that were really animated. */
  readonly shot: Shot;
  readonly samples: readonly Sample[];
  readonly firstBoard: Picture;
}

/** Checks that must hold before a take may be called rendered at all. */
const INDISPENSABLE: ReadonlySet<string> = new Set(['frames', 'size', 'rate', 'codec']);

/** All checks, passed and failed. A failed one flags the take; see `unusable` for those that refuse it. */
export async function checkTake(take: TakeToCheck): Promise<Check[]> {
  return [
    ...containerChecks(take.clip, take.ordered),
    ...(await pictureChecks(take.shot, take.samples, take.firstBoard)),
  ];
}

/** The failed checks without which the clip cannot go onto a timeline: wrong length, size, rate or codec. */
export function unusable(checks: readonly Check[]): Check[] {
  return checks.filter((check) => !check.ok && INDISPENSABLE.has(check.name));
}
