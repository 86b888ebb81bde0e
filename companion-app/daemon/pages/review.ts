/** Notes are facts like verdicts: written once, the newest of a take holds. */
import { stat } from 'node:fs/promises';
import { InbetweenError } from '../../../shared/problem';
import type { TakeNote } from '../../../shared/protocol';
import type { ReviewPort } from '../../gateway/api/review';
import { aboutJob } from '../../queue';
import type { PageParts } from './parts';

export function reviewPort({ queue, clock }: Pick<PageParts, 'queue' | 'clock'>): ReviewPort {
  const notes = (sequenceId: string): TakeNote[] => {
    const newest = new Map<string, TakeNote>();
    for (const fact of queue.facts({ kinds: ['note'] })) {
      if (fact.kind !== 'note' || fact.about.sequenceId !== sequenceId) continue;
      newest.set(fact.jobId, { jobId: fact.jobId, at: fact.at, text: fact.text });
    }
    return [...newest.values()].filter(({ text }) => text !== '');
  };
  return {
    notes,
    note(jobId, text) {
      const row = queue.find(jobId);
      if (!row) {
        throw new InbetweenError({
          code: 'not-found',
          message: 'This take is no longer here.',
          safe: 'Nothing was changed.',
          action: 'Load the page again.',
        });
      }
      queue.addFacts([{ kind: 'note', at: clock.now(), jobId, about: aboutJob(row), text }]);
      return notes(row.spec.sequence.sequenceId);
    },
    async checkPicture(jobId, n) {
      const file = queue.find(jobId)?.take?.checks[n]?.picture;
      if (file === undefined) return null;
      return stat(file).then(
        (facts) => (facts.isFile() ? file : null),
        () => null,
      );
    },
  };
}
