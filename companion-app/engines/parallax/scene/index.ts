/** Board → scene: relief, sheets cut along the drawing, a clean plate behind them, margins for the camera. */
import { breathe, sceneOf } from './build';
import type { DepthModel } from './depth/depth-model';
import { InbetweenError } from '../../../../shared/problem';
import { readBoard, readBoardWith, type Reading } from './relief';
import type { BoardPicture } from '../../engine';
import type { BuildScene } from './scene';

export { depthAnything, modelSize, type RunDepth } from './depth/depth-anything';
export type { DepthMap, DepthModel } from './depth/depth-model';
export { depthModel, depthPackAt, findDepthPack, type DepthPack, type OpenDepthModel } from './depth/pack';
export { readBoard, type Reading, type Relief } from './relief';
export type { BuildScene, Scene, SceneLayer, SceneOptions } from './scene';

/** Builds the scene of a board by reading the drawing itself. */
export const buildScene: BuildScene = async (board, options, signal) => {
  signal.throwIfAborted();
  const reading = readBoard(board);
  await breathe(signal);
  return sceneOf(board, reading, options, signal);
};

/** Builds scenes with a trained model where it helps: on painted, photographed and rendered boards. */
export function buildSceneWith(model: DepthModel): BuildScene {
  return async (board, options, signal) => {
    signal.throwIfAborted();
    const { reading, warnings } = await readWithPack(model, board, signal);
    await breathe(signal);
    const scene = await sceneOf(board, reading, options, signal);
    return { ...scene, warnings: [...warnings, ...scene.warnings] };
  };
}

/** Reads a board with a model; where the model cannot be used the drawing is read without it, and a warning says so. */
export async function readWithPack(
  model: DepthModel,
  board: Pick<BoardPicture, 'width' | 'height' | 'rgb'>,
  signal: AbortSignal,
): Promise<{ readonly reading: Reading; readonly warnings: readonly string[] }> {
  try {
    return { reading: await readBoardWith(model, board, signal), warnings: [] };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof InbetweenError)) throw error;
    const warning = `The depth model was not used: ${error.problem.message} Near and far were read from the picture instead.`;
    return { reading: readBoard(board), warnings: [warning] };
  }
}
