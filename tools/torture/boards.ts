/** Shots for the torture: the example's boards, small frames, the real engines. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobSpec } from '../../shared/protocol';
import { sha, spec } from '../../test/queue/fixtures/specs';

export interface Boards {
  readonly bytes: readonly Buffer[];
  /** SHA-256 of board `n`, counted round. */
  hash(n: number): string;
}

const FILES = ['SH010', 'SH020', 'SH030_A', 'SH030_B', 'SH040', 'SH050', 'SH060'];

export async function readBoards(root: string): Promise<Boards> {
  const bytes = await Promise.all(FILES.map((name) => readFile(path.join(root, 'examples', 'boards', `${name}.png`))));
  const hashes = bytes.map((each) => sha(each));
  return { bytes, hash: (n) => hashes[n % hashes.length] ?? '' };
}

export interface ShotParts {
  readonly engine: JobSpec['engine'];
  readonly pack?: NonNullable<JobSpec['pack']>;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly boards: readonly string[];
  readonly notes: string;
}

/** Job number `n` of a batch. */
export function shotJob(n: number, parts: ShotParts): JobSpec {
  const { engine, pack, frames, width, height, boards, notes } = parts;
  const job = spec(n, { frames, width, notes });
  const uses = boards.map((board, index) => ({
    board,
    at: Math.floor((index * frames) / boards.length),
    name: `board ${index + 1}`,
  }));
  const shot = { ...job.shot, startFrame: n * 1000, size: { width, height }, boards: uses };
  return { ...job, engine, ...(pack && { pack }), shot };
}
