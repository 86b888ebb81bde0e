/** `inbetween relief`: the near and far the parallax engine sees in a board, as a picture. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import sharp from 'sharp';
import {
  buildScene,
  buildSceneWith,
  depthModel,
  findDepthPack,
  readBoard,
  readWithPack,
  type OpenDepthModel,
  type Reading,
  type Scene,
} from '../../engines/parallax/scene';
import type { BoardPicture } from '../../engines/engine';
import { InbetweenError } from '../../../shared/problem';
import { decodeBoard } from '../../media';
import { remark, sayJson } from '../speak';

interface ReliefOptions {
  readonly out: string;
  readonly layers?: string;
  readonly packs?: string;
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

/** The model of a packs folder that was asked for. Throws 'pack-invalid' where there is none. */
async function modelIn(folder: string): Promise<OpenDepthModel> {
  const pack = await findDepthPack(folder);
  if (pack) return depthModel(pack, 'auto');
  throw new InbetweenError({
    code: 'pack-invalid',
    message: `There is no depth pack in ${folder}.`,
    safe: 'Nothing was written.',
    action: 'Put a Depth Anything V2 pack there, a folder called depth-… with a model.onnx, or leave --packs away.',
  });
}

async function read(
  board: BoardPicture,
  model: OpenDepthModel | undefined,
  signal: AbortSignal,
): Promise<{ reading: Reading; warnings: readonly string[] }> {
  return model ? readWithPack(model, board, signal) : { reading: readBoard(board), warnings: [] };
}

async function relief(file: string, options: ReliefOptions): Promise<void> {
  const decoded = await decodeBoard(file);
  const board = { at: 0, name: path.basename(file), ...decoded };
  const { signal } = new AbortController();
  const model = options.packs === undefined ? undefined : await modelIn(options.packs);
  try {
    const { reading, warnings } = await read(board, model, signal);
    const { relief: found } = reading;
    await mkdir(path.dirname(path.resolve(options.out)), { recursive: true });
    await writeMap(found.near, found.width, found.height, board, options.out);
    const size = { width: board.width, height: board.height };
    const order = { size, fit: 'letterbox', overscan: { x: 0.1, y: 0.1 }, seed: 0 } as const;
    const build = model ? buildSceneWith(model) : buildScene;
    const layers = options.layers ? await writeLayers(await build(board, order, signal), options.layers) : [];
    const figures = found.pieces.length;
    if (options.json) sayJson({ board: file, kind: found.kind, figures, out: options.out, layers, warnings });
    else {
      remark(
        `${board.name}: ${describe(found.kind)}, ${figures} ${figures === 1 ? 'figure' : 'figures'}; near is white in ${options.out}.`,
      );
      warnings.forEach(remark);
    }
  } finally {
    await model?.close();
  }
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
    .option('--packs <folder>', 'read painted boards with the depth model in this folder of packs')
    .option('--json', 'say what was found as JSON')
    .action(relief);
}
