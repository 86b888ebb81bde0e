/** Several storyboards of one folder as one, in the order of their names. */
import path from 'node:path';
import { toProblem } from '../../../shared/problem';
import type { Storyboard, StoryboardSound } from '../storyboard';
import { Warnings } from './file/warnings';

const USUAL_MS = 2000;

/** How long it is where its boards say; boards that do not are taken for usual ones. */
const lengthOf = ({ shots }: Storyboard): number =>
  shots.flatMap(({ boards }) => boards).reduce((sum, { milliseconds }) => sum + (milliseconds ?? USUAL_MS), 0);

/** Storyboarder's "Scene-3-EXT-HOUSE-DAY-T5KRK" is SC003. */
function shortName(name: string): string {
  const scene = /^scene-(\d{1,5})-/i.exec(name)?.[1];
  return scene === undefined ? `${name} ` : `SC${scene.padStart(3, '0')}_`;
}

/**
 * Reads all that are named. One that cannot be read is told and left out; the first one's fault is thrown where none can. Aspect and
 * rate are the first one's.
 */
export async function combined(
  folder: string,
  names: readonly string[],
  readOne: (name: string, i: number) => Promise<Storyboard>,
): Promise<Storyboard> {
  const warnings = new Warnings();
  const read: Storyboard[] = [];
  let fault: unknown;
  for (const [i, name] of names.entries()) {
    try {
      read.push(await readOne(name, i));
    } catch (error) {
      fault ??= error;
      warnings.add(`${name} was left out: ${toProblem(error, 'board-unreadable').message}`);
    }
  }
  const [first] = read;
  if (!first) throw fault;
  if (read.length === 1) return { ...first, warnings: [...warnings.list(), ...first.warnings] };
  const sounds: StoryboardSound[] = [];
  let at = 0;
  for (const story of read) {
    sounds.push(...story.sounds.map((sound) => ({ ...sound, startMilliseconds: sound.startMilliseconds + at })));
    at += lengthOf(story);
    for (const warning of story.warnings) warnings.add(`${story.name}: ${warning}`);
  }
  return {
    ...first,
    name: path.basename(path.resolve(folder)),
    shots: read.flatMap((story) =>
      story.shots.map((shot) => ({ ...shot, name: `${shortName(story.name)}${shot.name}` })),
    ),
    sounds,
    warnings: warnings.list(),
  };
}
