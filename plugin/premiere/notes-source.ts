/** The artist's words about a shot: sequence markers over it, markers of its clips, the words in a clip's name. */
import type { ClipProjectItem, Marker, Sequence } from '@adobe/premierepro';
import { LIMITS } from '../../shared/protocol/limits';
import type { FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { orNull } from './host-values';
import type { ShotNote } from './host';
import { parseBoardName } from '../../shared/shot/board-name';
import { frameOf } from './ticks';

/** A marker in frames; a point marker has end = start. */
export interface MarkerReading {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly comments: string;
}

function readMarker(ppro: PremiereApi, marker: Marker, rate: FrameRate): MarkerReading | null {
  const type = marker.getType();
  if (type === ppro.Marker.MARKER_TYPE_WEBLINK || type === ppro.Marker.MARKER_TYPE_FLVCUEPOINT) return null;
  const start = marker.getStart();
  return {
    start: frameOf(start, rate),
    end: frameOf(start.add(marker.getDuration()), rate),
    name: (orNull(marker.getName()) ?? '').trim(),
    comments: (orNull(marker.getComments()) ?? '').trim(),
  };
}

/** Markers of a sequence or of a project item, by start. An owner that the host gives none for has none. */
export async function readMarkers(
  ppro: PremiereApi,
  owner: Sequence | ClipProjectItem,
  rate: FrameRate,
): Promise<readonly MarkerReading[]> {
  const markers = orNull(await ppro.Markers.getMarkers(owner));
  const list = orNull(markers?.getMarkers()) ?? [];
  return list.flatMap((marker) => readMarker(ppro, marker, rate) ?? []).sort((a, b) => a.start - b.start);
}

/** True when a marker speaks of the frames [start, end): it begins among them, or covers at least half of them. */
export function speaksOf(marker: MarkerReading, start: number, end: number): boolean {
  if (marker.start >= start && marker.start < end) return true;
  const covered = Math.min(marker.end, end) - Math.max(marker.start, start);
  return covered > 0 && covered * 2 >= end - start;
}

/** A marker's words: its name without the shot's own code, then its comments. */
export function markerText(marker: MarkerReading, shotName: string): string {
  const parsed = parseBoardName(marker.name);
  const named = parsed.code !== 'none' && parsed.shot.toLowerCase() === shotName.toLowerCase();
  return [named ? parsed.words : marker.name, marker.comments].filter((part) => part !== '').join(', ');
}

/** Drops empty and repeated texts (the same clip marker on every use of a board), keeping the first. */
export function distinctNotes(notes: readonly ShotNote[]): readonly ShotNote[] {
  const seen = new Set<string>();
  return notes.filter(({ text }) => {
    const key = text.trim().toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** All texts as one note, a line each, cut at the protocol's length. */
export function joinNotes(notes: readonly ShotNote[]): string {
  return notes
    .map(({ text }) => text)
    .join('\n')
    .slice(0, LIMITS.notesLength);
}
