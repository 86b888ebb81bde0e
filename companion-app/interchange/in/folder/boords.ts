/** Boords' export for After Effects: `ae.json` beside sorted pictures, and at most one sound over all of it. */
import path from 'node:path';
import { z } from 'zod';
import type { Storyboard } from '../../storyboard';
import { readText } from '../file/read-text';
import { unreadable } from '../file/refuse';
import { Warnings } from '../file/warnings';
import { mediaKind } from '../timeline/media-kind';
import type { BoardPicture } from './pictures';
import { boardOf } from './shot-list';

const zText = z.union([z.string(), z.number().transform(String)]).catch('');
const zFrame = z.object({
  /** Milliseconds. */
  duration: z
    .union([z.number(), z.string().transform(Number)])
    .pipe(z.number().positive().max(86_400_000))
    .optional()
    .catch(undefined),
  label: zText,
  voiceover: zText,
  direction: zText,
});
const zBoords = z.object({ name: zText, frames: z.array(zFrame).max(20_000) });

/** Their texts come as HTML. */
const plain = (text: string): string =>
  text
    .replaceAll(/<br\s*\/?>|<\/p>/gi, '\n')
    .replaceAll(/<[^<>]{0,200}>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();

/** `names` are all files of the folder, in natural order. Throws InbetweenError `board-unreadable`. */
export async function readBoords(
  folder: string,
  names: readonly string[],
  pictures: readonly BoardPicture[],
): Promise<Storyboard> {
  const file = path.join(folder, 'ae.json');
  const bad = (why: string): Error => unreadable(file, why, 'Export the storyboard from Boords again.');
  let json: unknown;
  try {
    json = JSON.parse((await readText(file)).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw bad(
      error instanceof SyntaxError ? 'it is no JSON' : error instanceof Error ? error.message : 'it may not be opened',
    );
  }
  const read = zBoords.safeParse(json);
  if (!read.success || read.data.frames.length === 0) throw bad('it has no list of frames');
  const warnings = new Warnings();
  const { frames, name } = read.data;
  if (pictures.length > frames.length)
    for (const extra of pictures.slice(frames.length))
      warnings.add(`${extra.name} is in no frame of ae.json and was left out.`);
  const shots = frames.map((frame, i) => {
    const picture = pictures[i];
    const label = plain(frame.label);
    if (!picture) warnings.add(`Frame ${i + 1}${label === '' ? '' : ` (${label})`} has no picture: it is blank paper.`);
    const base = picture ? boardOf(picture) : { name: label || `frame ${i + 1}`, layers: [] };
    const board = {
      ...base,
      ...(frame.duration === undefined ? {} : { milliseconds: frame.duration }),
      notes: plain(frame.direction),
      action: '',
      dialogue: plain(frame.voiceover),
    };
    return { name: label || String(i + 1), boards: [board] };
  });
  const sound = names.find((n) => /sound/i.test(n) && mediaKind(n, 'movie') === 'sound');
  return {
    name: plain(name) || path.basename(path.resolve(folder)),
    shots,
    sounds: sound === undefined ? [] : [{ path: path.resolve(folder, sound), startMilliseconds: 0 }],
    warnings: warnings.list(),
  };
}
