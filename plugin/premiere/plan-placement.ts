/** Decides what to do with a take, on the timeline as it is now. Changes nothing. */
import type { ProjectItem } from '@adobe/premierepro';
import type { InbetweenError } from '../../shared/problem';
import { formatRate, framesToTicks, nearestFrame, sameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind, type Bound } from './bind';
import { findImported } from './bin';
import { chooseTrack, type TrackChoice } from './choose-track';
import { findShotNow } from './find-shot-now';
import type { PlaceOutcome, PlaceRequest } from './host';
import { checkLength } from './import-take';
import { isOfShot, overlaps, type OwnTake } from './own-takes';
import { fileName, samePathKey } from './paths';
import { importFailed, rateChanged, shotAmbiguous, shotGone, shotTrimmed, takeTrimmed } from './problems';
import { scanSequence, type SequenceScan } from './read-shots';
import type { ClipReading } from './tracks';

/** Where the take goes, decided on one reading of the timeline. */
export interface Plan {
  readonly bound: Bound;
  readonly scan: SequenceScan;
  readonly item: ProjectItem;
  readonly startFrame: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly choice: TrackChoice;
  /** Takes of the same shot in the same slot, shown now: they are hidden and stay. */
  readonly older: readonly OwnTake[];
}

/** What to do, or how it ended without anything to do. */
type Decision = { readonly plan: Plan } | { readonly outcome: PlaceOutcome };

/** True for the clip of exactly this request. */
export function isThisTake(clip: ClipReading, request: PlaceRequest): boolean {
  return clip.mediaPath !== '' && samePathKey(clip.mediaPath) === samePathKey(request.path);
}

/** The take as it lies on the timeline already: placed before the panel could say so, or in an earlier try. */
export function alreadyThere(scan: SequenceScan, request: PlaceRequest): PlaceOutcome | null {
  const own = scan.takes.find((take) => take.entry.jobId === request.jobId)?.clip;
  const clip = own ?? scan.tracks.flatMap((track) => track.clips).find((c) => isThisTake(c, request));
  if (!clip) return null;
  const startFrame = nearestFrame(clip.start, scan.setup.rate);
  const frames = nearestFrame(clip.end, scan.setup.rate) - startFrame;
  return {
    status: 'already-placed',
    placement: { trackIndex: clip.trackIndex, startFrame, frames, name: fileName(clip.mediaPath || request.path) },
    movedBy: startFrame - request.startFrame,
    ...(frames === request.frames ? {} : { note: takeTrimmed(request.shotName, frames, request.frames).problem }),
  };
}

/** The slot of the take this one supersedes, where its clip still has exactly this range: it may be overwritten there. */
export function superseded(scan: SequenceScan, request: PlaceRequest, start: bigint, end: bigint): TrackChoice | null {
  const take = scan.takes.find(({ entry }) => request.replaces !== undefined && entry.jobId === request.replaces);
  if (take?.clip.start !== start || take.clip.end !== end) return null;
  return { how: 'free', index: take.clip.trackIndex };
}

/** The clip stays in the bin, and why. */
function keep(error: InbetweenError): Decision {
  return { outcome: { status: 'kept-in-bin', problem: error.problem } };
}

/** Decides on a fresh reading of the timeline. Throws what bind throws, and host-import-failed for a clip of another length. */
export async function decide(ppro: PremiereApi, request: PlaceRequest): Promise<Decision> {
  const bound = await bind(ppro, request);
  const scan = await scanSequence(ppro, bound);
  const there = alreadyThere(scan, request);
  if (there) return { outcome: there };
  const { shotName } = request;
  const { rate } = scan.setup;
  if (!sameRate(rate, request.rate)) return keep(rateChanged(shotName, formatRate(rate), formatRate(request.rate)));
  const now = findShotNow(
    scan.shots.map((shot) => shot.reading),
    request,
  );
  if (now.found === 'gone') return keep(shotGone(shotName));
  if (now.found === 'ambiguous') return keep(shotAmbiguous(shotName));
  const { startFrame, frames } = now.shot.draft;
  if (now.found === 'trimmed') return keep(shotTrimmed(shotName, frames, request.frames));
  const item = await findImported(ppro, bound.project, request.path);
  if (!item) throw importFailed(fileName(request.path), 'it is no longer in the project');
  await checkLength(ppro, item, rate, request);
  const start = framesToTicks(startFrame, rate);
  const end = framesToTicks(startFrame + frames, rate);
  const choice = superseded(scan, request, start, end) ?? chooseTrack(scan.tracks, now.shot.trackIndex, start, end);
  const older = scan.takes.filter(
    (take) =>
      !take.clip.disabled &&
      take.clip.trackIndex !== choice.index &&
      isOfShot(take, shotName) &&
      overlaps(take.clip, start, end),
  );
  return { plan: { bound, scan, item, startFrame, start, end, choice, older } };
}
