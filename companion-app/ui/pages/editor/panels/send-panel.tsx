/** The edited shot to the queue, and what becomes of it there. */
import { Button, ProgressBar } from '@adobe/react-spectrum';
import { memo, useEffect, useMemo, useState } from 'react';
import { InbetweenError, type Problem } from '../../../../../shared/problem';
import { shotToMake, type JobSpec } from '../../../../../shared/protocol';
import type { Shot } from '../../../../../shared/shot';
import { common, editor, estimateWords, sayTold } from '../../../../../shared/words';
import { problemOf } from '../../../lib/api';
import { Estimate } from '../../../lib/estimate/estimate';
import { madeSo, makingOf, MakingFields } from '../../../lib/making';
import { useLanguage } from '../../../lib/preferences';
import { ProblemBox } from '../../../lib/problem-box';
import { useProgress, useQueue } from '../../../lib/queue-context';
import { useWords } from '../../../lib/use-words';

export interface SendPanelProps {
  readonly spec: JobSpec;
  readonly shot: Shot;
  readonly nextTake: number;
  /** A take was sent, or has been rendered: what is known of the shot's takes is old. */
  readonly news: () => void;
}

export const SendPanel = memo(function SendPanel({ spec, shot, nextTake, news }: SendPanelProps) {
  const t = useWords();
  const language = useLanguage();
  const { rows, ask } = useQueue();
  const progress = useProgress();
  const [making, setMaking] = useState(() => makingOf(spec));
  const [sent, setSent] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const row = rows.find((one) => one.spec.id === sent);
  const state = row?.state;
  useEffect(() => {
    if (state === 'rendered') news();
  }, [state]);

  const send = async (): Promise<void> => {
    setSending(true);
    setProblem(null);
    const { replaces: _placed, ...rest } = madeSo(spec, making);
    const job: JobSpec = {
      ...rest,
      id: crypto.randomUUID(),
      shot,
      take: nextTake,
      quality: 'full',
      version: INBETWEEN_VERSION,
    };
    try {
      const { jobs, missing } = await ask({ type: 'submit', jobs: [job] }, 'submit-ack');
      const refused = jobs[0]?.problem;
      if (refused) throw new InbetweenError(refused);
      setSent(job.id);
      news();
      if (missing.length > 0) setProblem(GONE);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setSending(false);
  };

  const one = useMemo(() => [shotToMake({ engine: making.engine, quality: 'full', shot })], [making.engine, shot]);
  const glimpse = sent === null ? undefined : progress.get(sent);
  const again = async (): Promise<void> => {
    if (sent === null) return;
    await ask({ type: 'retry', jobIds: [sent] }, 'retry-ack').catch((error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <section aria-label={t(editor.send)}>
      <div className="row send">
        <Button variant="accent" isDisabled={sending} onPress={() => void send()}>
          {t(editor.render, { take: nextTake })}
        </Button>
        <MakingFields making={making} change={setMaking} ofShot />
      </div>
      <Estimate title={t(estimateWords.thisTake)} shots={one} />
      <div role="status">
        {row && (row.state === 'queued' || row.state === 'rendering') && (
          <ProgressBar
            label={t(row.state === 'queued' ? editor.waiting : editor.rendering, { take: row.spec.take })}
            value={glimpse && glimpse.of > 0 ? (100 * glimpse.done) / glimpse.of : 0}
            width="100%"
            marginTop="size-100"
          />
        )}
        {row?.take && <p>{t(editor.rendered, { take: row.spec.take })}</p>}
        {row?.take?.warnings.map((warning) => (
          <p key={warning}>{sayTold(language, warning)}</p>
        ))}
      </div>
      {row?.problem && <ProblemBox problem={row.problem} act={{ label: t(common.retry), press: () => void again() }} />}
      {problem && <ProblemBox problem={problem} />}
    </section>
  );
});

const GONE: Problem = {
  code: 'board-missing',
  message: 'The companion has no longer all boards of this shot.',
  safe: 'The take waits for them; what was drawn is kept.',
  action: 'Open the sequence in Premiere with the panel: it sends them again.',
  retry: true,
};
