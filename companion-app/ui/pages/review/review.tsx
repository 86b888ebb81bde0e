/** One sequence under review: player, takes, verdicts, checks; all by keys, mouse and touch. */
import { ActionButton, DialogContainer } from '@adobe/react-spectrum';
import { useCallback, useEffect, useRef, useState } from 'react';
import { noteEndpoint, notesEndpoint } from '../../../../shared/protocol';
import { reviewWords } from '../../../../shared/words';
import { call } from '../../lib/api';
import { ProblemBox } from '../../lib/problem-box';
import { useQueue } from '../../lib/queue-context';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { bestTake, type CutSequence, type CutShot } from './cut/cut';
import { Controls } from './player/controls';
import { Screen } from './player/screen';
import { useClips } from './player/use-clips';
import { useTransport } from './player/use-transport';
import { Sheet } from './sheet';
import { SoundChoice } from './sound-choice';
import { Checks } from './takes/checks';
import { KeysDialog, NoteDialog, RejectDialog } from './takes/dialogs';
import { Takes, Verdict } from './takes/takes';
import { useKeys } from './use-keys';
import { useReviewTime } from './use-review-time';

/** Keys that mean something while the contact sheet is shown: nothing plays there. */
const ON_SHEET: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'a', 'x', 'n', 'c', '?']);

interface ReviewProps {
  readonly sequence: CutSequence;
  /** The shot to begin with. */
  readonly shotName: string | undefined;
}

export function Review({ sequence: { id: sequenceId, name, shots }, shotName }: ReviewProps) {
  const t = useWords();
  const { ask } = useQueue();
  const act = useAct();
  const notes = useCall(notesEndpoint, { sequenceId });
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [sheet, setSheet] = useState(false);
  const [asking, setAsking] = useState<'reject' | 'note' | 'keys' | null>(null);
  const video = useRef<HTMLVideoElement | null>(null);
  const sound = useRef<HTMLAudioElement | null>(null);

  const takeOf = useCallback(
    (shot: CutShot) => shot.takes.find(({ spec }) => spec.id === chosen.get(shot.key)) ?? bestTake(shot),
    [chosen],
  );
  const [near, setNear] = useState(() =>
    Math.max(
      0,
      shots.findIndex((shot) => shot.name === shotName),
    ),
  );
  const wanted = [near - 1, near, near + 1].flatMap((i) => {
    const shot = shots[i];
    const row = shot && takeOf(shot);
    return row?.take?.proxy === undefined ? [] : [row.spec.id];
  });
  const clips = useClips(wanted);
  const here = shots[near];
  const hereTake = here && takeOf(here);
  const loading = hereTake?.take?.proxy !== undefined && !clips.has(hereTake.spec.id);
  const transport = useTransport(shots, { video, sound, loading }, near);
  const { index, frame, speed, press, goTo, step, attach } = transport;
  useEffect(() => setNear(index), [index]);
  useEffect(() => {
    const at = shots.findIndex((shot) => shot.name === shotName);
    if (at >= 0) goTo(at);
    // Only another address moves the place.
  }, [shotName, goTo]);

  const shot = shots[index];
  const take = shot && takeOf(shot);
  const jobId = take?.spec.id;
  useReviewTime(sheet ? undefined : jobId, speed !== 0);
  const note = notes.data?.notes.find((each) => each.jobId === jobId)?.text ?? '';

  const say = (verdict: 'approved' | 'rejected' | 'none', reason?: string): void => {
    if (jobId === undefined) return;
    act.run(async () => {
      await ask(
        { type: 'verdict', jobId, verdict, by: 'page', ...(reason !== undefined && { reason }) },
        'verdict-ack',
      );
    });
  };
  /** The same verdict again takes it back. */
  const approve = (): void => say(take?.verdict?.verdict === 'approved' ? 'none' : 'approved');
  const choose = (id: string): void => {
    if (shot) setChosen(new Map(chosen).set(shot.key, id));
  };
  const annotate = (text: string): void => {
    if (jobId !== undefined) act.run(async () => notes.set(await call(noteEndpoint, { jobId, text })));
  };
  const open = (dialog: 'reject' | 'note' | 'keys'): void => {
    press('k');
    setAsking(dialog);
  };
  const toFrame = (to: number): void => {
    press('k');
    goTo(index, to);
  };
  const turn = (): void => {
    press('k');
    setSheet((is) => !is);
  };
  const acts: Readonly<Record<string, () => void>> = {
    j: () => press('j'),
    k: () => press('k'),
    l: () => press('l'),
    ' ': () => press('space'),
    ArrowLeft: () => goTo(index - 1),
    ArrowRight: () => goTo(index + 1),
    ',': () => step(-1),
    '.': () => step(1),
    a: () => take && approve(),
    x: () => take && open('reject'),
    n: () => take && open('note'),
    c: turn,
    '?': () => open('keys'),
  };
  useKeys((key) => {
    if (sheet && !ON_SHEET.has(key)) return false;
    const nth = /^[1-9]$/.test(key) ? shot?.takes[Number(key) - 1] : undefined;
    if (nth) choose(nth.spec.id);
    else acts[key]?.();
    return nth !== undefined || key in acts;
  }, asking === null);

  if (!shot) return null;
  return (
    <div className="review">
      <div className="row">
        <span className="sequence-name">{name}</span>
        <ActionButton onPress={turn}>{t(sheet ? reviewWords.player : reviewWords.sheet)}</ActionButton>
        <SoundChoice sequenceId={sequenceId} player={sound} />
        <ActionButton onPress={() => open('keys')}>? {t(reviewWords.keys)}</ActionButton>
      </div>
      {act.problem && <ProblemBox problem={act.problem} />}
      {sheet ? (
        <Sheet
          shots={shots}
          takeOf={takeOf}
          current={index}
          open={(at) => {
            setSheet(false);
            goTo(at);
          }}
        />
      ) : (
        <div className="cut">
          <div className="stage">
            <Screen shot={shot} take={take} frame={frame} clips={clips} attach={attach} />
            <Controls shot={shot} count={shots.length} transport={transport} />
          </div>
          <div className="beside-stage">
            <h2>{shot.name}</h2>
            {shot.notes !== '' && (
              <p className="words">
                <b>{t(reviewWords.boardNote)}:</b> {shot.notes}
              </p>
            )}
            <Verdict
              take={take}
              note={note}
              approve={approve}
              reject={() => open('reject')}
              annotate={() => open('note')}
            />
            <Takes shot={shot} chosen={take} choose={choose} />
            {take && <Checks take={take} toFrame={toFrame} />}
          </div>
        </div>
      )}
      <DialogContainer onDismiss={() => setAsking(null)}>
        {asking === 'reject' && take && <RejectDialog take={take} done={(reason) => say('rejected', reason)} />}
        {asking === 'note' && take && <NoteDialog take={take} note={note} done={annotate} />}
        {asking === 'keys' && <KeysDialog />}
      </DialogContainer>
    </div>
  );
}
