/** What keeps jobs from being begun at a moment, from settings and from what is known of the machine. Pure. */
import { problem } from '../../../shared/problem';
import type { Hold, HoldKind, Settings } from '../../../shared/protocol';
import type { WallClock, WorkGroup } from '../../queue';
import { isInside, nextTime } from '../../queue';
import { diskForOne, memoryForOne } from './needs';

/** The machine as it was last looked at. Null: not known, nothing is held back for it. */
export interface Reading {
  readonly onBattery: boolean | null;
  readonly celsius: number | null;
  readonly idleSeconds: number | null;
  readonly freeDisk: number | null;
  readonly freeMemory: number | null;
  /** Still too hot to go on although a little under the limit. */
  readonly cooling: boolean;
  /** Memory has been short for so long that waiting does not help. */
  readonly memoryWaitedFor: boolean;
}

export const UNKNOWN: Reading = {
  onBattery: null,
  celsius: null,
  idleSeconds: null,
  freeDisk: null,
  freeMemory: null,
  cooling: false,
  memoryWaitedFor: false,
};

/** Degrees below the limit at which jobs are begun again. */
export const COOL_BY = 5;

const safe = 'A shot that is being rendered goes on; the others keep their places.';

function hold(kind: HoldKind, message: string, action: string, until?: number): Hold {
  const told = problem({ code: kind === 'disk' ? 'disk-full' : 'busy', message, safe, action, retry: true });
  return { kind, problem: told, ...(until !== undefined && { until }) };
}

/** @param at milliseconds since 1970 */
export function nightHolds(
  night: Settings['night'],
  reading: Reading,
  at: number,
  wall: WallClock,
  work: readonly WorkGroup[],
): Hold[] {
  const holds: Hold[] = [];
  const { window } = night;
  if (window && !isInside(window, at, wall)) {
    const until = nextTime(at, window.from, wall);
    holds.push(
      hold('window', `Shots are begun from ${window.from} to ${window.to}.`, 'Wait, or change the hours.', until),
    );
  }
  if (night.pauseOnBattery && reading.onBattery === true)
    holds.push(hold('battery', 'The machine runs on its battery.', 'Plug it in.'));
  const quiet = night.pauseWhileInUseMinutes * 60;
  if (quiet > 0 && reading.idleSeconds !== null && reading.idleSeconds < quiet) {
    const until = at + (quiet - reading.idleSeconds) * 1000;
    const message = `Somebody is working on this machine; shots are begun after ${night.pauseWhileInUseMinutes} quiet minutes.`;
    holds.push(hold('in-use', message, 'Leave the machine alone, or change the setting.', until));
  }
  const limit = night.pauseAboveCelsius;
  if (limit !== null && reading.celsius !== null && (reading.celsius > limit || reading.cooling)) {
    const message = `The machine is at ${Math.round(reading.celsius)} °C; ${limit} °C are allowed.`;
    holds.push(hold('hot', message, 'Let it cool; see that its fans are free.'));
  }
  if (work.length > 0) holds.push(...roomHolds(reading, work));
  return holds;
}

function roomHolds({ freeDisk, freeMemory, memoryWaitedFor }: Reading, work: readonly WorkGroup[]): Hold[] {
  const holds: Hold[] = [];
  if (freeDisk !== null && freeDisk < diskForOne(work)) {
    const message = `The disk with the companion’s folder has ${(freeDisk / 1e9).toFixed(2)} GB left, too little for the next shots.`;
    holds.push(hold('disk', message, 'Make room on that disk.'));
  }
  if (freeMemory !== null && freeMemory < memoryForOne(work) && !memoryWaitedFor) {
    const message = `Only ${(freeMemory / 1e9).toFixed(2)} GB of memory are free.`;
    holds.push(
      hold('memory', message, 'Close programs that are not needed. Rendering is tried in some minutes all the same.'),
    );
  }
  return holds;
}
