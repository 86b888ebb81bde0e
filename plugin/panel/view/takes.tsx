/** The takes of a shot: a strip to choose from, and what can be done with the chosen one. */
import { useState, type ReactElement } from 'react';
import { labelWords, panel as words, takeStateWords } from '../../../shared/words';
import { takePicture, type ShotRow } from '../state/rows';
import type { TakeView } from '../state/takes';
import { useDesk, useProblemLine, useWords } from './context';
import { Picture } from './picture';
import { Player } from './player';
import { ActionButton, Body, Button, TextField } from './widgets';

export function Takes({ row }: { readonly row: ShotRow }): ReactElement | null {
  const say = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const { takes } = row;
  const take =
    takes.find(({ jobId }) => jobId === chosen) ?? takes.find(({ inUse }) => inUse) ?? takes[takes.length - 1];
  if (!take) return null;
  return (
    <div>
      <div className="strip" role="group" aria-label={say(words.takes)}>
        {takes.map((each) => (
          <TakeCard
            key={each.jobId}
            take={each}
            board={row.pictures[0]}
            chosen={each.jobId === take.jobId}
            onChoose={() => setChosen(each.jobId)}
          />
        ))}
      </div>
      <TakeDesk key={take.jobId} take={take} row={row} />
    </div>
  );
}

/** "Take 2", and what there is to say of it, a line each. */
function useTakeTexts(): (take: TakeView) => { readonly name: string; readonly about: readonly string[] } {
  const say = useWords();
  return (take) => ({
    name: say(take.quality === 'preview' ? words.previewN : words.takeN, { n: take.take }),
    about: [
      take.inUse ? say(words.inUse) : say(take.state === 'on-timeline' ? words.hiddenTake : takeStateWords[take.state]),
      ...(take.standIn === undefined ? [] : [say(words.previewThere)]),
      ...(take.handles ? [say(words.handlesOf, { ...take.handles })] : []),
      ...(take.label === 'open' ? [] : [say(labelWords[take.label])]),
    ],
  });
}

interface CardProps {
  readonly take: TakeView;
  /** Picture of its board, until it has one of its own. */
  readonly board: string | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function TakeCard({ take, board, chosen, onChoose }: CardProps): ReactElement {
  const { name, about } = useTakeTexts()(take);
  return (
    <div className={`take ${take.label}${chosen ? ' chosen' : ''}`} data-job={take.jobId}>
      <Picture
        className={take.pictures > 0 ? 'take-picture' : 'take-picture to-come'}
        keys={
          take.pictures > 0
            ? [takePicture(take.jobId, 1), takePicture(take.jobId, 0)]
            : board === undefined
              ? []
              : [board]
        }
        alt={name}
      />
      <ActionButton quiet plain pressed={chosen} text={name} onPress={onChoose} />
      {about.map((line) => (
        <span className="about" key={line}>
          {line}
        </span>
      ))}
    </div>
  );
}

function TakeDesk({ take, row }: { readonly take: TakeView; readonly row: ShotRow }): ReactElement {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  const [playing, setPlaying] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const finished = take.state === 'on-timeline' || take.state === 'away' || take.state === 'coming';
  const label = say(words.playing, { shot: row.name, n: take.take });
  const reject = (why: string): void => {
    setRejecting(false);
    desk.judge(take.jobId, 'rejected', why);
  };
  return (
    <div className="take-desk">
      {playing && take.pictures > 0 ? <Player take={take} label={label} /> : null}
      {take.problem && take.problem !== row.problem ? <Body className="error">{line(take.problem)}</Body> : null}
      {take.warnings.map((warning) => (
        <Body key={warning}>{warning}</Body>
      ))}
      {take.reason !== undefined && take.label === 'rejected' ? (
        <Body>{say(words.rejectedBecause, { reason: take.reason })}</Body>
      ) : null}
      <div className="wrap">
        {take.pictures > 0 ? (
          <ActionButton
            pressed={playing}
            text={say(playing ? words.stopPlaying : words.play)}
            onPress={() => setPlaying(!playing)}
          />
        ) : null}
        {take.state === 'on-timeline' ? (
          <ActionButton text={say(words.jump)} onPress={() => desk.jump(take.startFrame)} />
        ) : null}
        {take.state === 'on-timeline' && !take.inUse ? (
          <ActionButton text={say(words.use)} onPress={() => desk.use(take.jobId)} />
        ) : null}
        {take.state === 'away' ? (
          <ActionButton text={say(words.placeAgain)} onPress={() => desk.use(take.jobId)} />
        ) : null}
        {take.state === 'on-timeline' && row.takes.filter(({ state }) => state === 'on-timeline').length > 1 ? (
          <ActionButton text="A/B" label={`A/B: ${say(words.compare)}`} onPress={() => desk.compare(take.jobId)} />
        ) : null}
        {finished && take.quality === 'full' ? (
          <ActionButton
            pressed={take.label === 'approved'}
            text={say(words.approve)}
            onPress={() => desk.judge(take.jobId, take.label === 'approved' ? 'open' : 'approved')}
          />
        ) : null}
        {finished && take.quality === 'full' ? (
          <ActionButton
            pressed={take.label === 'rejected'}
            text={say(words.reject)}
            onPress={() => {
              if (take.label === 'rejected') desk.judge(take.jobId, 'open');
              else setRejecting(!rejecting);
            }}
          />
        ) : null}
        {take.state === 'failed' ? (
          <ActionButton text={say(words.retry)} onPress={() => desk.retry([take.jobId])} />
        ) : null}
        {take.state === 'queued' || take.state === 'rendering' ? (
          <ActionButton text={say(words.stop)} onPress={() => desk.stopAll([take.jobId])} />
        ) : null}
        {take.state === 'on-timeline' ? (
          <ActionButton
            text={say(words.takeOff)}
            label={`${say(words.takeOff)}. ${say(words.takeOffExplained)}`}
            onPress={() => desk.remove(take.jobId)}
          />
        ) : null}
        {['away', 'failed', 'stopped'].includes(take.state) ? (
          <ActionButton
            text={say(words.deleteTake)}
            label={`${say(words.deleteTake)}. ${say(words.deleteTakeExplained)}`}
            onPress={() => desk.deleteTake(take.jobId)}
          />
        ) : null}
      </div>
      {rejecting ? (
        <div className="line">
          <TextField
            label={say(words.why)}
            placeholder={say(words.why)}
            value={reason}
            onInput={setReason}
            onEnter={reject}
          />
          <Button text={say(words.reject)} onPress={() => reject(reason)} />
        </div>
      ) : null}
    </div>
  );
}
