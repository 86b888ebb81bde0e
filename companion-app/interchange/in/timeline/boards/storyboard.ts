/** A timeline as the storyboard it was cut from. */
import { parseBoardName, type FrameRate } from '../../../../../shared/shot';
import type { Storyboard, StoryboardBoard, StoryboardShot, StoryboardSound } from '../../../storyboard';
import { IN_LIMITS } from '../../file/limits';
import { empty, tooLarge } from '../../file/refuse';
import { Warnings } from '../../file/warnings';
import { lastPart } from '../../media/names';
import type { ReadTimeline } from '../model';
import { isScene, wordsFor } from './notes';
import { shownPictures, type Shown } from './shown';

const milliseconds = (frames: number, rate: FrameRate): number => (frames * 1000 * rate.den) / rate.num;

function pictureOf(
  shown: Shown,
  rate: FrameRate,
  warnings: Warnings,
): Pick<StoryboardBoard, 'path' | 'layers' | 'movieFrame'> {
  const { clip, layers } = shown;
  if (layers.length > 0) {
    const there = layers.filter((layer) => layer.found === true);
    for (const layer of layers.filter((l) => l.found !== true))
      warnings.add(
        `Board ${clip.name}: the picture of its layer "${layer.name}" (${lastPart(layer.media.path)}) is missing.`,
      );
    return { layers: there.map((layer) => ({ name: layer.name, path: layer.media.path, opacity: layer.opacity })) };
  }
  if (clip.found !== true) {
    warnings.add(
      `Board ${clip.name}: its picture ${lastPart(clip.media.path)} is missing, also beside the timeline: it is blank paper.`,
    );
    return { layers: [] };
  }
  if (clip.media.kind === 'still') return { path: clip.media.path, layers: [] };
  warnings.add(`Board ${clip.name} is a movie: its first frame in the cut stands for the drawing.`);
  return { layers: [], movieFrame: { path: clip.media.path, frame: Math.max(0, clip.sourceIn), rate } };
}

interface Grouping {
  readonly key: string;
  readonly name: string;
}

/** Which shot a picture belongs to: what its name says, else the scene marker before it, else itself. */
function groupingOf(shown: Shown, scene: string | null): Grouping {
  const fromFile = parseBoardName(lastPart(shown.clip.media.path));
  const fromClip = parseBoardName(shown.clip.name);
  const name = fromClip.code === 'none' && fromFile.code !== 'none' ? fromFile : fromClip;
  if (name.code === 'token' || (name.code === 'number' && name.board !== '')) {
    return { key: name.board === '' ? '' : name.shot.toLowerCase(), name: name.shot };
  }
  return scene === null ? { key: '', name: name.shot } : { key: `scene ${scene}`, name: scene };
}

function soundsOf(timeline: ReadTimeline, warnings: Warnings): StoryboardSound[] {
  const seen = new Set<string>();
  const { rate } = timeline;
  return timeline.tracks
    .filter((track) => track.kind === 'audio' && track.enabled)
    .flatMap((track) => track.clips.filter((clip) => clip.enabled))
    .flatMap((clip): StoryboardSound[] => {
      // Editors lay each channel of one file on a track of its own.
      const key = `${clip.media.path}\n${clip.start}\n${clip.sourceIn}`;
      if (clip.media.path === '' || seen.has(key)) return [];
      seen.add(key);
      if (clip.found !== true) {
        warnings.add(`The sound ${lastPart(clip.media.path)} is missing and is not heard.`);
        return [];
      }
      return [
        {
          path: clip.media.path,
          startMilliseconds: milliseconds(clip.start, rate),
          milliseconds: milliseconds(clip.frames, rate),
          ...(clip.sourceIn > 0 ? { fromMilliseconds: milliseconds(clip.sourceIn, rate) } : {}),
        },
      ];
    });
}

/** `file` is for messages. Throws InbetweenError `board-missing` where nothing in it is a picture. */
export function storyboardOfTimeline(timeline: ReadTimeline, file: string): Storyboard {
  const warnings = new Warnings();
  for (const warning of timeline.warnings) warnings.add(warning);
  const shown = shownPictures(timeline.tracks);
  if (shown.length === 0) throw empty(file, 'shows no picture', 'Name a timeline with boards on a video track.');
  if (shown.length > IN_LIMITS.boards)
    throw tooLarge(file, `${shown.length} boards of at most ${IN_LIMITS.boards}`, 'Export a part of it by itself.');
  const starts = new Map(shown.map((item) => [item.clip, item.start] as const).reverse());
  const scenes = timeline.markers.filter(isScene).sort((a, b) => a.frame - b.frame);
  const { rate } = timeline;
  const shots: { key: string; end: number; shot: StoryboardShot & { boards: StoryboardBoard[] } }[] = [];
  let end = 0;
  for (const item of shown) {
    const scene = scenes.filter((marker) => marker.frame <= item.start).at(-1) ?? null;
    const group = groupingOf(item, scene?.name ?? null);
    const board: StoryboardBoard = {
      name: item.layers.length > 0 ? item.clip.name : lastPart(item.clip.media.path) || item.clip.name,
      ...pictureOf(item, rate, warnings),
      milliseconds: milliseconds(item.frames, rate),
      ...wordsFor(item, starts.get(item.clip) ?? item.start, timeline.markers),
    };
    const last = shots.at(-1);
    const gap = item.start - end;
    end = item.start + item.frames;
    if (last !== undefined && group.key !== '' && last.key === group.key && gap === 0) last.shot.boards.push(board);
    else
      shots.push({
        key: group.key,
        end,
        shot: { name: group.name, boards: [board], ...(gap > 0 ? { gapMilliseconds: milliseconds(gap, rate) } : {}) },
      });
  }
  return {
    name: timeline.name,
    ...(timeline.stated.size ? { aspect: timeline.size.width / timeline.size.height } : {}),
    fps: rate.num / rate.den,
    rate,
    dropFrame: timeline.dropFrame,
    startFrame: timeline.startFrame,
    shots: shots.map((item) => item.shot),
    sounds: soundsOf(timeline, warnings),
    warnings: warnings.list(),
  };
}
