/** Takes that leave the timeline, and takes that go where their board went. */
import type { Action, Sequence, TrackItemSelection } from '@adobe/premierepro';
import { framesToTicks } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import { binRemoval } from './bin';
import { chooseTrack } from './choose-track';
import type { HostDependencies, RelayTarget, SequenceRef } from './host';
import { orElse, orNull } from './host-values';
import { transact } from './lock';
import { overlaps, type OwnTake } from './own-takes';
import { editFailed, takeAbsent, trackMissing } from './problems';
import { scanSequence, type SequenceScan } from './read-shots';
import { forgetTakes } from './shot-sheet';
import { steadily } from './steady';
import { frameTime, ticksOf, tickTime } from './ticks';
import { castClip } from './tracks';

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

/**
 * Deletes takes that are off the timeline: their clips leave the bin and the sequence remembers that they are not wanted, in one Undo step.
 * The files stay on disk; a clip that the artist has moved to another bin stays there.
 */
export async function deleteTakes(
  ppro: PremiereApi,
  deps: Deps,
  ref: SequenceRef,
  jobIds: readonly string[],
  name: string,
): Promise<void> {
  await steadily(deps.wait, 'delete the take', async () => {
    const { project, sequence } = await bind(ppro, ref);
    const removal = await binRemoval(ppro, project, jobIds);
    const forget = await forgetTakes(ppro, sequence, jobIds);
    const actions = [...forget, ...removal];
    if (forget.length === 0) throw editFailed('delete the take', 'the sequence takes no properties');
    const result = transact(project, { undoName: `Delete ${name}`, actions });
    if (!result.done) throw editFailed('delete the take', result.message);
    if (result.taken < actions.length) throw editFailed('delete the take', 'it refused a part of it');
  });
}

/** Gives a take the end that its board has. In and out points stay as they are: their setters fail at times [R]. */
async function trim(ppro: PremiereApi, ref: SequenceRef, jobId: string, endFrame: number): Promise<void> {
  const bound = await bind(ppro, ref);
  const scan = await scanSequence(ppro, bound);
  const { clip, entry } = find(scan, jobId);
  const end = framesToTicks(endFrame, scan.setup.rate);
  if (clip.end === end) return;
  const lane = scan.tracks.find(({ index }) => index === clip.trackIndex)?.clips ?? [];
  if (lane.some((other) => other !== clip && overlaps(other, clip.start, end)))
    throw editFailed('trim the take', 'another clip lies in its way');
  const result = transact(bound.project, {
    undoName: `Trim ${entry.shot} (take ${entry.take}) to its board`,
    actions: [() => clip.item.createSetEndAction(tickTime(ppro, end))],
  });
  if (!result.done) throw editFailed('trim the take', result.message);
  const after = find(await scanSequence(ppro, await bind(ppro, ref)), jobId);
  if (after.clip.end !== end) throw editFailed('trim the take', 'it kept its length');
}

/** Ticks that a take covers when it is laid down anew: all of its clip, however it is trimmed now. */
async function lengthLaid(ppro: PremiereApi, { clip }: OwnTake): Promise<bigint> {
  const media = castClip(ppro, clip.projectItem);
  const { VIDEO } = ppro.Constants.MediaType;
  const whole = await orElse(async () => {
    if (!media) return 0n;
    const [from, to] = await Promise.all([media.getInPoint(VIDEO), media.getOutPoint(VIDEO)]);
    return ticksOf(to) - ticksOf(from);
  }, 0n);
  const now = clip.end - clip.start;
  return whole > now ? whole : now;
}

/** Takes the take off where it lies and lays it down where its board is now: one Undo step. */
async function move(
  ppro: PremiereApi,
  ref: SequenceRef,
  jobId: string,
  { startFrame, frames }: RelayTarget,
): Promise<void> {
  const bound = await bind(ppro, ref);
  const scan = await scanSequence(ppro, bound);
  const take = find(scan, jobId);
  const { rate } = scan.setup;
  const start = framesToTicks(startFrame, rate);
  const laid = await lengthLaid(ppro, take);
  const asked = framesToTicks(startFrame + frames, rate) - start;
  const end = start + (laid > asked ? laid : asked);
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
    const { startFrame, frames } = target;
    if (find(scan, jobId).clip.start !== framesToTicks(startFrame, scan.setup.rate))
      await move(ppro, ref, jobId, target);
    await trim(ppro, ref, jobId, startFrame + frames);
  });
}
