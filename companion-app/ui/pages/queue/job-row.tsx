/** What a row of the list says of its job. */
import type { JobRow } from '../../../../shared/protocol';
import { problemLine, queueWords } from '../../../../shared/words';
import { useFormat } from '../../lib/format';
import { useLanguage } from '../../lib/preferences';
import { useProgress } from '../../lib/queue-context';
import { engineText, stageText, useWords } from '../../lib/use-words';
import { STATE_WORDS } from './state-words';

export function JobTitle({ row: { spec, state } }: { readonly row: JobRow }) {
  const t = useWords();
  return (
    <span className="job-title">
      <span className={`state state-${state}`}>{t(STATE_WORDS[state])}</span> <bdi>{spec.shot.name}</bdi>{' '}
      <bdi className="quiet">{spec.sequence.name}</bdi>
    </span>
  );
}

/** What it is, how far it is, or what went wrong and what to do. */
export function JobDetails({ row: { spec, problem, state, take } }: { readonly row: JobRow }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const told = useProgress().get(spec.id);
  const parts = [
    t(queueWords.takeAndFrames, { take: spec.take, frames: spec.shot.frames }),
    ...(spec.quality === 'preview' ? [t(queueWords.preview)] : []),
    engineText(t, take?.engine ?? spec.engine),
  ];
  if (told && told.of > 0) parts.push(`${stageText(t, told.stage)} ${format.percent(told.done / told.of)}`);
  if (told?.secondsLeft) parts.push(format.left(told.secondsLeft));
  if (problem && (state === 'failed' || state === 'queued')) parts.push(problemLine(language, problem));
  return parts.join(' · ');
}
