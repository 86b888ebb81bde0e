/** What is said about a picture of a timeline: its clip's comments and the markers over it. */
import type { TimelineMarker } from '../../../timeline';
import type { Words } from '../model';
import { mergeWords, sortWords } from '../words';
import type { Shown } from './shown';

/** "Scene 3", "SC_010", "Shot 4A": a marker that opens a scene or a shot, and says nothing about the camera. */
const SCENE =
  /^\s*(?:scene|sc|sequence|seq|sq|shot|sh|szene|einstellung|sc[eè]ne|plan|escena|plano|シーン|カット)[\s_.#-]*\d+\s*[a-z]?\b/iu;

export const isScene = (marker: TimelineMarker): boolean => SCENE.test(marker.name);

/** A marker's sentence: its comment, or its name where it is neither a scene's nor the clip's own nor a default one. */
export function markerText(marker: TimelineMarker, clipName: string): string {
  if (marker.comment.trim() !== '') return marker.comment;
  const plain = marker.name.trim();
  const says = plain !== '' && !isScene(marker) && plain !== clipName && !/^marker[\s_]*\d*$/i.test(plain);
  return says ? plain : '';
}

/** Clip markers within what is shown, and the timeline's markers that start there. */
export function wordsFor(shown: Shown, clipStart: number, markers: readonly TimelineMarker[]): Words {
  const { clip } = shown;
  const from = shown.start - clipStart;
  const inside = (frame: number, first: number): boolean => frame >= first && frame < first + shown.frames;
  const own = clip.markers.filter((marker) => inside(marker.frame, from) || clip.markers.length === 1);
  const over = markers.filter((marker) => inside(marker.frame, shown.start));
  return mergeWords([clip.words, sortWords([...own, ...over].map((marker) => markerText(marker, clip.name)))]);
}
