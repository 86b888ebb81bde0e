/** Board → scene. This first builder stands the whole board on one sheet over a floor that comes nearer towards the lower edge. */
import type { BuildScene } from './scene';

export type { BuildScene, Scene, SceneLayer, SceneOptions } from './scene';

const RELIEF_STEP = 4;

function floorPlane(width: number, height: number): Float32Array {
  const near = new Float32Array(width * height);
  for (let y = 0; y < height; y++) near.fill(0.2 + (0.6 * (y + 0.5)) / height, y * width, (y + 1) * width);
  return near;
}

/** One opaque layer: the board laid into the frame, its border pixels stretched over the margin. */
export const buildScene: BuildScene = async (board, options, signal) => {
  signal.throwIfAborted();
  const frame = options.size.width / options.size.height;
  const own = board.width / board.height;
  const cover = (options.fit === 'fill') === own > frame;
  const boardHeight = cover ? board.height : Math.round(board.width / frame);
  const boardWidth = cover ? Math.round(board.height * frame) : board.width;
  const margin = { x: Math.ceil(options.overscan.x * boardWidth), y: Math.ceil(options.overscan.y * boardHeight) };
  const width = boardWidth + 2 * margin.x;
  const height = boardHeight + 2 * margin.y;
  const offsetX = margin.x + Math.floor((boardWidth - board.width) / 2);
  const offsetY = margin.y + Math.floor((boardHeight - board.height) / 2);
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = Math.min(board.height - 1, Math.max(0, y - offsetY)) * board.width;
    for (let x = 0; x < width; x++) {
      const from = 3 * (row + Math.min(board.width - 1, Math.max(0, x - offsetX)));
      const to = 4 * (y * width + x);
      rgba[to] = board.rgb[from] ?? 0;
      rgba[to + 1] = board.rgb[from + 1] ?? 0;
      rgba[to + 2] = board.rgb[from + 2] ?? 0;
      rgba[to + 3] = 255;
    }
  }
  const reliefWidth = Math.ceil(width / RELIEF_STEP);
  const reliefHeight = Math.ceil(height / RELIEF_STEP);
  const near = floorPlane(reliefWidth, reliefHeight);
  return { boardWidth, boardHeight, margin, layers: [{ name: 'board', width, height, rgba, reliefWidth, reliefHeight, near }], warnings: [] };
};
