/** Takes that lie on the timeline: listing, showing and hiding, colouring. */
import type { FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind, type Bound } from './bind';
import { readRate } from './frame-setup';
import { showForgottenTakes } from './hide-takes';
import type { HostDependencies, PlacedTake, SequenceRef, TakeLabel } from './host';
import { orElse, sameConstant } from './host-values';
import { readLedger } from './ledger';
import { transact, type TransactionPlan } from './lock';
import { isOfShot, overlaps, ownTakes, placedTake, type OwnTake } from './own-takes';
import { editFailed, takeAbsent } from './problems';
import { steadily } from './steady';
import { frameTime } from './ticks';
import { readVideoTracks } from './tracks';

type Deps = Pick<HostDependencies, 'wait'>;

interface Takes {
  readonly bound: Bound;
  readonly all: readonly OwnTake[];
}

async function readTakes(ppro: PremiereApi, ref: SequenceRef): Promise<Takes> {
  const bound = await bind(ppro, ref);
  const { ledger } = await readLedger(ppro, bound.sequence);
  return { bound, all: ownTakes(await readVideoTracks(ppro, bound.sequence), ledger) };
}

function find({ all }: Takes, jobId: string): OwnTake {
  const take = all.find(({ entry }) => entry.jobId === jobId);
  if (!take) throw takeAbsent(jobId);
  return take;
}

function edit({ bound }: Takes, what: string, plan: TransactionPlan): void {
  if (plan.actions.length === 0) return;
  const result = transact(bound.project, plan);
  if (!result.done) throw editFailed(what, result.message);
  if (result.taken < plan.actions.length) throw editFailed(what, 'Premiere refused a part of it');
}

/** What a colour says; undefined where the host does not tell the colour. */
async function labelOf(ppro: PremiereApi, { clip }: OwnTake): Promise<TakeLabel | undefined> {
  const colours = ppro.Constants.ProjectItemColorLabel;
  const colour = await orElse<number | null>(async () => (await clip.projectItem?.getColorLabelIndex()) ?? null, null);
  if (colour === null) return undefined;
  if (sameConstant(colour, colours.GREEN)) return 'approved';
  return sameConstant(colour, colours.ROSE) ? 'rejected' : 'open';
}

/** These takes as the panel knows them, colours included, by start and track. */
export async function describeTakes(
  ppro: PremiereApi,
  takes: readonly OwnTake[],
  rate: FrameRate,
): Promise<readonly PlacedTake[]> {
  const described = await Promise.all(
    takes.map(async (take) => {
      const label = await labelOf(ppro, take);
      return { ...placedTake(take, rate), ...(label === undefined ? {} : { label }) };
    }),
  );
  return described.sort((a, b) => a.startFrame - b.startFrame || a.trackIndex - b.trackIndex);
}

/** All takes of ours on the sequence, by start and track. */
export async function listTakes(ppro: PremiereApi, deps: Deps, ref: SequenceRef): Promise<readonly PlacedTake[]> {
  await showForgottenTakes(ppro, deps, ref);
  return steadily(deps.wait, 'read the timeline', async () => {
    const { bound, all } = await readTakes(ppro, ref);
    const rate = await readRate(bound.sequence);
    return describeTakes(ppro, all, rate);
  });
}

/** Shows or hides a take; no Undo step where it is so already. Throws not-found, host-transaction-failed. */
export async function enableTake(
  ppro: PremiereApi,
  deps: Deps,
  ref: SequenceRef,
  jobId: string,
  enabled: boolean,
): Promise<void> {
  const takes = await steadily(deps.wait, 'read the timeline', () => readTakes(ppro, ref));
  const { clip, entry } = find(takes, jobId);
  if (clip.disabled !== enabled) return;
  const verb = enabled ? 'Show' : 'Hide';
  edit(takes, `${verb.toLowerCase()} the take`, {
    undoName: `${verb} ${entry.shot} (take ${entry.take})`,
    actions: [() => clip.item.createSetDisabledAction(!enabled)],
  });
}

/** Shows a take and hides the others of its shot in its slot, in one Undo step. Throws as enableTake does. */
export async function switchToTake(ppro: PremiereApi, deps: Deps, ref: SequenceRef, jobId: string): Promise<void> {
  const takes = await steadily(deps.wait, 'read the timeline', () => readTakes(ppro, ref));
  const chosen = find(takes, jobId);
  const { entry, clip } = chosen;
  const inSlot = takes.all.filter(
    (take) => take === chosen || (isOfShot(take, entry.shot) && overlaps(take.clip, clip.start, clip.end)),
  );
  const wrong = inSlot.filter((take) => take.clip.disabled === (take === chosen));
  edit(takes, 'switch takes', {
    undoName: `Use ${entry.shot} (take ${entry.take})`,
    actions: wrong.map((take) => () => take.clip.item.createSetDisabledAction(take !== chosen)),
  });
}

/** Colours a take's item in the Project panel. Throws as enableTake does. */
export async function colourTake(
  ppro: PremiereApi,
  deps: Deps,
  ref: SequenceRef,
  jobId: string,
  label: TakeLabel,
): Promise<void> {
  const takes = await steadily(deps.wait, 'read the timeline', () => readTakes(ppro, ref));
  const { clip, entry } = find(takes, jobId);
  const item = clip.projectItem;
  if (!item) throw takeAbsent(jobId);
  const colours = ppro.Constants.ProjectItemColorLabel;
  const colour = { approved: colours.GREEN, rejected: colours.ROSE, open: colours.IRIS }[label];
  edit(takes, 'colour the take', {
    undoName: `Mark ${entry.shot} (take ${entry.take}) ${label}`,
    actions: [() => item.createSetColorLabelAction(colour)],
  });
}

/** Moves the playhead. Throws host-transaction-failed where the host does not. */
export async function movePlayhead(ppro: PremiereApi, deps: Deps, ref: SequenceRef, frame: number): Promise<void> {
  await steadily(deps.wait, 'move the playhead', async () => {
    const { sequence } = await bind(ppro, ref);
    const time = frameTime(ppro, frame, await readRate(sequence));
    if (!(await sequence.setPlayerPosition(time))) throw editFailed('move the playhead', 'it gave no reason');
  });
}
