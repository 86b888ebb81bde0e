/** Takes that leave the timeline, and takes that go where their board went. */
import type { Action, Sequence, TrackItemSelection } from '@adobe/premierepro';
import { framesToTicks } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import { chooseTrack } from './choose-track';
import type { HostDependencies, RelayTarget, SequenceRef } from './host';
import { orNull } from './host-values';
import { transact } from './lock';
import { overlaps, type OwnTake } from './own-takes';
import { editFailed, takeAbsent, trackMissing } from './problems';
import { scanSequence, type SequenceScan } from './read-shots';
import { steadily } from './steady';
import { frameTime, tickTime } from './ticks';

type Deps = Pick<HostDependencies, 'wait'>;

function find(scan: SequenceScan, jobId: string): OwnTake {
  const take = scan.takes.find(({ entry }) => entry.jobId === jobId);
  if (!take) throw takeAbsent(jobId);
  return take;
}

/** The live selection, holding this take alone: the only kind that a removal takes [R]. */
async function selectionOf(sequence: Sequence, take: OwnTake): Promise<TrackItemSelection | null> {
  const selection = orNull(await sequence.getSelection());
  if (!selection) return null;
  for (const item of orNull(await selection.getTrackItems()) ?? []) selection.removeItem(item);
  selection.addItem(take.clip.item, true);
  return selection;
}

function removal(ppro: PremiereApi, sequence: Sequence, selection: TrackItemSelection): () => Action {
  const editor = ppro.SequenceEditor.getEditor(sequence);
  return () => editor.createRemoveItemsAction(selection, false, ppro.Constants.MediaType.VIDEO, false);
}

/** Takes a take off the timeline: one Undo step. Its clip stays in the bin. Throws not-found, host-transaction-failed. */
export async function removeTake(ppro: PremiereApi, deps: Deps, ref: SequenceRef, jobId: string): Promise<void> {
  await steadily(deps.wait, 'take the take off', async () => {
    const bound = await bind(ppro, ref);
    const take = find(await scanSequence(ppro, bound), jobId);
    const selection = await selectionOf(bound.sequence, take);
    if (!selection) throw editFailed('take the take off', 'it gave no selection');
    const result = transact(bound.project, {
      undoName: `Take off ${take.entry.shot} (take ${take.entry.take})`,
      actions: [removal(ppro, bound.sequence, selection)],
    });
    if (!result.done) throw editFailed('take the take off', result.message);
  });
}

/** Shortens a take at its ends where its board was trimmed: setters of one item need a transaction each [R]. */
async function trim(ppro: PremiereApi, ref: SequenceRef, jobId: string, target: RelayTarget): Promise<void> {
  const steps = (scan: SequenceScan): readonly (readonly [string, () => Action])[] => {
    const { clip, entry } = find(scan, jobId);
    const { rate } = scan.setup;
    const end = framesToTicks(target.startFrame + target.frames, rate);
    const head = framesToTicks(target.skip, rate);
    const lane = scan.tracks.find(({ index }) => index === clip.trackIndex)?.clips ?? [];
    if (lane.some((other) => other !== clip && overlaps(other, clip.start, end)))
      throw editFailed('trim the take', 'another clip lies in its way');
    const name = `Trim ${entry.shot} (take ${entry.take}) to its board`;
    return [
      ...(clip.end === end ? [] : [[name, () => clip.item.createSetEndAction(tickTime(ppro, end))] as const]),
      ...(target.skip === 0 || clip.start === framesToTicks(target.startFrame, rate)
        ? []
        : [[`${name} (head)`, () => clip.item.createSetInPointAction(tickTime(ppro, head))] as const]),
    ];
  };
  for (let left = 2; left > 0; left -= 1) {
    const bound = await bind(ppro, ref);
    const [step] = steps(await scanSequence(ppro, bound));
    if (!step) return;
    const result = transact(bound.project, { undoName: step[0], actions: [step[1]] });
    if (!result.done) throw editFailed('trim the take', result.message);
  }
}

/** Takes the take off where it lies and lays it down where its board is now: one Undo step. */
async function move(ppro: PremiereApi, ref: SequenceRef, jobId: string, startFrame: number): Promise<void> {
  const bound = await bind(ppro, ref);
  const scan = await scanSequence(ppro, bound);
  const take = find(scan, jobId);
  const { rate } = scan.setup;
  const start = framesToTicks(startFrame, rate);
  const end = start + (take.clip.end - take.clip.start);
  const item = take.clip.projectItem;
  const shot = scan.shots.find(
    ({ reading }) => reading.draft.name === take.entry.shot && reading.draft.startFrame === startFrame,
  );
  if (!item) throw takeAbsent(jobId);
  const others = scan.tracks.map((lane) => ({
    index: lane.index,
    clips: lane.clips.filter((clip) => clip !== take.clip),
  }));
  // A removal and a laying-down of one transaction see the timeline as it was: they must not meet on one track.
  const lanes = others.map((lane) =>
    lane.index === take.clip.trackIndex && overlaps(take.clip, start, end)
      ? { ...lane, clips: [...lane.clips, take.clip] }
      : lane,
  );
  const choice = chooseTrack(lanes, shot?.reading.trackIndex ?? 0, start, end);
  const selection = await selectionOf(bound.sequence, take);
  if (!selection) throw editFailed('move the take', 'it gave no selection');
  const editor = ppro.SequenceEditor.getEditor(bound.sequence);
  const time = frameTime(ppro, startFrame, rate);
  const result = transact(bound.project, {
    undoName: `Move ${take.entry.shot} (take ${take.entry.take}) to its board`,
    actions: [
      () =>
        choice.how === 'new'
          ? editor.createInsertProjectItemAction(item, time, choice.index, 0, true)
          : editor.createOverwriteItemAction(item, time, choice.index, 0),
      removal(ppro, bound.sequence, selection),
    ],
  });
  if (!result.done) throw editFailed('move the take', result.message);
  const after = await scanSequence(ppro, await bind(ppro, ref));
  const there = after.takes.find(({ entry, clip }) => entry.jobId === jobId && clip.start === start);
  if (!there) throw trackMissing('the take did not follow; one Undo brings it back');
}

/**
 * A take follows its board: moved where the board starts elsewhere, trimmed where it is shorter now. Throws not-found,
 * host-track-missing, host-transaction-failed; the take's clip always stays in the bin.
 */
export async function relayTake(
  ppro: PremiereApi,
  deps: Deps,
  ref: SequenceRef,
  jobId: string,
  target: RelayTarget,
): Promise<void> {
  await steadily(deps.wait, 'let the take follow', async () => {
    const scan = await scanSequence(ppro, await bind(ppro, ref));
    const { clip } = find(scan, jobId);
    const from = target.startFrame - target.skip;
    if (
      clip.start !== framesToTicks(from, scan.setup.rate) &&
      clip.start !== framesToTicks(target.startFrame, scan.setup.rate)
    )
      await move(ppro, ref, jobId, from);
    await trim(ppro, ref, jobId, target);
  });
}
