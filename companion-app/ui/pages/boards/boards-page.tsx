/** Storyboards: dropped here, listed, opened. */
import './boards.css';
import { ActionButton, AlertDialog, DialogContainer, ProgressBar } from '@adobe/react-spectrum';
import { useState } from 'react';
import { removeStoryboardEndpoint, storyboardsEndpoint, type StoryboardEntry } from '../../../../shared/protocol';
import type { Sheets } from '../../../../shared/shot';
import { boardsWords, shell } from '../../../../shared/words';
import { call } from '../../lib/api';
import { useFormat } from '../../lib/format';
import { goTo, type Place } from '../../lib/hash';
import { ProblemBox } from '../../lib/problem-box';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { DropArea } from './drop-area';
import { RateChoice, wishOf } from './rate-choice';
import { SheetsChoice } from './sheets-choice';
import { StoryboardPage } from './storyboard-page';
import { StoryboardRow } from './storyboard-row';
import { useSending, type Sending } from './use-sending';

export function BoardsPage({ place }: { readonly place: Place }) {
  const [id] = place.rest;
  return id === undefined ? <AllBoards /> : <StoryboardPage key={id} id={id} />;
}

function AllBoards() {
  const t = useWords();
  const { data, problem, set, again } = useCall(storyboardsEndpoint, {}, { everyMs: 2_000 });
  const [rate, setRate] = useState('own');
  const [sheets, setSheets] = useState<Sheets>('auto');
  const sending = useSending({ ...wishOf(rate), ...(sheets === 'auto' ? {} : { sheets }) }, (id) => goTo('boards', id));
  const act = useAct();
  const [leaving, setLeaving] = useState<StoryboardEntry | null>(null);
  const remove = (id: string): void => act.run(async () => set(await call(removeStoryboardEndpoint, { id })));
  return (
    <div className="boards">
      <div className="row">
        <RateChoice chosen={rate} choose={setRate} />
        <SheetsChoice chosen={sheets} choose={setSheets} />
      </div>
      <DropArea busy={sending.now !== null} take={sending.take} />
      <OnItsWay sending={sending} />
      {act.problem && <ProblemBox problem={act.problem} />}
      {problem && <ProblemBox problem={problem} act={{ label: t(shell.tryAgain), press: again }} />}
      {!data && !problem && <p>{t(shell.loading)}</p>}
      {data?.imports.length === 0 && <p>{t(boardsWords.none)}</p>}
      <ul className="storyboards">
        {data?.imports.map((entry) => (
          <StoryboardRow key={entry.id} entry={entry} remove={() => setLeaving(entry)} />
        ))}
      </ul>
      <DialogContainer onDismiss={() => setLeaving(null)}>
        {leaving && (
          <AlertDialog
            variant="destructive"
            title={t(boardsWords.removeTitle, { name: leaving.name })}
            primaryActionLabel={t(boardsWords.remove)}
            cancelLabel={t(boardsWords.keep)}
            onPrimaryAction={() => remove(leaving.id)}
          >
            {t(boardsWords.removeText)}
          </AlertDialog>
        )}
      </DialogContainer>
    </div>
  );
}

/** Names of files in a sentence: the first few tell. */
const SOME = 5;

function OnItsWay({ sending: { now, left, problem, stop } }: { readonly sending: Sending }) {
  const t = useWords();
  const format = useFormat();
  const names = left.slice(0, SOME).join(', ') + (left.length > SOME ? ', …' : '');
  return (
    <>
      {now && (
        <div className="row spread">
          <div className="long">
            <ProgressBar
              label={t(boardsWords.sending, { name: now.name })}
              valueLabel={`${format.bytes(now.bytes)} / ${format.bytes(now.of)}`}
              value={now.bytes}
              maxValue={Math.max(1, now.of)}
              width="100%"
            />
          </div>
          <ActionButton onPress={stop}>{t(boardsWords.stop)}</ActionButton>
        </div>
      )}
      {problem && <ProblemBox problem={problem} />}
      {left.length > 0 && <p className="board-notice">{t(boardsWords.leftFiles, { n: left.length, names })}</p>}
    </>
  );
}
