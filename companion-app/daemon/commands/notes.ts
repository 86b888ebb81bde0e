/** `inbetween notes`: what the grammar makes of a board's note, without rendering anything. */
import { InvalidArgumentError, type Command } from 'commander';
import { LIMITS } from '../../../shared/protocol';
import {
  AMOUNT_UNIT,
  formatRate,
  parseNotes,
  parseRate,
  RATES,
  TimeError,
  type CameraMove,
  type FrameRate,
  type ParsedNotes,
} from '../../../shared/shot';
import { say, sayJson } from '../speak';

interface Options {
  readonly fps: FrameRate;
  readonly frames?: number;
  readonly json?: boolean;
}

/** Length of a shot nobody gave a length: seconds. */
const USUAL_SECONDS = 4;

function rate(text: string): FrameRate {
  try {
    return parseRate(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof TimeError ? error.message : String(error));
  }
}

function frames(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > LIMITS.framesPerShot) {
    throw new InvalidArgumentError(`A whole number of frames from 0 to ${LIMITS.framesPerShot}.`);
  }
  return value;
}

function note(text: string): string {
  if (text.length > LIMITS.notesLength) {
    throw new InvalidArgumentError(`A note has at most ${LIMITS.notesLength} characters, not ${text.length}.`);
  }
  return text;
}

/** The fields the command promises, in its order. */
function plain({ kind, from, to, amount, ease, confidence, text }: CameraMove): object {
  return { kind, from, to, amount, ease, confidence, text };
}

function line(move: CameraMove): string {
  const unit = AMOUNT_UNIT[move.kind];
  const amount = unit === 'none' ? '' : `${move.amount} ${unit}`;
  const sure = `${Math.round(move.confidence * 100)} %`;
  const range = `${move.from}–${move.to}`;
  return `${move.kind.padEnd(16)} ${range.padEnd(12)} ${amount.padEnd(14)} ${move.ease.padEnd(12)} ${sure.padStart(5)}  ${move.text}`;
}

function table(parsed: ParsedNotes, length: number, fps: FrameRate): string[] {
  const { moves, unread, framing } = parsed;
  const head = `${length} frames at ${formatRate(fps)} fps`;
  const lines =
    moves.length === 0 ? [`${head}: no camera move, the shot stays still.`] : [`${head}:`, ...moves.map(line)];
  if (framing.start ?? framing.end) lines.push(`framing: ${framing.start ?? '…'} → ${framing.end ?? '…'}`);
  if (unread.length > 0) lines.push(`not understood: ${unread.map((words) => `“${words}”`).join(', ')}`);
  return lines;
}

export function register(program: Command): void {
  program
    .command('notes')
    .description('show the camera moves a note asks for')
    .argument('<text>', 'the note, as written under the board', note)
    .option('--fps <rate>', 'frames a second: 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, …', rate, RATES['24'])
    .option('--frames <n>', `length of the shot in frames (default: ${USUAL_SECONDS} seconds)`, frames)
    .option('--json', 'print the moves as JSON')
    .action((text: string, options: Options) => {
      const length = options.frames ?? Math.round((USUAL_SECONDS * options.fps.num) / options.fps.den);
      const parsed = parseNotes(text, { rate: options.fps, frames: length });
      if (options.json === true) sayJson({ moves: parsed.moves.map(plain) });
      else for (const row of table(parsed, length, options.fps)) say(row);
    });
}
