/**
 * Wonder Unit Storyboarder projects (.storyboarder, JSON beside an `images` folder), old and new.
 * `time`, `number` and `shot` are unreliable there and are not read: all three follow from the order of the boards.
 */
import path from 'node:path';
import type { Storyboard, StoryboardBoard, StoryboardShot, StoryboardSound } from '../../storyboard';
import { readText } from '../file/read-text';
import { unreadable } from '../file/refuse';
import { Warnings } from '../file/warnings';
import { imageAt, pictureOf } from './pictures';
import { zBoard, zProject, type Board } from './schema';

const FALLBACK_MS = 2000;
const LONGEST_MS = 86_400_000;

const usable = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms > 0 && ms <= LONGEST_MS ? ms : undefined;

class Reader {
  readonly shots: (StoryboardShot & { boards: StoryboardBoard[] })[] = [];
  readonly sounds: StoryboardSound[] = [];
  private at = 0;

  constructor(
    private readonly folder: string,
    private readonly usual: number,
    /** Whether any board begins a shot. Where none does, each is a shot by itself, as Storyboarder numbers them. */
    private readonly grouped: boolean,
    private readonly warnings: Warnings,
  ) {}

  async add(raw: unknown, number: number): Promise<void> {
    const parsed = zBoard.safeParse(raw);
    if (!parsed.success) {
      this.warnings.add(`Board ${number} cannot be read and was left out.`);
      return;
    }
    const board = parsed.data;
    const warn = (sentence: string): void => this.warnings.add(`Board ${number}: ${sentence}.`);
    const picture = await pictureOf(this.folder, board, warn);
    if (picture.path === undefined && picture.layers.length === 0)
      this.warnings.add(`Board ${number} has no picture (${board.url ?? 'none named'}): it is blank paper.`);
    const milliseconds = usable(board.duration) ?? this.usual;
    const entry: StoryboardBoard = {
      name: board.url ?? `board ${number}`,
      ...(board.uid === undefined ? {} : { id: board.uid }),
      ...picture,
      milliseconds,
      notes: board.notes ?? '',
      action: board.action ?? '',
      dialogue: board.dialogue ?? '',
    };
    const last = this.shots.at(-1);
    if (last !== undefined && this.grouped && !board.newShot) last.boards.push(entry);
    else this.shots.push({ name: `SH${String((this.shots.length + 1) * 10).padStart(3, '0')}`, boards: [entry] });
    await this.hear(board, warn);
    this.at += milliseconds;
  }

  private async hear({ audio }: Board, warn: (sentence: string) => void): Promise<void> {
    if (!audio) return;
    const sound = await imageAt(this.folder, audio.filename);
    if (sound === null) {
      warn(`its sound ${audio.filename} is missing`);
      return;
    }
    const milliseconds = usable(audio.duration);
    this.sounds.push({
      path: sound,
      startMilliseconds: this.at,
      ...(milliseconds === undefined ? {} : { milliseconds }),
    });
  }
}

/**
 * Reads a project. Boards with `newShot: false` belong to the shot before them, unless no board of the project begins one. Missing pictures become warnings; a board without any
 * picture is kept, so that the timing holds, and is drawn as blank paper by whoever decodes it.
 * Throws InbetweenError `board-unreadable` when the file is no Storyboarder project.
 */
export async function readStoryboarder(file: string): Promise<Storyboard> {
  const bad = (why: string, cause?: unknown): Error =>
    unreadable(
      file,
      `it is no Storyboarder project: ${why}`,
      'Open and save it in Storyboarder, then try again.',
      cause,
    );
  const text = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw bad(text.trim() === '' ? 'it is empty' : 'it is no JSON', error);
  }
  const project = zProject.safeParse(json);
  if (!project.success) throw bad('it has no list of boards');
  const { aspectRatio, fps, defaultBoardTiming, boards } = project.data;
  const warnings = new Warnings();
  const grouped = boards.some((raw) => zBoard.safeParse(raw).data?.newShot === true);
  const usual = usable(defaultBoardTiming) ?? FALLBACK_MS;
  const reader = new Reader(path.dirname(path.resolve(file)), usual, grouped, warnings);
  for (const [index, raw] of boards.entries()) await reader.add(raw, index + 1);
  if (reader.shots.length === 0) throw bad('it has no boards');
  return {
    name: path.basename(file).replace(/\.storyboarder$/i, ''),
    ...(aspectRatio !== undefined && aspectRatio > 0.1 && aspectRatio < 10 ? { aspect: aspectRatio } : {}),
    ...(fps !== undefined && fps >= 1 && fps <= 240 ? { fps } : {}),
    shots: reader.shots,
    sounds: reader.sounds,
    warnings: warnings.list(),
  };
}
