/** Reads a placement back: only what lies on the timeline counts, never what the host answered. */
import { nearestFrame, ticksPerFrame } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind } from './bind';
import type { PlaceOutcome, PlaceRequest } from './host';
import type { TransactionResult } from './lock';
import { fileName } from './paths';
import { isThisTake, type Plan } from './plan-placement';
import { placedWrong, placeFailed, trackMissing } from './problems';
import { rippledTracks } from './ripple';
import { readLayout, readVideoTracks, type Layout } from './tracks';

/** What Premiere's Undo calls the step that placed this take. */
export const undoName = (request: Pick<PlaceRequest, 'shotName' | 'take'>): string =>
  `Animate ${request.shotName} (take ${request.take})`;

/** A transaction that was tried, with the layout before it where it was an insert. */
export interface Attempt {
  readonly plan: Plan;
  readonly before: readonly Layout[];
  readonly result: TransactionResult;
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
  const wrong = (what: string): Error => placedWrong(request.shotName, what, undoName(request));
  if (clip.start !== plan.start)
    throw wrong(`it begins at frame ${nearestFrame(clip.start, rate)} instead of ${plan.startFrame}`);
  if (clip.end !== plan.end) {
    throw wrong(
      `it is ${Number((clip.end - clip.start) / ticksPerFrame(rate))} frames long instead of ${request.frames}`,
    );
  }
  if (clip.trackIndex !== plan.choice.index)
    throw wrong(`it lies on track V${clip.trackIndex + 1} instead of V${plan.choice.index + 1}`);
  if (plan.choice.how === 'new') {
    const pushed = rippledTracks(before, await readLayout(ppro, sequence), plan.start, plan.end - plan.start);
    if (pushed.length > 0) throw wrong('it pushed other clips along');
  }
  return {
    status: 'placed',
    placement: {
      trackIndex: clip.trackIndex,
      startFrame: plan.startFrame,
      frames: request.frames,
      name: fileName(clip.mediaPath),
    },
    movedBy: plan.startFrame - request.startFrame,
  };
}
