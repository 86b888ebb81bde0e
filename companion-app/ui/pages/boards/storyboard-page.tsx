/** One storyboard: its boards with their timing and words, what to know about it, what to do with it. */
import { ProgressCircle } from '@adobe/react-spectrum';
import { useEffect } from 'react';
import { readStoryboardEndpoint, storyboardEndpoint, type StoryboardView } from '../../../../shared/protocol';
import { formatRate, framesToSeconds, type Sheets as SheetsWish } from '../../../../shared/shot';
import { boardsWords, readingTold, shell } from '../../../../shared/words';
import { call } from '../../lib/api';
import { useFormat } from '../../lib/format';
import { hrefOf } from '../../lib/hash';
import { useLanguage } from '../../lib/preferences';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { SheetsChoice } from './sheets-choice';
import { ShotCard } from './shot-card';
import { StoryboardActs } from './storyboard-acts';

export function StoryboardPage({ id }: { readonly id: string }) {
  const t = useWords();
  const { data, problem, again } = useCall(storyboardEndpoint, { id });
  return (
    <div className="boards">
      <p>
        <a href={hrefOf('boards')}>{t(boardsWords.back)}</a>
      </p>
      {problem && <ProblemBox problem={problem} act={{ label: t(shell.tryAgain), press: again }} />}
      {!data && !problem && <p>{t(shell.loading)}</p>}
      {data && <Shown storyboard={data} again={again} />}
    </div>
  );
}

function Shown({ storyboard, again }: { readonly storyboard: StoryboardView; readonly again: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const { id, name, state, problem, read } = storyboard;
  return (
    <>
      <h2 className="board-name">{name}</h2>
      {problem && <ProblemBox problem={problem} />}
      {state === 'receiving' && <p>{t(boardsWords.receiving)}</p>}
      {state === 'reading' && <Waiting id={id} done={again} />}
      {read && (
        <>
          <Facts storyboard={storyboard} read={read} />
          <Sheets storyboard={storyboard} again={again} />
          <StoryboardActs storyboard={storyboard} changed={again} />
          {read.warnings.length > 0 && (
            <details className="board-warnings">
              <summary>{t(boardsWords.warnings, { n: read.warnings.length })}</summary>
              <ul>
                {read.warnings.map((warning, i) => (
                  <li key={i}>{readingTold(language, warning)}</li>
                ))}
              </ul>
            </details>
          )}
          <ul className="shot-cards">
            {read.shots.map((shot, i) => (
              <ShotCard key={i} id={id} shot={shot} rate={read.rate} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Another wish for its sheets has it read anew. */
function Sheets({
  storyboard: { id, sheets },
  again,
}: {
  readonly storyboard: StoryboardView;
  readonly again: () => void;
}) {
  const act = useAct();
  const choose = (wish: SheetsWish): void =>
    act.run(async () => {
      await call(readStoryboardEndpoint, { id, sheets: wish });
      again();
    });
  return (
    <>
      <SheetsChoice chosen={sheets} choose={choose} busy={act.busy} />
      {act.problem && <ProblemBox problem={act.problem} />}
    </>
  );
}

interface FactsProps {
  readonly storyboard: StoryboardView;
  readonly read: NonNullable<StoryboardView['read']>;
}

function Facts({ storyboard: { shots, boards }, read }: FactsProps) {
  const t = useWords();
  const format = useFormat();
  const last = read.shots.at(-1);
  const seconds = last ? framesToSeconds(last.startFrame + last.frames, read.rate) : 0;
  const { width, height } = read.size;
  const rate = formatRate(read.rate);
  return (
    <p className="quiet">
      {t(boardsWords.size, { shots, boards })}
      {' · '}
      {t(boardsWords.facts, { rate, width: String(width), height: String(height), length: format.duration(seconds) })}
      {read.dropFrame && ` · ${t(boardsWords.dropFrame)}`}
    </p>
  );
}

/** Looks every second whether it is read, and says so. */
function Waiting({ id, done }: { readonly id: string; readonly done: () => void }) {
  const t = useWords();
  const { data } = useCall(storyboardEndpoint, { id }, { everyMs: 1_000 });
  const isRead = data !== undefined && data.state !== 'reading';
  useEffect(() => {
    if (isRead) done();
  }, [isRead, done]);
  return (
    <p className="row" role="status">
      <ProgressCircle isIndeterminate size="S" aria-label={t(boardsWords.reading)} /> {t(boardsWords.reading)}
    </p>
  );
}
