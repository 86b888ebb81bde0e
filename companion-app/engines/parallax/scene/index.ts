/** Board → scene: relief, sheets cut along the drawing, a clean plate behind them, margins for the camera. */
import { breathe, sceneOf } from './build';
import type { DepthModel } from './depth/depth-model';
import { readBoard, readBoardWith } from './relief';
import type { BuildScene } from './scene';

export { depthAnything, modelSize, type RunDepth } from './depth/depth-anything';
export type { DepthMap, DepthModel } from './depth/depth-model';
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
    const reading = await readBoardWith(model, board, signal);
    await breathe(signal);
    return sceneOf(board, reading, options, signal);
  };
}
