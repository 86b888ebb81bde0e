/** What can be done with a storyboard that is read, and how the last of it ended. */
import { Button } from '@adobe/react-spectrum';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import {
  animateStoryboardEndpoint,
  wantSequenceEndpoint,
  type JobSpec,
  type ShotToMake,
  type StoryboardView,
} from '../../../../shared/protocol';
import { boardsWords, common, problemLine } from '../../../../shared/words';
import { call } from '../../lib/api';
import { Estimate } from '../../lib/estimate/estimate';
import { goTo } from '../../lib/hash';
import { AUTOMATIC, MakingFields, wordsOf } from '../../lib/making';
import { useLanguage } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useWords } from '../../lib/use-words';

export interface StoryboardActsProps {
  readonly storyboard: StoryboardView;
  readonly changed: () => void;
}

export function StoryboardActs({ storyboard: { id, wanted, read }, changed }: StoryboardActsProps) {
  const t = useWords();
  const language = useLanguage();
  const act = useAct();
  const [making, setMaking] = useState(AUTOMATIC);
  const [queued, setQueued] = useState<z.output<typeof animateStoryboardEndpoint.output>>();
  const animate = (): void => {
    const { prompt: _ofShots, ...words } = wordsOf(making);
    act.run(async () => setQueued(await call(animateStoryboardEndpoint, { id, engine: making.engine, ...words })));
  };
  const shots = useMemo(() => (read ? toMake(read, making.engine) : []), [read, making.engine]);
  const want = (wish: boolean): void =>
    act.run(async () => {
      await call(wantSequenceEndpoint, { id, wanted: wish });
      changed();
    });
  return (
    <>
      <MakingFields making={making} change={setMaking} />
      {shots.length > 0 && <Estimate title={t(common.shots, { n: shots.length })} shots={shots} />}
      <div className="row">
        <Button variant="accent" isDisabled={act.busy} onPress={animate}>
          {t(boardsWords.animate)}
        </Button>
        <Button variant="secondary" isDisabled={act.busy} onPress={() => want(!wanted)}>
          {t(wanted ? boardsWords.noLonger : boardsWords.makeSequence)}
        </Button>
      </div>
      <div role="status">
        {wanted && <p className="board-notice">{t(boardsWords.waitsForPanel)}</p>}
        {queued && (
          <div className="board-notice row">
            <span>{t(boardsWords.queued, { n: queued.submitted, known: queued.known })}</span>
            <Button variant="primary" onPress={() => goTo('queue')}>
              {t(boardsWords.showQueue)}
            </Button>
          </div>
        )}
      </div>
      {queued && queued.refused.length > 0 && (
        <>
          <h2>{t(boardsWords.leftOut)}</h2>
          <ul>
            {queued.refused.map(({ shot, problem }) => (
              <li key={shot}>
                <strong>{shot}</strong>: {problemLine(language, problem)}
              </li>
            ))}
          </ul>
        </>
      )}
      {act.problem && <ProblemBox problem={act.problem} />}
    </>
  );
}

/** The shots that can be made, as they would be. */
function toMake({ shots, size, rate }: NonNullable<StoryboardView['read']>, engine: JobSpec['engine']): ShotToMake[] {
  return shots
    .filter(({ problem }) => problem === undefined)
    .map(({ frames, boards }) => ({ engine, size, rate, frames, boards: boards.length }));
}
