/** Jobs, takes and boards for tests. */
import { createCipheriv, createHash } from 'node:crypto';
import type { JobSpec, Take } from '../../../shared/protocol';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that look random and are the same in every run. */
export function boardBytes(length: number, seed = 1): Buffer {
  const key = Buffer.alloc(16);
  key.writeUInt32LE(seed);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

export function jobSpec(
  id: string,
  more: { board?: string; sequenceId?: string; frames?: number; notes?: string } = {},
): JobSpec {
  return {
    id,
    sequence: { projectId: 'project', sequenceId: more.sequenceId ?? 'sequence', name: 'Reel 1' },
    shot: {
      id: `shot-${id}`,
      name: `SH ${id}`,
      rate: { num: 24000, den: 1001 },
      dropFrame: false,
      startFrame: 0,
      frames: more.frames ?? 48,
      size: { width: 1920, height: 1080 },
      fit: 'letterbox',
      boards: [{ board: more.board ?? sha256(id), at: 0, name: 'board.png' }],
      notes: more.notes ?? 'push in',
    },
    engine: 'auto',
    seed: 1,
    codec: 'prores-proxy',
    quality: 'full',
    take: 1,
    version: '0.1.0',
  };
}

export const take = (path = '/clips/SH010_t01.mov'): Take => ({
  path,
  bytes: 1000,
  sha256: sha256(path),
  size: { width: 1920, height: 1080 },
  rate: { num: 24000, den: 1001 },
  frames: 48,
  codec: 'prores-proxy',
  engine: 'parallax',
  provider: 'cpu',
  seed: 1,
  seconds: 2.5,
  thumbnails: [],
  checks: [],
  warnings: [],
});

export const placement = { trackIndex: 1, startFrame: 0, frames: 48, name: 'SH010_t01.mov' };
