/** Orders for the render process, small enough to be quick. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { zRenderOrder, type RenderOrder } from '../../companion-app/render/messages';
import type { JobSpec } from '../../shared/protocol';
import { RATES, type Shot } from '../../shared/shot';

/** A drawn board: floor line, a figure, a box, some grey. Returns its path. */
export async function drawBoard(file: string, width = 640, height = 360): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="${width}" height="${height}">
    <rect width="640" height="360" fill="#fdfcf7"/><path d="M0 250 L640 230" stroke="#333" stroke-width="4"/>
    <rect x="400" y="120" width="140" height="125" fill="#b9b6ae" stroke="#222" stroke-width="4"/>
    <circle cx="200" cy="110" r="32" fill="#fff" stroke="#111" stroke-width="5"/>
    <path d="M200 142 L200 240 M200 160 L150 210 M200 160 L250 205 M200 240 L165 320 M200 240 L240 318" stroke="#111" stroke-width="6" fill="none"/></svg>`;
  await sharp(Buffer.from(svg)).resize(width, height, { fit: 'fill' }).png().toFile(file);
  return file;
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

export interface Wish {
  readonly id?: string;
  readonly dir: string;
  readonly boards: readonly string[];
  readonly shot?: Partial<Shot>;
  readonly spec?: Partial<JobSpec>;
  readonly fileName?: string;
}

/** A whole order, as the queue would send it. A board that is not there gets a hash of its own. */
export function orderFor({ id = 'job-00000001', dir, boards, shot, spec, fileName }: Wish): RenderOrder {
  const files = boards.map((file) => ({ path: file, sha256: hashOrName(file) }));
  const frames = shot?.frames ?? 12;
  const moved = Math.min(36_000, Math.max(1, frames));
  return zRenderOrder.parse({
    spec: {
      id,
      sequence: { projectId: 'p', sequenceId: 's', name: 'Sequence 1' },
      shot: {
        id: 'shot-1',
        name: 'SH010',
        rate: RATES['23.976'],
        dropFrame: false,
        startFrame: 0,
        frames,
        size: { width: 320, height: 180 },
        fit: 'letterbox',
        boards: files.map(({ sha256, path: file }, i) => ({
          board: sha256,
          at: Math.floor((i * frames) / files.length),
          name: path.basename(file),
        })),
        notes: '',
        moves: [{ kind: 'push-in', from: 0, to: moved, amount: 1.4, ease: 'linear', confidence: 1, text: '' }],
        ...shot,
      },
      engine: 'inbetween',
      seed: 7,
      codec: 'prores-proxy',
      quality: 'full',
      take: 1,
      version: '0.1.0',
      ...spec,
    },
    attempt: 1,
    boards: files,
    attemptDir: dir,
    fileName: fileName ?? 'SH010_t01.mov',
    provider: 'cpu',
  });
}

function hashOrName(file: string): string {
  try {
    return sha256Of(file);
  } catch {
    return createHash('sha256').update(file).digest('hex');
  }
}
