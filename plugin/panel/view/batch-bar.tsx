/** How far the batch has come, when it will be done, and what to do about what failed. */
import type { ReactElement } from 'react';
import { clockText, panel as words, sendingWords } from '../../../shared/words';
import { batchOf } from '../state/batch';
import { useDesk, usePanel, useProblemLine, useWords } from './context';
import { Body, Button, ProgressBar } from './widgets';

export function BatchBar(): ReactElement | null {
  const say = useWords();
  const line = useProblemLine();
  const desk = useDesk();
  const jobs = usePanel((state) => state.jobs);
  const progress = usePanel((state) => state.progress);
  const now = usePanel((state) => state.now);
  const sending = usePanel((state) => state.sending);
  const waiting = usePanel((state) => state.waiting);
  const batch = batchOf(jobs.values(), progress, now);
  if (!batch && !sending && waiting.size === 0) return null;
  const under = batch?.under ?? [];
  const parts = batch
    ? [
        say(words.doneOf, { done: batch.done, of: batch.of }),
        ...(batch.end
          ? [
              say(words.doneAbout, {
                likely: clockText(batch.end.likely),
                low: clockText(batch.end.low),
                high: clockText(batch.end.high),
              }),
            ]
          : []),
        ...(batch.failed.length > 0 ? [say(words.failedCount, { n: batch.failed.length })] : []),
      ]
    : [];
  const [held] = waiting.values();
  return (
    <div className="batch" role="region" aria-label={say(words.batch)}>
      {sending ? (
        <Body>
          {say(words.sending, {
            shot: sending.shotName,
            n: sending.shot + 1,
            of: sending.of,
            what: say(sendingWords[sending.stage]),
          })}
        </Body>
      ) : null}
      {batch ? <span className="batch-text">{parts.join(' · ')}</span> : null}
      {batch && under.length > 0 ? <ProgressBar done={batch.done / batch.of} label={say(words.batch)} /> : null}
      {batch?.problem ? <Body className="error">{line(batch.problem)}</Body> : null}
      {held ? <Body className="error">{line(held)}</Body> : null}
      <div className="line">
        {batch && batch.failed.length > 0 ? (
          <Button
            variant="primary"
            text={say(words.retryFailed, { n: batch.failed.length })}
            onPress={() => desk.retry(batch.failed.map((row) => row.spec.id))}
          />
        ) : null}
        {batch && batch.failed.length > 0 ? (
          <Button text={say(words.showFailed)} onPress={() => desk.filter({ show: 'failed', text: '' })} />
        ) : null}
        {held ? <Button variant="primary" text={say(words.placeAgain)} onPress={desk.placeAgain} /> : null}
        {under.length > 0 || sending ? (
          <Button variant="warning" text={say(words.stop)} onPress={() => desk.stopAll(under)} />
        ) : null}
      </div>
    </div>
  );
}
