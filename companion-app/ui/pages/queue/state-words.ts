import type { JobState } from '../../../../shared/protocol';
import { queueWords, type Entry } from '../../../../shared/words';

/** What each state is called. */
export const STATE_WORDS: Readonly<Record<JobState, Entry>> = {
  queued: queueWords.queued,
  rendering: queueWords.rendering,
  rendered: queueWords.rendered,
  delivered: queueWords.delivered,
  placed: queueWords.placed,
  failed: queueWords.failed,
  cancelled: queueWords.cancelled,
};
