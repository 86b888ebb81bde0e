/** What is being rendered at this moment, and how the machine bears it. */
import { ProgressBar } from '@adobe/react-spectrum';
import type { JobRow, Progress } from '../../../../shared/protocol';
import { nowEndpoint, queueEndpoint } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { Holds } from '../../lib/holds';
import { ProblemBox } from '../../lib/problem-box';
import { useProgress, useQueue } from '../../lib/queue-context';
import { useCall } from '../../lib/use-call';
import { stageText, useWords } from '../../lib/use-words';
import { LiveFrame } from './live-frame';
import { MachineLoad } from './machine-load';

const EVERY_MS = 1_000;

export function NowPage() {
  const t = useWords();
  const { rows, loaded } = useQueue();
  const progress = useProgress();
  const now = useCall(nowEndpoint, {}, { everyMs: EVERY_MS });
  const queue = useCall(queueEndpoint, {}, { everyMs: 3 * EVERY_MS });
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
            <Current row={current} glimpse={progress.get(current.spec.id)} />
          </>
        ) : (
          loaded && <p>{t(waiting === 0 && rows.length === 0 ? queueWords.nothingYet : queueWords.nothingNow)}</p>
        )}
        {waiting > 0 && <p>{t(queueWords.waiting, { n: waiting })}</p>}
        {queue.data && <Holds holds={queue.data.holds} />}
        {now.problem && !now.data && <ProblemBox problem={now.problem} />}
      </section>
      {now.data && <MachineLoad machine={now.data.machine} />}
    </div>
  );
}

function Current({ row, glimpse }: { readonly row: JobRow; readonly glimpse: Progress | undefined }) {
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
        {...(glimpse && glimpse.of > 0 ? { value: glimpse.done, maxValue: glimpse.of } : { isIndeterminate: true })}
        width="100%"
        marginBottom="size-100"
      />
      <p>
        {t(queueWords.shotLeft, {
          range: glimpse?.secondsLeft ? format.left(glimpse.secondsLeft) : t(queueWords.notMeasured),
        })}
      </p>
      {glimpse?.queueSecondsLeft && (
        <p>{t(queueWords.allLeft, { range: format.doneAt(glimpse.queueSecondsLeft, Date.now()) })}</p>
      )}
    </>
  );
}
