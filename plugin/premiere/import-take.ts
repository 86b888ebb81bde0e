/** Brings a clip into the project, once. */
import type { Project, ProjectItem } from '@adobe/premierepro';
import { nearestFrame, type FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import { animaticsBin, findImported } from './bin';
import { orElse } from './host-values';
import type { HostDependencies, PlaceRequest } from './host';
import { extension, fileName } from './paths';
import { clipFormat, clipLength, clipMissing, importFailed } from './problems';
import { steadily } from './steady';
import { ticksOf } from './ticks';
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
  const clip = castClip(ppro, item);
  const { VIDEO } = ppro.Constants.MediaType;
  const frames = await orElse(async () => {
    if (!clip) return 0;
    const [from, to] = await Promise.all([clip.getInPoint(VIDEO), clip.getOutPoint(VIDEO)]);
    return nearestFrame(ticksOf(to) - ticksOf(from), rate);
  }, 0);
  if (frames > 0 && frames !== request.frames) throw clipLength(fileName(request.path), frames, request.frames);
}
