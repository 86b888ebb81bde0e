/** Hides takes while Premiere renders the board below them, and shows them again whatever happens. */
import type { PremiereApi } from './api';
import { bind, type Bound } from './bind';
import type { HostDependencies, SequenceRef } from './host';
import { readLedger, storeLedger, type LedgerReading } from './ledger';
import { transact } from './lock';
import { ownTakes, type OwnTake } from './own-takes';
import { editFailed, takesLeftHidden } from './problems';
import { steadily } from './steady';
import { readVideoTracks } from './tracks';

const HIDE = 'Inbetween: hide takes to export a board';
const SHOW = 'Inbetween: show takes again';
const TRIES = [0, 200, 1000];

type Deps = Pick<HostDependencies, 'wait'>;

/** Shows or hides these takes and notes which are hidden, in one transaction. */
function setHidden(
  ppro: PremiereApi,
  bound: Bound,
  { ledger, properties }: LedgerReading,
  takes: readonly OwnTake[],
  hide: boolean,
): string | null {
  const jobs = hide ? takes.map((take) => take.entry.jobId) : [];
  const result = transact(bound.project, {
    undoName: hide ? HIDE : SHOW,
    actions: takes.map(
      ({ clip }) =>
        () =>
          clip.item.createSetDisabledAction(hide),
    ),
    optional: storeLedger(ppro, properties, { ...ledger, hidden: jobs }),
  });
  if (!result.done) return result.message;
  return result.taken < takes.length ? 'Premiere refused some of them' : null;
}

interface Look {
  readonly bound: Bound;
  readonly ledger: LedgerReading;
  readonly takes: readonly OwnTake[];
}

async function look(ppro: PremiereApi, ref: SequenceRef): Promise<Look> {
  const bound = await bind(ppro, ref);
  const ledger = await readLedger(ppro, bound.sequence);
  const tracks = await readVideoTracks(ppro, bound.sequence);
  return { bound, ledger, takes: ownTakes(tracks, ledger.ledger) };
}

async function show(ppro: PremiereApi, deps: Deps, ref: SequenceRef, jobs: readonly string[]): Promise<void> {
  let cause = '';
  let names = jobs.join(', ');
  for (const pause of TRIES) {
    if (pause > 0) await deps.wait(pause);
    const { bound, ledger, takes } = await steadily(deps.wait, 'show the takes again', () => look(ppro, ref));
    const left = takes.filter((take) => jobs.includes(take.entry.jobId) && take.clip.disabled);
    if (left.length === 0 && ledger.ledger.hidden.length === 0) return;
    names = left.map((take) => take.entry.file).join(', ');
    const failed = setHidden(ppro, bound, ledger, left, false);
    if (failed === null || left.length === 0) return;
    cause = failed;
  }
  throw takesLeftHidden(names, cause);
}

/** Shows takes that an export left hidden when the panel or Premiere went away in the middle of it. */
export async function showForgottenTakes(ppro: PremiereApi, deps: Deps, ref: SequenceRef): Promise<void> {
  const { sequence } = await bind(ppro, ref);
  const { hidden } = (await readLedger(ppro, sequence)).ledger;
  if (hidden.length > 0) await show(ppro, deps, ref, hidden);
}

/**
 * Runs `task` while no enabled take of ours covers the tick range, then shows those again. The timeline is left alone
 * where there is none. Throws host-transaction-failed when takes cannot be hidden, or remain hidden.
 */
export async function withTakesHidden<T>(
  ppro: PremiereApi,
  deps: Deps,
  ref: SequenceRef,
  covers: (take: OwnTake) => boolean,
  task: () => Promise<T>,
): Promise<T> {
  const { bound, ledger, takes } = await steadily(deps.wait, 'read the timeline', () => look(ppro, ref));
  const covering = takes.filter((take) => !take.clip.disabled && covers(take));
  if (covering.length === 0) return task();
  const failed = setHidden(ppro, bound, ledger, covering, true);
  const jobs = covering.map((take) => take.entry.jobId);
  if (failed !== null) {
    await show(ppro, deps, ref, jobs);
    throw editFailed('hide the takes above the board', failed);
  }
  try {
    return await task();
  } finally {
    await show(ppro, deps, ref, jobs);
  }
}
