/** Reads a placement back: only what lies on the timeline counts, never what the host answered. */
import { framesToTicks, nearestFrame } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import type { PlaceOutcome, PlaceRequest } from './host';
import type { TransactionResult } from './lock';
import { overlaps } from './own-takes';
import { fileName } from './paths';
import { isThisTake, type Plan } from './plan-placement';
import { placedWrong, placeFailed, takeTrimmed, trackMissing } from './problems';
import { rippledTracks } from './ripple';
import { ticksOf } from './ticks';
import { readLayout, readVideoTracks, type Layout, type TrackReading } from './tracks';

/** What Premiere's Undo calls the step that placed this take. */
export const undoName = (request: Pick<PlaceRequest, 'shotName' | 'take'>): string =>
  `Animate ${request.shotName} (take ${request.take})`;

/** A transaction that was tried, with the layout before it where it was an insert. */
export interface Attempt {
  readonly plan: Plan;
  readonly before: readonly Layout[];
  readonly result: TransactionResult;
}

/** True where a clip that is not this take lies on its track, within its range. */
function coveredByOther(tracks: readonly TrackReading[], plan: Plan, request: PlaceRequest): boolean {
  const lane = tracks.find(({ index }) => index === plan.choice.index)?.clips ?? [];
  return lane.some((clip) => !isThisTake(clip, request) && overlaps(clip, plan.start, plan.end));
}

/** Reads back item, start, length and path. Throws host-transaction-failed or host-track-missing. */
export async function confirm(
  ppro: PremiereApi,
  { plan, before, result }: Attempt,
  request: PlaceRequest,
): Promise<PlaceOutcome> {
  const { sequence } = await bind(ppro, request);
  const { rate } = plan.scan.setup;
  const tracks = await readVideoTracks(ppro, sequence);
  const ours = tracks.flatMap((track) => track.clips).filter((clip) => isThisTake(clip, request));
  const clip = ours.find((c) => c.start === plan.start) ?? ours[0];
  const why = result.done ? 'the clip is not on the timeline' : result.message;
  if (!clip) throw plan.choice.how === 'new' ? trackMissing(why) : placeFailed(request.shotName, why);
  const startFrame = nearestFrame(clip.start, rate);
  const frames = nearestFrame(clip.end, rate) - startFrame;
  const placed: PlaceOutcome = {
    status: 'placed',
    placement: { trackIndex: clip.trackIndex, startFrame, frames, name: fileName(clip.mediaPath) },
    movedBy: startFrame - request.startFrame,
  };
  // Placed, and at once cut by a clip that the artist laid over it: theirs to undo, not ours.
  if (frames !== request.frames && coveredByOther(tracks, plan, request)) {
    return { ...placed, note: takeTrimmed(request.shotName, frames, request.frames).problem };
  }
  const wrong = (what: string): Error => placedWrong(request.shotName, what, undoName(request));
  if (clip.start !== plan.start) throw wrong(`it begins at frame ${startFrame} instead of ${plan.startFrame}`);
  if (clip.end !== plan.end) throw wrong(`it is ${frames} frames long instead of ${request.frames}`);
  if (clip.trackIndex !== plan.choice.index) {
    throw wrong(`it lies on track V${clip.trackIndex + 1} instead of V${plan.choice.index + 1}`);
  }
  const inPoint = ticksOf(await clip.item.getInPoint());
  if (request.handles && inPoint !== framesToTicks(request.handles.before, rate))
    throw wrong('it does not begin after its handle');
  if (plan.choice.how === 'new') {
    const pushed = rippledTracks(before, await readLayout(ppro, sequence), plan.start, plan.end - plan.start);
    if (pushed.length > 0) throw wrong('it pushed other clips along');
  }
  return placed;
}
