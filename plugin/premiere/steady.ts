/** Reading while the artist edits: handles die under a reader, who then simply looks again. */
import { InbetweenError } from '../../shared/problem';
import { hostFailed } from './problems';

const PAUSES = [50, 200, 500];

/**
 * Runs a reading task; when the host throws ("The script object is no longer valid"), waits a little and reads afresh.
 * InbetweenErrors pass through at once. Throws host-unavailable after the last try. `what` completes "Premiere could not …".
 */
export async function steadily<T>(
  wait: (ms: number) => Promise<void>,
  what: string,
  task: () => Promise<T>,
): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await task();
    } catch (thrown) {
      if (thrown instanceof InbetweenError) throw thrown;
      await wait(pause);
    }
  }
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof InbetweenError) throw thrown;
    throw hostFailed(what, thrown instanceof Error ? thrown.message : String(thrown));
  }
}
