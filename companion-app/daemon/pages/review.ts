/** Notes are facts like verdicts: written once, the newest of a take holds. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import type { TakeNote } from '../../../shared/protocol';
import type { ReviewPort } from '../../gateway/api/review';
import { aboutJob } from '../../queue';
import type { PageParts } from './parts';
import type { SmallBoards } from './small-boards';

const SIDE = 960;

export function reviewPort(
  { queue, clock, layout }: Pick<PageParts, 'queue' | 'clock' | 'layout'>,
  small: Pick<SmallBoards, 'of'>,
): ReviewPort {
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
    board: (sha256) => small.of(path.join(layout.boards, sha256), SIDE).catch(() => null),
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
