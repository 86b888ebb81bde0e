/** Limits a reading to what the artist has selected on the timeline. */
import type { AudioClipTrackItem, Sequence, VideoClipTrackItem } from '@adobe/premierepro';
import type { Problem } from '../../shared/problem';
import type { PremiereApi } from './api';
import type { Bound } from './bind';
import { orNull } from './host-values';
import type { SequenceReading } from './host';
import { isOfShot, overlaps } from './own-takes';
import { scanSequence, sequenceReading, type SequenceScan, type ShotClips } from './read-shots';
import { notABoard } from './sort-clips';
import { ticksOf } from './ticks';
import type { ClipReading } from './tracks';

/** Track items have no id: where a clip begins on its track is who it is. */
const place = (trackIndex: number, start: bigint): string => `${trackIndex}@${start.toString()}`;

function isVideo(item: VideoClipTrackItem | AudioClipTrackItem): item is VideoClipTrackItem {
  return 'createAddVideoTransitionAction' in item;
}

/** Places of the selected video clips; a click on linked sound and picture selects both, and the sound is left out. */
async function selectedPlaces(sequence: Sequence): Promise<ReadonlySet<string>> {
  const selection = orNull(await sequence.getSelection());
  const items = orNull(await selection?.getTrackItems()) ?? [];
  const places = items.filter(isVideo).map(async (item) => {
    const [track, start] = await Promise.all([item.getTrackIndex(), item.getStartTime()]);
    return place(track, ticksOf(start));
  });
  return new Set(await Promise.all(places));
}

function isSelected(scan: SequenceScan, shot: ShotClips, selected: (clip: ClipReading) => boolean): boolean {
  if (shot.clips.some(({ clip }) => selected(clip))) return true;
  const first = shot.clips[0]?.clip;
  const last = shot.clips[shot.clips.length - 1]?.clip;
  if (!first || !last) return false;
  return scan.takes.some(
    (take) =>
      selected(take.clip) && isOfShot(take, shot.reading.draft.name) && overlaps(take.clip, first.start, last.end),
  );
}

/** True for every clip that is selected on the timeline now. */
async function selectionNow(bound: Bound): Promise<(clip: ClipReading) => boolean> {
  const places = await selectedPlaces(bound.sequence);
  return (clip) => places.has(place(clip.trackIndex, clip.start));
}

/** Ids of the shots of a scan of which a board, or a take above it, is selected. */
export async function selectedShotIds(scan: SequenceScan, bound: Bound): Promise<readonly string[]> {
  const selected = await selectionNow(bound);
  return scan.shots.filter((shot) => isSelected(scan, shot, selected)).map(({ reading }) => reading.draft.id);
}

/**
 * Reads the sequence and keeps the shots of which a board, or a take above it, is selected; a shot is always kept whole.
 * Each selected clip that cannot be animated has its problem.
 */
export async function readSelectedShots(ppro: PremiereApi, bound: Bound): Promise<SequenceReading> {
  const scan = await scanSequence(ppro, bound);
  const selected = await selectionNow(bound);
  const shots = scan.shots.filter((shot) => isSelected(scan, shot, selected));
  const problems: Problem[] = scan.others
    .filter(({ clip }) => selected(clip))
    .flatMap(({ clip, kind }) => notABoard(clip, kind) ?? []);
  return sequenceReading(bound, { ...scan, shots, problems });
}
