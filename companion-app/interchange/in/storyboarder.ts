/**
 * Wonder Unit Storyboarder projects (.storyboarder, JSON beside an `images` folder), old and new.
 * Layer order and defaults as its own exporter has them; `time` and `number` are unreliable there and are not read.
 */
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import type { Storyboard, StoryboardBoard, StoryboardLayer, StoryboardShot, StoryboardSound } from '../storyboard';

const LAYERS = ['shot-generator', 'reference', 'fill', 'tone', 'pencil', 'ink', 'notes'] as const;
const REFERENCE_OPACITY = 0.75;
const FALLBACK_MS = 2000;

const zNumber = z
  .union([z.number(), z.string().transform(Number)])
  .pipe(z.number())
  .optional()
  .catch(undefined);
const zText = z.string().optional().catch(undefined);

const zLayer = z.object({ url: z.string(), opacity: zNumber });
const zBoard = z.object({
  uid: zText,
  url: zText,
  newShot: z.boolean().catch(true),
  duration: zNumber,
  dialogue: zText,
  action: zText,
  notes: zText,
  audio: z.object({ filename: z.string(), duration: zNumber }).nullish().catch(undefined),
  layers: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const zProject = z.object({
  aspectRatio: zNumber,
  fps: zNumber,
  defaultBoardTiming: zNumber,
  boards: z.array(z.unknown()).max(20_000),
});

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** A file in the project's images folder; null for names that would lead out of it. */
function inImages(folder: string, name: string): string | null {
  return name === '' || path.basename(name.replaceAll('\\', '/')) !== name ? null : path.join(folder, 'images', name);
}

async function layersOf(
  folder: string,
  board: z.output<typeof zBoard>,
  warn: (sentence: string) => void,
): Promise<StoryboardLayer[]> {
  const out: StoryboardLayer[] = [];
  for (const name of LAYERS) {
    const layer = zLayer.safeParse(board.layers?.[name]);
    if (!layer.success) continue;
    const file = inImages(folder, layer.data.url);
    if (file === null || !(await exists(file))) {
      warn(`the picture of its layer "${name}" (${layer.data.url}) is missing`);
      continue;
    }
    out.push({
      name,
      path: file,
      opacity: name === 'reference' ? Math.min(1, Math.max(0, layer.data.opacity ?? REFERENCE_OPACITY)) : 1,
    });
  }
  return out;
}

/**
 * Reads a project. Boards with `newShot: false` belong to the shot before them. Missing pictures become warnings; a board without any
 * picture is kept, so that the timing holds, and is drawn as blank paper by whoever decodes it.
 * Throws InbetweenError `board-unreadable` when the file is no Storyboarder project.
 */
export async function readStoryboarder(file: string): Promise<Storyboard> {
  const folder = path.dirname(path.resolve(file));
  const name = path.basename(file).replace(/\.storyboarder$/i, '');
  const bad = (why: string): InbetweenError =>
    new InbetweenError({
      code: 'board-unreadable',
      message: `${path.basename(file)} is not a Storyboarder project: ${why}.`,
      safe: 'Nothing was changed.',
      action: 'Open and save it in Storyboarder, then try again.',
    });
  let json: unknown;
  try {
    json = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw bad(error instanceof Error ? error.message : 'it cannot be read');
  }
  const project = zProject.safeParse(json);
  if (!project.success) throw bad('it has no list of boards');

  const warnings: string[] = [];
  const shots: (StoryboardShot & { boards: StoryboardBoard[] })[] = [];
  const sounds: StoryboardSound[] = [];
  let at = 0;
  for (const [index, raw] of project.data.boards.entries()) {
    const parsed = zBoard.safeParse(raw);
    if (!parsed.success) {
      warnings.push(`Board ${index + 1} cannot be read and was left out.`);
      continue;
    }
    const board = parsed.data;
    const label = `board ${index + 1}`;
    const layers = await layersOf(folder, board, (sentence) => warnings.push(`Board ${index + 1}: ${sentence}.`));
    const whole = board.url === undefined ? null : inImages(folder, board.url);
    const useWhole = layers.length === 0 && whole !== null && (await exists(whole));
    if (layers.length === 0 && !useWhole)
      warnings.push(`Board ${index + 1} has no picture (${board.url ?? 'none named'}): it is blank paper.`);
    const milliseconds =
      board.duration !== undefined && board.duration > 0
        ? board.duration
        : (project.data.defaultBoardTiming ?? FALLBACK_MS);
    const last = shots.at(-1);
    const entry: StoryboardBoard = {
      name: board.url ?? label,
      ...(useWhole ? { path: whole } : {}),
      layers,
      milliseconds,
      notes: board.notes ?? '',
      action: board.action ?? '',
      dialogue: board.dialogue ?? '',
    };
    if (last !== undefined && !board.newShot) last.boards.push(entry);
    else shots.push({ name: `SH${String((shots.length + 1) * 10).padStart(3, '0')}`, boards: [entry] });
    const sound = board.audio ? inImages(folder, board.audio.filename) : null;
    if (sound !== null && (await exists(sound))) {
      sounds.push({
        path: sound,
        startMilliseconds: at,
        ...(board.audio?.duration === undefined ? {} : { milliseconds: board.audio.duration }),
      });
    }
    at += milliseconds;
  }
  if (shots.length === 0) throw bad('it has no boards');
  const { aspectRatio, fps } = project.data;
  return {
    name,
    ...(aspectRatio !== undefined && aspectRatio > 0.1 && aspectRatio < 10 ? { aspect: aspectRatio } : {}),
    ...(fps !== undefined && fps >= 1 && fps <= 240 ? { fps } : {}),
    shots,
    sounds,
    warnings,
  };
}
