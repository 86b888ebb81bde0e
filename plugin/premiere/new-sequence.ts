/** A storyboard becomes a sequence: made, set, filled with boards to the frame, marked with the notes. */
import type { Project, ProjectItem, Sequence } from '@adobe/premierepro';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import { framesToTicks, nearestFrame } from '../../shared/shot';
import type { PremiereApi } from './api';
import { guidText, orNull } from './host-values';
import type { HostDependencies, SequenceRef } from './host';
import { transact, type TransactionResult } from './lock';
import { importBoards } from './new-sequence-boards';
import { boardsNotHere, laidWrong, layoutFailed } from './new-sequence-problems';
import { madeFor } from './new-sequence-settings';
import { laySounds } from './new-sequence-sounds';
import { samePathKey } from './paths';
import { noProject } from './problems';
import { steadily } from './steady';
import { frameTime } from './ticks';
import { castClip, readVideoTracks, type ClipReading } from './tracks';

const UNDO_LENGTHS = 'Set the lengths of the boards';
const UNDO_TRIM = 'Trim the boards to their lengths';

const undoLayout = (name: string): string => `Lay out ${name}`;

async function projectInFront(ppro: PremiereApi): Promise<Project> {
  const project = orNull(await ppro.Project.getActiveProject());
  if (!project) throw noProject();
  return project;
}

/** Throws where a board's file is certainly not on this machine; where the runtime may not look, Premiere will tell. */
async function filesAreHere({ files }: HostDependencies, plan: SequencePlan): Promise<void> {
  const there = await Promise.all(plan.boards.map(({ path }) => files.exists(path).catch(() => true)));
  const absent = plan.boards.filter((_, i) => there[i] === false);
  if (absent[0]) throw boardsNotHere(absent[0].path, absent.length);
}

/**
 * Stills get their length from their item's in and out point: set before they are laid down, on items of their own, since
 * actions in one transaction do not see each other. Scaling to the frame is asked for too, and not insisted on.
 */
function setLengths(ppro: PremiereApi, project: Project, plan: SequencePlan, items: readonly ProjectItem[]): void {
  const clips = items.map((item) => castClip(ppro, item));
  transact(project, {
    undoName: UNDO_LENGTHS,
    actions: [],
    optional: plan.boards.flatMap(({ frames }, i) => {
      const clip = clips[i];
      if (!clip) return [];
      const [start, end] = [frameTime(ppro, 0, plan.rate), frameTime(ppro, frames, plan.rate)];
      return [() => clip.createSetInOutPointsAction(start, end), () => clip.createSetScaleToFrameSizeAction()];
    }),
  });
}

/** All boards and markers in one Undo step. Boards go down by time, so that one that is too long is cut by the next. */
async function layOut(
  ppro: PremiereApi,
  project: Project,
  sequence: Sequence,
  plan: SequencePlan,
  items: readonly ProjectItem[],
): Promise<TransactionResult> {
  const editor = ppro.SequenceEditor.getEditor(sequence);
  const markers = orNull(await ppro.Markers.getMarkers(sequence));
  const comment = ppro.Marker.MARKER_TYPE_COMMENT;
  // Those of an earlier try stay: nothing is marked twice.
  const marked = new Set(
    (orNull(markers?.getMarkers()) ?? []).map((each) => `${each.getStart().ticks} ${each.getName()}`),
  );
  const time = (frame: number): ReturnType<typeof frameTime> => frameTime(ppro, frame, plan.rate);
  return transact(project, {
    undoName: undoLayout(plan.name),
    actions: plan.boards.flatMap(({ startFrame }, i) => {
      const item = items[i];
      return item ? [() => editor.createOverwriteItemAction(item, time(startFrame), 0, 0)] : [];
    }),
    optional: markers
      ? plan.markers
          .filter(({ startFrame, name }) => !marked.has(`${framesToTicks(startFrame, plan.rate)} ${name}`))
          .map(
            ({ startFrame, frames, name, notes }) =>
              () =>
                markers.createAddMarkerAction(name, comment, time(startFrame), time(frames), notes),
          )
      : [],
  });
}

