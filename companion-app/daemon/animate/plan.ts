/** From a storyboard to shots with frames: lengths, sizes and names, before any pixel is looked at. Pure. */
import { InbetweenError } from '../../../shared/problem';
import { LIMITS } from '../../../shared/protocol';
import { framesToSeconds, type BurnIns, type Fit, type FrameRate, type Shot, type Size } from '../../../shared/shot';
import type { Storyboard, StoryboardBoard, StoryboardShot } from '../../interchange/storyboard';

/** A board without a length of its own holds this long. */
const BOARD_MS = 2000;
/** A shot of one board without a length: long enough for a move. */
const SHOT_MS = 3000;
const LONG_SIDE = 1920;

export interface PlanOptions {
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly fit: Fit;
  /** Timecode of the first frame, in frames; 0 where absent. */
  readonly timecodeZero?: number;
  /** Frames of every shot, where a person says so. */
  readonly frames?: number;
  readonly size?: Size;
  /** Added to every shot's own note. */
  readonly notes?: string;
  readonly burnIns?: BurnIns;
  /** Width over height of the boards, one an item, where it could be read. */
  readonly aspects: readonly number[];
}

export interface PlannedShot {
  readonly draft: Omit<Shot, 'boards'>;
  readonly boards: readonly { readonly at: number; readonly source: StoryboardBoard }[];
}

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

/** Frame size for boards of these shapes: the shape most of them share, 1920 on its long side, even numbers. */
export function sizeForBoards(aspects: readonly number[], stated?: number): Size {
  const counts = new Map<number, number>();
  for (const aspect of aspects) {
    const key = Math.round(aspect * 50) / 50;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const common = [...counts.entries()].sort((a, b) => b[1] - a[1])[0]?.[0];
  const near = common === undefined ? undefined : aspects.find((a) => Math.round(a * 50) / 50 === common);
  const aspect = Math.min(8, Math.max(0.125, stated ?? near ?? 16 / 9));
  return aspect >= 1
    ? { width: LONG_SIDE, height: even(LONG_SIDE / aspect) }
    : { width: even(LONG_SIDE * aspect), height: LONG_SIDE };
}

/** Frames of each board where a person states the shot's length: shared out by the boards' own lengths. */
function shared(lengths: readonly number[], stated: number): number[] {
  const whole = lengths.reduce((sum, n) => sum + n, 0);
  let used = 0;
  let before = 0;
  return lengths.map((n) => {
    before += n;
    const end = Math.round((before / whole) * stated);
    const frames = end - used;
    used = end;
    return frames;
  });
}

/**
 * Frames counted from a running sum of milliseconds, so that a thousand boards end where their lengths say and stay with the sound.
 * Every length is at least one frame.
 */
class Clock {
  private ms = 0;
  private frame = 0;

  constructor(private readonly rate: FrameRate) {}

  pass(milliseconds: number, least: number): number {
    this.ms += milliseconds;
    const frames = Math.max(least, Math.round((this.ms * this.rate.num) / (this.rate.den * 1000)) - this.frame);
    this.frame += frames;
    return frames;
  }
}

/** Milliseconds of each board, the usual ones where it says none. */
function boardLengths(shot: StoryboardShot): number[] {
  const fallback = shot.boards.length === 1 ? SHOT_MS : BOARD_MS;
  return shot.boards.map((board) => board.milliseconds ?? fallback);
}

const joined = (parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join('. ')
    .slice(0, LIMITS.notesLength);

/** A shot of more boards than one job may have becomes several that follow each other without a gap. */
function inParts(shot: StoryboardShot): StoryboardShot[] {
  const { boards } = shot;
  if (boards.length <= LIMITS.boardsPerShot) return [shot];
  const parts = Math.ceil(boards.length / LIMITS.boardsPerShot);
  const each = Math.ceil(boards.length / parts);
  return Array.from({ length: parts }, (_, i) => ({
    ...(i === 0 ? shot : { name: shot.name }),
    boards: boards.slice(i * each, (i + 1) * each),
  }));
}

/** Names made unlike each other: a second SH010 becomes "SH010 2". */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const key = name.toLowerCase();
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n === 1 ? name : `${name} ${n}`;
  });
}

/**
 * Lays the shots one after the other from frame 0. Throws InbetweenError `shot-empty` or `shot-too-long` where `options.frames`
 * can be the length of no shot.
 */
export function planShots(storyboard: Storyboard, options: PlanOptions): PlannedShot[] {
  const { rate, frames: stated } = options;
  if (stated !== undefined && stated < 1) {
    throw new InbetweenError({
      code: 'shot-empty',
      message: `A shot of ${stated} frames has no picture.`,
      safe: 'Nothing was written.',
      action: 'Ask for at least one frame.',
    });
  }
  if (stated !== undefined && stated > LIMITS.framesPerShot) {
    const minutes = Math.round(framesToSeconds(LIMITS.framesPerShot, rate) / 60);
    throw new InbetweenError({
      code: 'shot-too-long',
      message: `${stated} frames are more than a shot may have (${LIMITS.framesPerShot}, ${minutes} minutes at this rate).`,
      safe: 'Nothing was written.',
      action: 'Cut the shot in two.',
    });
  }
  const size = options.size ?? sizeForBoards(options.aspects, storyboard.aspect);
  const shots = storyboard.shots.flatMap(inParts);
  const names = distinct(shots.map((shot) => shot.name));
  const clock = new Clock(rate);
  let start = 0;
  return shots.map((shot, index) => {
    const own = boardLengths(shot);
    // A stated length closes up gaps: the storyboard's own time is not kept then.
    if (stated === undefined) start += clock.pass(shot.gapMilliseconds ?? 0, 0);
    const lengths = stated === undefined ? own.map((ms) => clock.pass(ms, 1)) : shared(own, stated);
    const frames = lengths.reduce((sum, n) => sum + n, 0);
    let at = 0;
    const boards = shot.boards.flatMap((source, i) => {
      const item = { at, source };
      at += lengths[i] ?? 0;
      return (lengths[i] ?? 0) > 0 ? [item] : [];
    });
    const name = names[index] ?? shot.name;
    const action = joined(shot.boards.map((board) => board.action));
    const dialogue = joined(shot.boards.map((board) => board.dialogue));
    const draft: Omit<Shot, 'boards'> = {
      id: `${index + 1}-${name}`.slice(0, LIMITS.nameLength),
      name,
      rate,
      dropFrame: options.dropFrame,
      startFrame: start,
      ...(options.timecodeZero === undefined ? {} : { timecodeZero: options.timecodeZero }),
      frames,
      size,
      fit: options.fit,
      notes: joined([options.notes ?? '', ...new Set(shot.boards.map((board) => board.notes))]),
      ...(options.burnIns ? { burnIns: options.burnIns } : {}),
      ...(action === '' ? {} : { action }),
      ...(dialogue === '' ? {} : { dialogue }),
    };
    start += frames;
    return { draft, boards };
  });
}
