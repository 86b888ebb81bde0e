/** `inbetween relief`: the near and far the parallax engine sees in a board, as a picture. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import sharp from 'sharp';
import { buildScene, readBoard, type Scene } from '../../engines/parallax/scene';
import { decodeBoard } from '../../media';
import { remark, sayJson } from '../speak';

interface ReliefOptions {
  readonly out: string;
  readonly layers?: string;
  readonly json?: boolean;
}

/** Writes a map of 0…1 as 16-bit grey: white is near. */
async function writeMap(
  near: Float32Array,
  width: number,
  height: number,
  to: { width: number; height: number },
  file: string,
): Promise<void> {
  const grey = Uint16Array.from(near, (v) => Math.round(65535 * Math.min(1, Math.max(0, v))));
  await sharp(grey, { raw: { width, height, channels: 1 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'nearest' })
    .toColourspace('grey16')
    .png()
    .toFile(file);
}

/** Writes every layer's picture and relief, back to front: "0-backdrop.png", "0-backdrop-near.png", … */
async function writeLayers(scene: Scene, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const [i, layer] of scene.layers.entries()) {
    const name = `${i}-${layer.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`;
    const picture = path.join(folder, `${name}.png`);
    const { width, height } = layer;
    await sharp(layer.rgba, { raw: { width, height, channels: 4 } })
      .png()
      .toFile(picture);
    const near = path.join(folder, `${name}-near.png`);
    await writeMap(layer.near, layer.reliefWidth, layer.reliefHeight, { width, height }, near);
    files.push(picture, near);
  }
  return files;
}

async function relief(file: string, options: ReliefOptions): Promise<void> {
  const decoded = await decodeBoard(file);
  const board = { at: 0, name: path.basename(file), ...decoded };
  const { relief: read } = readBoard(board);
  await mkdir(path.dirname(path.resolve(options.out)), { recursive: true });
  await writeMap(read.near, read.width, read.height, board, options.out);
  const size = { width: board.width, height: board.height };
  const order = { size, fit: 'letterbox', overscan: { x: 0.1, y: 0.1 }, seed: 0 } as const;
  const layers = options.layers
    ? await writeLayers(await buildScene(board, order, new AbortController().signal), options.layers)
    : [];
  if (options.json) sayJson({ board: file, kind: read.kind, figures: read.pieces.length, out: options.out, layers });
  else
    remark(
      `${board.name}: ${describe(read.kind)}, ${read.pieces.length} ${read.pieces.length === 1 ? 'figure' : 'figures'}; near is white in ${options.out}.`,
    );
}

const describe = (kind: 'blank' | 'line' | 'tone'): string =>
  kind === 'blank' ? 'a blank board' : kind === 'line' ? 'a line drawing' : 'a painted or rendered board';

export function register(program: Command): void {
  program
    .command('relief')
    .description('write the near and far that the parallax engine sees in a board')
    .argument('<board>', 'a board: PNG, JPEG, WebP, TIFF or PSD')
    .requiredOption('--out <file>', '16-bit grey PNG to write, near is white')
    .option('--layers <folder>', 'also write the layers it is cut into, back to front')
    .option('--json', 'say what was found as JSON')
    .action(relief);
}
