/** The shot editor's page with the real renderer and the real preview behind it, and boards to open in it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import sharp from 'sharp';
import { BoardStore } from '../../companion-app/gateway';
import { LIMITS, type JobSpec } from '../../shared/protocol';
import { nodeBundle } from '../built';
import { spec } from '../queue/fixtures/specs';
import { startPages, type PagesRig } from './support/rig';

export interface EditorRig extends PagesRig {
  /** Stores a drawing as a board that has arrived; its hash. */
  store(png: Buffer): Promise<string>;
}

export async function startEditor(): Promise<EditorRig> {
  const renderEntry = await nodeBundle('companion-app/render/main.ts');
  const previewEntry = await nodeBundle('companion-app/render/preview/main.ts');
  const rig = await startPages({ renderEntry, previewEntry, provider: 'cpu' });
  const boards = await BoardStore.open({
    folder: path.join(rig.daemon.dataDir, 'boards'),
    maxBytes: LIMITS.boardBytes,
  });
  return {
    ...rig,
    store: async (png) => {
      const sha256 = createHash('sha256').update(png).digest('hex');
      const upload = await boards.begin({ sha256, bytes: png.length });
      await upload?.write(0, png);
      await upload?.finish();
      return sha256;
    },
  };
}

export const BOARD = { width: 960, height: 540 };

/** A drawing with something to hold on to everywhere, the same for the same seed. */
export async function drawBoard(seed = 1): Promise<Buffer> {
  let state = seed;
  const random = (): number => ((state = (state * 48271) % 2147483647), state / 2147483647);
  const shapes = Array.from({ length: 70 }, () => {
    const grey = Math.round(60 + 170 * random());
    const [x, y, r] = [random() * BOARD.width, random() * BOARD.height, 8 + 34 * random()];
    const common = `fill="rgb(${grey},${grey},${grey})" stroke="#222" stroke-width="3"`;
    return random() < 0.5
      ? `<circle cx="${x}" cy="${y}" r="${r}" ${common}/>`
      : `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${1.4 * r}" ${common}/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${BOARD.width}" height="${BOARD.height}"><rect width="100%" height="100%" fill="#f4f2ee"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A job of this drawing. */
export function jobOf(n: number, board: string, parts: Parameters<typeof spec>[1] = {}): JobSpec {
  const made = spec(n, { board, width: 640, frames: 24, ...parts });
  return { ...made, engine: 'parallax', shot: { ...made.shot, rate: { num: 24, den: 1 } } };
}
