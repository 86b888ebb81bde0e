/** The edited sequence as a row of boards: each stretch says which board is seen, or which stranger. */
import { shownPictures, type Shown } from '../in/timeline/boards/shown';
import type { ReadTimeline } from '../in';
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

/** A clip of a whole shot shows its boards where they lie in it; the last one is held for as long as it runs on. */
function ofShot(shown: Shown, { panels }: Match, sourceIn: number): Use[] {
  const [first] = panels;
  const origin = first?.start ?? 0;
  const { start, frames, clip } = shown;
  return panels.flatMap((panel, i): Use[] => {
    const next = panels[i + 1];
    const from = Math.max(sourceIn, i === 0 ? -Infinity : panel.start - origin);
    const to = next === undefined ? sourceIn + frames : Math.min(sourceIn + frames, next.start - origin);
    if (to <= from) return [];
    return [
      { panel, name: clip.name, file: lastPart(clip.media.path), start: start + (from - sourceIn), frames: to - from },
    ];
  });
}

/** In order of time. A board that goes on in the next clip is one use. */
export function usesOf(edited: ReadTimeline, panels: readonly Panel[]): Use[] {
  const matcher = new Matcher(panels);
  const shown = shownPictures(edited.tracks, (clip, layers) => matcher.of(clip, layers) !== null);
  const starts = new Map(edited.tracks.flatMap((track) => track.clips.map((clip) => [clip, clip.start] as const)));
  const uses = shown.flatMap((item): Use[] => {
    const { clip, layers, start, frames } = item;
    const match = matcher.of(clip, layers);
    if (match?.whole) {
      // Stills of a shot's name count from their own beginning; takes from where the clip is cut into them.
      const cut = start - (starts.get(clip) ?? start);
      return ofShot(item, match, (clip.media.kind === 'movie' ? Math.max(0, clip.sourceIn) : 0) + cut);
    }
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
