/** What is being rendered at this moment, and how the machine bears it. */
import { ProgressBar } from '@adobe/react-spectrum';
import type { z } from 'zod';
import type { Hold, JobRow, Progress } from '../../../../shared/protocol';
import { nightEndpoint, nowEndpoint } from '../../../../shared/protocol';
import { nightWords, queueWords } from '../../../../shared/words';
import { useFormat, type Format } from '../../lib/format';
import { Holds, Warnings } from '../../lib/holds';
import { hrefOf } from '../../lib/hash';
import { ProblemBox } from '../../lib/problem-box';
import { useProgress, useQueue } from '../../lib/queue-context';
import { useCall } from '../../lib/use-call';
import { stageText, useWords, type Say } from '../../lib/use-words';
import { Happened } from '../night/happened';
import { LiveFrame } from './live-frame';
import { MachineLoad } from './machine-load';

const EVERY_MS = 1_000;

export function NowPage() {
  const t = useWords();
  const { rows, loaded } = useQueue();
  const progress = useProgress();
  const now = useCall(nowEndpoint, {}, { everyMs: EVERY_MS });
  const night = useCall(nightEndpoint, {}, { everyMs: 3 * EVERY_MS });
  const current = rows.find(({ state }) => state === 'rendering');
  const waiting = rows.filter(({ state }) => state === 'queued').length;
  const frame = now.data?.frame;
  return (
    <div className="now">
      <section className="now-shot">
        {current ? (
          <>
            <LiveFrame
              shot={current.spec.shot.name}
              size={current.spec.shot.size}
              number={frame?.jobId === current.spec.id ? frame.number : null}
            />
            <Current
              row={current}
              glimpse={progress.get(current.spec.id)}
              holds={waiting > 0 ? (night.data?.holds ?? []) : []}
            />
          </>
        ) : (
          loaded && <p>{t(waiting === 0 && rows.length === 0 ? queueWords.nothingYet : queueWords.nothingNow)}</p>
        )}
        {waiting > 0 && <p>{t(queueWords.waiting, { n: waiting })}</p>}
        {night.data && <Night night={night.data} />}
        {now.problem && !now.data && <ProblemBox problem={now.problem} />}
      </section>
      {now.data && <MachineLoad machine={now.data.machine} />}
    </div>
  );
}

interface CurrentProps {
  readonly row: JobRow;
  readonly glimpse: Progress | undefined;
  /** What keeps the shots behind it. */
  readonly holds: readonly Hold[];
}

function Current({ row, glimpse, holds }: CurrentProps) {
  const t = useWords();
  const format = useFormat();
  const { shot, sequence, take, quality } = row.spec;
  return (
    <>
      <h2 className="now-name">
        {shot.name} <span className="quiet">{sequence.name}</span>
      </h2>
      <p className="quiet">
        {t(queueWords.takeAndFrames, { take, frames: shot.frames })}
        {quality === 'preview' && ` · ${t(queueWords.preview)}`}
      </p>
      <ProgressBar
        label={glimpse ? stageText(t, glimpse.stage) : t(queueWords.rendering)}
        aria-label={t(queueWords.progressOf, { shot: shot.name })}
        {...(glimpse && glimpse.of > 0
          ? {
              value: glimpse.done,
              maxValue: glimpse.of,
              valueLabel: howFar(t, format, glimpse),
            }
          : { isIndeterminate: true })}
        width="100%"
        marginBottom="size-100"
      />
      <p>
        {t(queueWords.shotLeft, {
          range: glimpse?.secondsLeft ? format.left(glimpse.secondsLeft) : t(queueWords.notMeasured),
        })}
      </p>
      {glimpse?.queueSecondsLeft && (
        <p>{t(queueWords.allLeft, { range: format.doneAfter(glimpse.queueSecondsLeft, holds, Date.now()) })}</p>
      )}
    </>
  );
}

/** The stage's own count, where it has one, and the part of the whole. */
function howFar(t: Say, format: Format, { done, of, step }: Progress): string {
  const percent = format.percent(done / of);
  if (!step) return percent;
  return t(queueWords.stepOf, { n: format.number(step.n), all: format.number(step.of), percent });
}

/** Of what the night did, so much is shown here. */
const NEWEST = 3;

function Night({ night: { holds, warnings, notices } }: { readonly night: z.output<typeof nightEndpoint.output> }) {
  const t = useWords();
  return (
    <>
      <Holds holds={holds} />
      <Warnings warnings={warnings} />
      {notices.length > 0 && (
        <section aria-label={t(nightWords.happened)}>
          <h2>{t(nightWords.happened)}</h2>
          <Happened notices={notices} most={NEWEST} />
          {notices.length > NEWEST && (
            <p>
              <a href={hrefOf('night')}>{t(nightWords.allOfIt)}</a>
            </p>
          )}
        </section>
      )}
    </>
  );
}
