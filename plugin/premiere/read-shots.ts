/** Reads a sequence's boards and puts them together into shots. */
import type { ClipProjectItem } from '@adobe/premierepro';
import type { Problem } from '../../shared/problem';
import { LIMITS } from '../../shared/protocol/limits';
import type { PremiereApi } from './api';
import type { Bound } from './bind';
import { readFrameSetup, type FrameSetup } from './frame-setup';
import { groupBoards, shotIds, type BoardGroup } from './group-shots';
import type { BoardReading, SequenceReading, ShotNote, ShotReading } from './host';
import { readLedger } from './ledger';
import { distinctNotes, joinNotes, markerText, readMarkers, speaksOf, type MarkerReading } from './notes-source';
import { ownTakes, type OwnTake } from './own-takes';
import { fileName, samePathKey } from './paths';
import { sortClips, type BoardClip, type OtherClip } from './sort-clips';
import { readVideoTracks, type ClipReading, type TrackReading } from './tracks';

/** A shot with the clips that it was read from. */
export interface ShotClips {
  readonly reading: ShotReading;
  readonly clips: readonly BoardClip[];
}

/** Everything read from a sequence in one go, handles included: good until the next edit. */
export interface SequenceScan {
  readonly setup: FrameSetup;
  readonly tracks: readonly TrackReading[];
  readonly takes: readonly OwnTake[];
  readonly shots: readonly ShotClips[];
  /** Clips that are no boards, with what they are. */
  readonly others: readonly OtherClip[];
  readonly problems: readonly Problem[];
}

function boardReading(board: BoardClip, shotStart: number): BoardReading {
  const { clip } = board;
  return {
    at: board.start - shotStart,
    name: (clip.mediaPath === '' ? clip.name : fileName(clip.mediaPath)).slice(0, LIMITS.nameLength),
    mediaPath: clip.mediaPath === '' ? null : clip.mediaPath,
    itemStartFrame: board.start,
    trackIndex: clip.trackIndex,
  };
}

type ClipMarkers = (clip: ClipReading) => Promise<readonly MarkerReading[]>;

async function notesOf(
  group: BoardGroup<BoardClip>,
  markers: readonly MarkerReading[],
  clipMarkers: ClipMarkers,
): Promise<readonly ShotNote[]> {
  const { boards, shotName } = group;
  const end = boards[boards.length - 1]?.end ?? boards[0].end;
  const notes: ShotNote[] = markers
    .filter((marker) => speaksOf(marker, boards[0].start, end))
    .map((marker) => ({ source: 'sequence-marker', text: markerText(marker, shotName) }));
  for (const { clip } of boards) {
    for (const marker of await clipMarkers(clip))
      notes.push({ source: 'clip-marker', text: markerText(marker, shotName) });
  }
  for (const { name } of boards) notes.push({ source: 'clip-name', text: name.words });
  return distinctNotes(notes);
}

function shotReading(
  id: string,
  group: BoardGroup<BoardClip>,
  notes: readonly ShotNote[],
  setup: FrameSetup,
): ShotReading {
  const [first] = group.boards;
  const end = group.boards[group.boards.length - 1]?.end ?? first.end;
  return {
    draft: {
      id,
      name: group.shotName.slice(0, LIMITS.nameLength),
      rate: setup.rate,
      dropFrame: setup.dropFrame,
      startFrame: first.start,
      ...(setup.timecodeZero === 0 ? {} : { timecodeZero: setup.timecodeZero }),
      frames: end - first.start,
      size: setup.size,
      fit: 'letterbox',
      notes: joinNotes(notes),
    },
    boards: group.boards.map((board) => boardReading(board, first.start)),
    trackIndex: first.trackIndex,
    notes,
  };
}

/** Marker readings of project items, read once each: every use of a board shares them. */
function clipMarkerReader(ppro: PremiereApi, setup: FrameSetup): ClipMarkers {
  const cache = new Map<string, Promise<readonly MarkerReading[]>>();
  const read = async (owner: ClipProjectItem): Promise<readonly MarkerReading[]> => {
    try {
      return await readMarkers(ppro, owner, setup.rate);
    } catch {
      return [];
    }
  };
  return (clip) => {
    if (!clip.clip) return Promise.resolve([]);
    if (clip.mediaPath === '') return read(clip.clip);
    const key = samePathKey(clip.mediaPath);
    const known = cache.get(key) ?? read(clip.clip);
    cache.set(key, known);
    return known;
  };
}

/** Reads the whole of a bound sequence. Throws whatever the host throws when the timeline changes under it: see steadily. */
export async function scanSequence(ppro: PremiereApi, { sequence }: Bound): Promise<SequenceScan> {
  const setup = await readFrameSetup(ppro, sequence);
  const { ledger } = await readLedger(ppro, sequence);
  const tracks = await readVideoTracks(ppro, sequence);
  const takes = ownTakes(tracks, ledger);
  const markers = await readMarkers(ppro, sequence, setup.rate);
  const sorted = await sortClips(tracks, new Set(takes.map((take) => take.clip)), setup.rate);
  const groups = sorted.boards
    .flatMap((onTrack) => groupBoards(onTrack, markers))
    .sort((a, b) => a.boards[0].start - b.boards[0].start || a.boards[0].trackIndex - b.boards[0].trackIndex);
  const ids = shotIds(groups.map((group) => group.shotName.slice(0, LIMITS.nameLength - 8)));
  const clipMarkers = clipMarkerReader(ppro, setup);
  const shots = await Promise.all(
    groups.map(async (group, i) => ({
      reading: shotReading(ids[i] ?? group.shotName, group, await notesOf(group, markers, clipMarkers), setup),
      clips: group.boards,
    })),
  );
  return { setup, tracks, takes, shots, others: sorted.others, problems: sorted.problems };
}

/** The scan as plain data. */
export function sequenceReading(bound: Bound, scan: SequenceScan): SequenceReading {
  return {
    ...bound.ref,
    name: bound.sequence.name,
    projectName: bound.project.name,
    ...scan.setup,
    shots: scan.shots.map((shot) => shot.reading),
    problems: scan.problems,
  };
}
