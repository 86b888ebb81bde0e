/** Tells which clips on the timeline are takes of ours. */
import { nearestFrame, type FrameRate } from '../../shared/shot';
import { BIN_NAME } from './bin-name';
import { orNull } from './host-values';
import type { PlacedTake } from './host';
import type { Ledger, LedgerEntry } from './ledger';
import { fileName, samePathKey } from './paths';
import { parseTakeName, shotNameKey } from './take-name';
import type { ClipReading, TrackReading } from './tracks';

/** A clip of ours with what is known of it. */
export interface OwnTake {
  readonly clip: ClipReading;
  readonly entry: LedgerEntry;
}

/** The clip's file name; a take that is offline has no path, and is known by its item's name in the project. */
function mediaName(clip: ClipReading): string {
  if (clip.mediaPath !== '') return fileName(clip.mediaPath);
  try {
    return orNull(clip.projectItem)?.name ?? clip.name;
  } catch {
    return clip.name;
  }
}

/** True where the item lies in the bin that takes are imported into. */
function inOurBin(clip: ClipReading): boolean {
  try {
    return orNull(clip.projectItem?.getParentBin())?.name === BIN_NAME;
  } catch {
    return false;
  }
}

/**
 * Recognises takes by the ledger and, where it was lost, by file name. A name alone is enough only for a clip in our
 * own bin: an artist's "SH010_t03_comp-final.mov" stays the artist's.
 */
function takeRecogniser(ledger: Ledger): (clip: ClipReading) => OwnTake | null {
  const known = new Map(ledger.takes.map((entry) => [samePathKey(entry.file), entry]));
  return (clip) => {
    const file = mediaName(clip);
    const entry = known.get(samePathKey(file));
    if (entry) return { clip, entry };
    const key = parseTakeName(file);
    if (!key || !inOurBin(clip)) return null;
    return { clip, entry: { jobId: key.jobId, shot: key.shot, take: key.take, file } };
  };
}

/** All takes on these tracks. */
export function ownTakes(tracks: readonly TrackReading[], ledger: Ledger): readonly OwnTake[] {
  const recognise = takeRecogniser(ledger);
  return tracks.flatMap((track) => track.clips.flatMap((clip) => recognise(clip) ?? []));
}

/** True when a take was made for the shot of this name; file names keep letters and digits only. */
export function isOfShot(take: OwnTake, shotName: string): boolean {
  return shotNameKey(take.entry.shot) === shotNameKey(shotName);
}

/** True when the clip covers any of the half-open tick range. */
export function overlaps(clip: { start: bigint; end: bigint }, start: bigint, end: bigint): boolean {
  return clip.start < end && clip.end > start;
}

/** The take as the panel knows it. */
export function placedTake({ clip, entry }: OwnTake, rate: FrameRate): PlacedTake {
  const startFrame = nearestFrame(clip.start, rate);
  return {
    jobId: entry.jobId,
    shotName: entry.shot,
    take: entry.take,
    trackIndex: clip.trackIndex,
    startFrame,
    frames: nearestFrame(clip.end, rate) - startFrame,
    enabled: !clip.disabled,
    name: mediaName(clip),
    path: clip.mediaPath,
  };
}
