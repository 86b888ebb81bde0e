/** Brings a clip into the project, once. */
import type { Project, ProjectItem } from '@adobe/premierepro';
import { framesToTicks, nearestFrame, type FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import { animaticsBin, findImported } from './bin';
import { orElse } from './host-values';
import type { HostDependencies, PlaceRequest } from './host';
import { extension, fileName } from './paths';
import { transact } from './lock';
import { clipFormat, clipLength, clipMissing, handlesRefused, importFailed } from './problems';
import { steadily } from './steady';
import { frameTime, ticksOf } from './ticks';
import { castClip } from './tracks';

/** Milliseconds after the import at which the bin is looked at: items register late [R]. */
const LOOKS = [0, 500, 1500, 3000];
/** Milliseconds that an import may take to be answered, and how often that is looked at. */
const PATIENCE = 60_000;
const STEP = 500;

/** Refuses what Premiere would answer with a modal dialog, or with "true" and nothing. */
async function checkFile(deps: HostDependencies, path: string): Promise<void> {
  const name = fileName(path);
  if (!['mov', 'mp4'].includes(extension(path))) throw clipFormat(name);
  // Where the runtime may not look, Premiere itself will tell.
  const there = await orElse(async () => (await deps.files.exists(path)) && (await deps.files.size(path)) > 0, true);
  if (!there) throw clipMissing(name);
}

async function askOnce(start: () => Promise<boolean>): Promise<string> {
  try {
    return (await start()) ? '' : 'it refused the file';
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** What the host says against the import, or nothing. It hangs while a dialog is open: that is waited for only so long. */
async function answerOf(deps: HostDependencies, start: () => Promise<boolean>): Promise<string> {
  const answer = askOnce(start);
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    const why = await Promise.race([answer, deps.wait(STEP).then(() => null)]);
    if (why !== null) return why;
  }
  return 'it has not answered, as when a dialog is open';
}

async function importInto(
  ppro: PremiereApi,
  deps: HostDependencies,
  project: Project,
  path: string,
): Promise<ProjectItem> {
  const bin = await animaticsBin(ppro, project);
  const why = await answerOf(deps, () => project.importFiles([path], true, bin, false));
  let waited = 0;
  for (const at of LOOKS) {
    if (at > waited) await deps.wait(at - waited);
    waited = at;
    const item = await findImported(ppro, project, path);
    if (item) return item;
  }
  throw importFailed(fileName(path), why);
}

/**
 * Sees to it that the clip is in the project; nothing is imported twice. Throws host-import-failed, and what bind throws
 * where the artist changes projects meanwhile.
 */
export async function importTake(ppro: PremiereApi, deps: HostDependencies, request: PlaceRequest): Promise<void> {
  await checkFile(deps, request.path);
  await steadily(deps.wait, 'look through the project', async () => {
    const { project } = await bind(ppro, request);
    if (await findImported(ppro, project, request.path)) return;
    await importInto(ppro, deps, project, request.path);
  });
}

/** In and out point of a clip's item, ticks; null where the host does not tell. */
async function marksOf(
  ppro: PremiereApi,
  item: ProjectItem,
): Promise<{ readonly from: bigint; readonly to: bigint } | null> {
  const clip = castClip(ppro, item);
  const { VIDEO } = ppro.Constants.MediaType;
  return orElse(async () => {
    if (!clip) return null;
    const [from, to] = await Promise.all([clip.getInPoint(VIDEO), clip.getOutPoint(VIDEO)]);
    return { from: ticksOf(from), to: ticksOf(to) };
  }, null);
}

/**
 * Sets the item's in and out point to the shot's own frames, so that it is laid down without its handles and can be trimmed open into them.
 * An Undo step of its own, since an action does not see what another one of its transaction does; none where they are set already.
 * Throws host-import-failed where Premiere does not set them: laid down whole, the clip would cover its neighbours.
 */
export async function markHandles(ppro: PremiereApi, deps: HostDependencies, request: PlaceRequest): Promise<void> {
  const { handles, frames, rate } = request;
  if (!handles) return;
  const want = { from: framesToTicks(handles.before, rate), to: framesToTicks(handles.before + frames, rate) };
  const isSet = (marks: typeof want | null): boolean => marks?.from === want.from && marks.to === want.to;
  await steadily(deps.wait, 'set in and out points', async () => {
    const { project } = await bind(ppro, request);
    const item = await findImported(ppro, project, request.path);
    if (!item) throw importFailed(fileName(request.path), 'it is no longer in the project');
    if (isSet(await marksOf(ppro, item))) return;
    const clip = castClip(ppro, item);
    const [start, end] = [frameTime(ppro, handles.before, rate), frameTime(ppro, handles.before + frames, rate)];
    const result = transact(project, {
      undoName: `Set the handles of ${request.shotName} (take ${request.take})`,
      actions: clip ? [() => clip.createSetInOutPointsAction(start, end)] : [],
    });
    const there = await findImported(ppro, project, request.path);
    if (!isSet(there && (await marksOf(ppro, there))))
      throw handlesRefused(fileName(request.path), result.done ? 'it kept the old ones' : result.message);
  });
}

/**
 * Throws host-import-failed when Premiere reads another number of frames in the clip than the shot has: laid down, it
 * would cover a neighbour or leave a hole. A host that does not tell the length is believed; placing reads it back.
 */
export async function checkLength(
  ppro: PremiereApi,
  item: ProjectItem,
  rate: FrameRate,
  request: PlaceRequest,
): Promise<void> {
  const marks = await marksOf(ppro, item);
  const frames = marks ? nearestFrame(marks.to - marks.from, rate) : 0;
  if (frames > 0 && frames !== request.frames) throw clipLength(fileName(request.path), frames, request.frames);
}
