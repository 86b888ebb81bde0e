/** Clean clips: what the real engines make of real boards. */
import path from 'node:path';
import type { BoardPicture, Engine, Frame } from '../../../companion-app/engines/engine';
import { createInbetweenEngine } from '../../../companion-app/engines/inbetween';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import { decodeBoard, type Picture } from '../../../companion-app/media';
import {
  AMOUNT_UNIT,
  DEFAULT_AMOUNT,
  MOVE_KINDS,
  RATES,
  type CameraMove,
  type MoveKind,
  type Shot,
} from '../../../shared/shot';

export const SIZE = { width: 320, height: 180 };
export const FRAMES = 30;

export interface Base {
  readonly name: string;
  readonly engine: 'parallax' | 'inbetween';
  readonly shot: Shot;
  readonly boards: readonly Picture[];
  readonly frames: readonly Picture[];
}

export interface Board {
  readonly name: string;
  readonly picture: Picture;
  /** Moves it is taken under; those of all where absent. */
  readonly moves?: readonly (readonly CameraMove[])[];
}

export interface Boards {
  readonly single: readonly Board[];
  readonly pair: readonly [Board, Board];
  /** Moves the pair is taken under. */
  readonly pairMoves?: readonly MoveKind[];
}

/** Boards that come along, by their file names without ".png". */
export async function boardFiles(
  folder: string,
  single: readonly string[],
  pair: readonly [string, string],
): Promise<Boards> {
  const read = async (name: string): Promise<Board> => ({
    name,
    picture: await decodeBoard(path.join(folder, `${name}.png`), { name, maxPixels: 1_000_000 }),
  });
  return { single: await Promise.all(single.map(read)), pair: [await read(pair[0]), await read(pair[1])] };
}

export function moveOf(kind: MoveKind, more: Partial<CameraMove> = {}): CameraMove {
  const amount = DEFAULT_AMOUNT[AMOUNT_UNIT[kind]][1];
  return { kind, from: 0, to: FRAMES, amount, ease: 'linear', confidence: 1, text: '', ...more };
}

export function shotOf(moves: readonly CameraMove[], boards: number): Shot {
  return {
    ...{ id: 'shot', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 0, frames: FRAMES, size: SIZE },
    ...{ fit: 'letterbox', notes: '', moves },
    boards: Array.from({ length: boards }, (_, i) => ({
      board: 'a'.repeat(64),
      at: Math.floor((i * FRAMES) / boards),
      name: `board ${i}`,
    })),
  };
}

const PAIR_MOVES = ['hold', 'push-in', 'truck-right'] as const;

/** Which clean clips are made: each board under each of these moves, alone or in pairs. */
export const ALL_MOVES: readonly (readonly CameraMove[])[] = [
  ...MOVE_KINDS.map((kind) => [moveOf(kind, kind.startsWith('whip') ? { ease: 'snap' } : {})]),
  [moveOf('push-in', { ease: 'ease-in-out', amount: 1.12 })],
  [moveOf('static', { to: 12 }), moveOf('truck-left', { from: 12 })],
  [moveOf('push-in'), moveOf('pan-left', { amount: 5 })],
];

/** Makes the clean clips one by one. */
export async function* bases(boards: Boards, moves: readonly (readonly CameraMove[])[]): AsyncGenerator<Base> {
  const parallax = await createParallaxEngine({ provider: 'cpu' });
  const inbetween = await createInbetweenEngine({ provider: 'cpu' });
  try {
    for (const { name, picture, moves: own = moves } of boards.single) {
      for (const each of own) {
        const shot = shotOf(each, 1);
        const title = `${name} ${each.map(({ kind }) => kind).join(' + ')}`;
        yield {
          name: title,
          engine: 'parallax',
          shot,
          boards: [picture],
          frames: await made(parallax, shot, [picture]),
        };
      }
    }
    const pair = boards.pair.map(({ picture }) => picture);
    for (const kind of boards.pairMoves ?? PAIR_MOVES) {
      const shot = shotOf([moveOf(kind)], 2);
      const frames = await made(inbetween, shot, pair);
      yield {
        name: `${boards.pair.map(({ name }) => name).join(' to ')} ${kind}`,
        engine: 'inbetween',
        shot,
        boards: pair,
        frames,
      };
    }
  } finally {
    await parallax.close();
    await inbetween.close();
  }
}

async function made(engine: Engine, shot: Shot, pictures: readonly Picture[]): Promise<Picture[]> {
  const boards = pictures.map((picture, i): BoardPicture => ({
    ...picture,
    at: shot.boards[i]?.at ?? 0,
    name: `${i}`,
  }));
  const frames: Picture[] = [];
  const options = {
    ...{ size: SIZE, seed: 7, quality: 'full' as const, signal: new AbortController().signal },
    ...{ progress: () => undefined, warn: () => undefined },
  };
  for await (const frame of engine.animate(shot, boards, options)) frames.push(copied(frame));
  return frames;
}

const copied = ({ width, height, rgb }: Frame): Picture => ({ width, height, rgb: rgb.slice() });