interface Laid {
  readonly clip: ClipReading;
  readonly frames: number;
}

/** The boards as they lie, in the plan's order; null where one is missing or begins elsewhere. */
async function readBack(ppro: PremiereApi, sequence: Sequence, plan: SequencePlan): Promise<readonly (Laid | null)[]> {
  const clips = (await readVideoTracks(ppro, sequence))[0]?.clips ?? [];
  const byStart = new Map(clips.map((clip) => [clip.start, clip]));
  return plan.boards.map(({ path, startFrame }) => {
    const clip = byStart.get(framesToTicks(startFrame, plan.rate));
    if (!clip || samePathKey(clip.mediaPath) !== samePathKey(path)) return null;
    return { clip, frames: nearestFrame(clip.end - clip.start, plan.rate) };
  });
}

/** True where every board has exactly its ticks. */
const isExact = (plan: SequencePlan, laid: readonly (Laid | null)[]): boolean =>
  plan.boards.every(({ frames }, i) => {
    const clip = laid[i]?.clip;
    return clip !== undefined && clip.end - clip.start === framesToTicks(frames, plan.rate);
  });

/** Ends that are not where they belong (the still's own rate is another) are set by hand, in a step of their own. */
function trim(ppro: PremiereApi, project: Project, plan: SequencePlan, laid: readonly (Laid | null)[]): void {
  transact(project, {
    undoName: UNDO_TRIM,
    actions: plan.boards.flatMap(({ startFrame, frames }, i) => {
      const clip = laid[i]?.clip;
      if (!clip || clip.end - clip.start === framesToTicks(frames, plan.rate)) return [];
      return [() => clip.item.createSetEndAction(frameTime(ppro, startFrame + frames, plan.rate))];
    }),
  });
}

/** Boards of a sequence that is there already, from an earlier try: nothing is laid twice. */
async function isLaidOut(ppro: PremiereApi, sequence: Sequence, plan: SequencePlan): Promise<boolean> {
  const [track] = await readVideoTracks(ppro, sequence);
  return track?.clips.length === plan.boards.length && isExact(plan, await readBack(ppro, sequence, plan));
}

/**
 * Makes the sequence and brings it to the front. Everything is read back: it resolves only where every board lies on exactly its
 * frames. Tried again after a failure it goes on with the sequence that was made. Throws an InbetweenError with the one thing to do.
 */
export async function newSequence(ppro: PremiereApi, deps: HostDependencies, plan: SequencePlan): Promise<SequenceRef> {
  await filesAreHere(deps, plan);
  const project = await projectInFront(ppro);
  const sequence = await madeFor(ppro, deps, project, plan);
  const ref = { projectId: guidText(project.guid), sequenceId: guidText(sequence.guid) };
  const look = <T>(task: () => Promise<T>): Promise<T> => steadily(deps.wait, 'read the new sequence', task);
  if (!(await look(() => isLaidOut(ppro, sequence, plan)))) {
    const items = await importBoards(ppro, deps, project, plan);
    setLengths(ppro, project, plan, items);
    const result = await look(() => layOut(ppro, project, sequence, plan, items));
    if (!result.done) throw layoutFailed(plan.name, result.message);
    let laid = await look(() => readBack(ppro, sequence, plan));
    if (!isExact(plan, laid)) {
      trim(ppro, project, plan, laid);
      laid = await look(() => readBack(ppro, sequence, plan));
    }
    const wrong = laid.findIndex((board, i) => board?.frames !== plan.boards[i]?.frames);
    if (wrong >= 0 || !isExact(plan, laid)) throw laidWrong(plan, Math.max(0, wrong), laid[wrong]?.frames ?? 0);
    if (result.taken < plan.boards.length) throw layoutFailed(plan.name, 'it refused some of the boards');
  }
  await laySounds(ppro, deps, project, sequence, plan);
  await project.openSequence(sequence);
  await project.setActiveSequence(sequence);
  return ref;
}
