/** The edited sequence as a row of boards: each stretch says which board is seen, or which stranger. */
import { shownPictures, type Shown } from '../in/timeline/boards/shown';
import type { ReadClip, ReadTimeline } from '../in';
import { lastPart } from '../in/media/names';
import { Matcher, type Match } from './match';
import type { Panel } from './panel';

/** Half-open frames of the edited sequence. */
export interface Use {
  readonly panel: Panel | null;
  /** What the clip is called. */
  readonly name: string;
  readonly file: string;
  readonly start: number;
  readonly frames: number;
}

/** Frames of a take before its shot begins: handles, where its file is longer than the shot and the clip does not start with it. */
function leadOf({ frames, sourceIn, media, speed = 1 }: ReadClip, shotFrames: number): number {
  const extra = (media.frames ?? 0) - shotFrames;
  if (media.kind !== 'movie' || extra <= 0 || sourceIn <= 0) return 0;
  // Untrimmed, it begins where its shot does. Trimmed, its handles are taken to be alike, unless it plays on into the second one.
  if (frames === shotFrames && sourceIn <= extra) return sourceIn;
  const lead = Math.min(sourceIn, Math.floor(extra / 2));
  return sourceIn + frames * speed <= (media.frames ?? 0) - lead ? lead : 0;
}

/**
 * A clip of a whole shot shows its boards where they lie in it, at the speed it runs; the first one is held before it, the last one for
 * as long as it runs on. `into` is how far into the clip this stretch begins.
 */
function ofShot({ start, frames, clip }: Shown, { panels }: Match, into: number): Use[] {
  const [first, last] = [panels[0], panels.at(-1)];
  if (first === undefined || last === undefined) return [];
  const movie = clip.media.kind === 'movie';
  const speed = movie ? (clip.speed ?? 1) : 1;
  // Stills of a shot's name count from their own beginning; takes from where the clip is cut into them.
  const from = movie ? clip.sourceIn - leadOf(clip, last.start + last.frames - first.start) : 0;
  /** Frame of this stretch at which the take reaches a frame of the shot. */
  const reaches = (frame: number): number => Math.round((frame - from) / speed) - into;
  const holds = (panel: Panel, next: Panel | undefined): boolean =>
    (panel === first || panel.start - first.start <= from) && (next === undefined || from < next.start - first.start);
  const parts = panels.map((panel, i) => {
    const next = panels[i + 1];
    if (speed === 0) return { panel, begin: 0, end: holds(panel, next) ? frames : 0 };
    const ends = [
      panel === first ? -Infinity * speed : reaches(panel.start - first.start),
      next === undefined ? Infinity * speed : reaches(next.start - first.start),
    ];
    return { panel, begin: Math.max(0, Math.min(...ends)), end: Math.min(frames, Math.max(...ends)) };
  });
  return parts
    .filter(({ begin, end }) => end > begin)
    .sort((a, b) => a.begin - b.begin)
    .map(({ panel, begin, end }) => ({
      ...{ panel, name: clip.name, file: lastPart(clip.media.path) },
      ...{ start: start + begin, frames: end - begin },
    }));
}

/** In order of time. A board that goes on in the next clip is one use. */
export function usesOf(edited: ReadTimeline, panels: readonly Panel[]): Use[] {
  const matcher = new Matcher(panels);
  const shown = shownPictures(edited.tracks, (clip, layers) => matcher.of(clip, layers) !== null);
  const starts = new Map(edited.tracks.flatMap((track) => track.clips.map((clip) => [clip, clip.start] as const)));
  const uses = shown.flatMap((item): Use[] => {
    const { clip, layers, start, frames } = item;
    const match = matcher.of(clip, layers);
    if (match?.whole) return ofShot(item, match, start - (starts.get(clip) ?? start));
    return [{ panel: match?.panels[0] ?? null, name: clip.name, file: lastPart(clip.media.path), start, frames }];
  });
  const joined: Use[] = [];
  for (const use of uses) {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined && use.panel !== null && last.panel === use.panel && last.start + last.frames === use.start;
    if (goesOn) joined[joined.length - 1] = { ...last, frames: last.frames + use.frames };
    else joined.push(use);
  }
  return joined;
}
