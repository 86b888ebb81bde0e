/** All jobs: their order, what became of them, and what to do about those that failed. */
import { AlertDialog, Button, DialogContainer, Item, Picker, type Selection } from '@adobe/react-spectrum';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { JOB_STATES, queueEndpoint, type JobState, type OrderPlace } from '../../../../shared/protocol';
import { queueWords } from '../../../../shared/words';
import { goTo } from '../../lib/hash';
import { Holds } from '../../lib/holds';
import { ProblemBox } from '../../lib/problem-box';
import { useQueue } from '../../lib/queue-context';
import { useAct } from '../../lib/use-act';
import { useCall } from '../../lib/use-call';
import { useWords } from '../../lib/use-words';
import { Batch } from './batch';
import { CostOfNight } from './cost-of-night';
import { JobList } from './job-list';
import { dropped, nudged, shown } from './order';
import { STATE_WORDS } from './state-words';
import { Toolbar, type ToolbarProps } from './toolbar';
import { useQueueActs } from './use-queue-acts';

const OPEN: ReadonlySet<JobState> = new Set(['queued', 'rendering']);
/** What Alt and a key do. */
const KEYS: Readonly<Record<string, 'up' | 'down' | 'front' | 'back'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'front',
  End: 'back',
};

export function QueuePage() {
  const t = useWords();
  const { rows, loaded } = useQueue();
  const acts = useQueueActs();
  const { problem, run } = useAct();
  const state = useCall(queueEndpoint, {}, { everyMs: 3_000 });
  const [filter, setFilter] = useState<JobState | 'all'>('all');
  const [selection, setSelection] = useState<Selection>(new Set());
  const [asking, setAsking] = useState<'others' | 'prune' | null>(null);

  const visible = useMemo(() => shown(rows, filter), [rows, filter]);
  const chosen = visible.filter(({ spec }) => selection === 'all' || selection.has(spec.id));
  const ids = new Set(chosen.map(({ spec }) => spec.id));
  const movable = chosen.filter((row) => row.state === 'queued');
  const others = rows.filter((row) => OPEN.has(row.state) && !ids.has(row.spec.id)).map(({ spec }) => spec.id);
  const failed = chosen.filter((row) => row.state === 'failed');
  const paused = state.data?.paused ?? false;

  const move = (these: ReadonlySet<string>, where: (waiting: readonly string[]) => OrderPlace | null): void =>
    run(() => acts.move(these, where));
  const act: ToolbarProps['act'] = (what) => {
    if (what === 'front' || what === 'back') move(ids, () => what);
    else if (what === 'up' || what === 'down') move(ids, (now) => nudged(now, ids, what));
    else if (what === 'cancel')
      run(() => acts.cancel(chosen.filter((row) => OPEN.has(row.state)).map(({ spec }) => spec.id)));
    else if (what === 'retry') run(() => acts.retry(failed.map(({ spec }) => spec.id)));
    else if (what === 'edit') chosen.slice(0, 1).forEach(({ spec }) => goTo('editor', spec.id));
    else setAsking('others');
  };
  const onKey = (event: KeyboardEvent): void => {
    const what = event.altKey ? KEYS[event.key] : undefined;
    if (what === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act(what);
  };
  const pause = (): void =>
    run(async () => {
      await acts.pause(!paused);
      state.again();
    });

  if (loaded && rows.length === 0) {
    return (
      <>
        {state.data && <Holds holds={state.data.holds} />}
        <p>{t(queueWords.nothingYet)}</p>
      </>
    );
  }
  return (
    <div className="queue">
      <div className="row spread">
        <Batch rows={rows} secondsLeft={state.data?.secondsLeft ?? null} holds={state.data?.holds ?? []} />
        <div className="row">
          <Button variant="secondary" onPress={() => setAsking('prune')}>
            {t(queueWords.prune)}
          </Button>
          <Button variant="primary" isDisabled={!state.data} onPress={pause}>
            {t(paused ? queueWords.resume : queueWords.pause)}
          </Button>
        </div>
      </div>
      {paused && <p>{t(queueWords.paused)}</p>}
      {state.data && <Holds holds={state.data.holds.filter(({ kind }) => kind !== 'paused')} />}
      <CostOfNight rows={rows} />
      {problem && <ProblemBox problem={problem} />}
      <div className="row spread">
        <Toolbar
          counts={{
            selected: chosen.length,
            waiting: movable.length,
            open: chosen.filter((row) => OPEN.has(row.state)).length,
            failed: failed.length,
            others: others.length,
          }}
          act={act}
        />
        <Picker
          label={t(queueWords.show)}
          labelPosition="side"
          selectedKey={filter}
          onSelectionChange={(key) => setFilter(JOB_STATES.find((name) => name === key) ?? 'all')}
          items={[{ key: 'all' as const }, ...JOB_STATES.map((key) => ({ key }))]}
        >
          {({ key }) => <Item key={key}>{t(key === 'all' ? queueWords.allStates : STATE_WORDS[key])}</Item>}
        </Picker>
      </div>
      {failed.length === 1 && failed[0]?.problem && (
        <ProblemBox problem={failed[0].problem} act={{ label: t(queueWords.retry), press: () => act('retry') }} />
      )}
      <div className="fill" onKeyDownCapture={onKey}>
        <JobList
          rows={visible}
          selected={selection}
          select={setSelection}
          drop={(these, target) => move(these, (now) => dropped(now, these, target))}
          empty={t(queueWords.noneOfThese)}
        />
      </div>
      <p className="quiet">{t(queueWords.order)}</p>
      <DialogContainer onDismiss={() => setAsking(null)}>
        {asking === 'others' && (
          <AlertDialog
            variant="destructive"
            title={t(queueWords.cancelOthersTitle)}
            primaryActionLabel={t(queueWords.cancelOthers)}
            cancelLabel={t(queueWords.keep)}
            onPrimaryAction={() => run(() => acts.cancel(others))}
          >
            {t(queueWords.cancelOthersText, { n: others.length })}
          </AlertDialog>
        )}
        {asking === 'prune' && (
          <AlertDialog
            variant="confirmation"
            title={t(queueWords.pruneTitle)}
            primaryActionLabel={t(queueWords.prune)}
            cancelLabel={t(queueWords.keep)}
            onPrimaryAction={() => run(() => acts.prune())}
          >
            {t(queueWords.pruneText)}
          </AlertDialog>
        )}
      </DialogContainer>
    </div>
  );
}
