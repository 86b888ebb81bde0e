/** Knows at a start whether the last run ended as it should. */
import type { JobStore } from '../../queue';

const RUNNING = 'running';

/** Notes that the companion runs; true when the run before never noted its end. */
export function crashedBefore(store: Pick<JobStore, 'setting' | 'setSetting'>): boolean {
  const crashed = store.setting(RUNNING) === 'yes';
  store.setSetting(RUNNING, 'yes');
  return crashed;
}

/** Notes an orderly end. */
export function endedWell(store: Pick<JobStore, 'setSetting'>): void {
  store.setSetting(RUNNING, 'no');
}
