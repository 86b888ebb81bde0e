/** The warp in plain JavaScript: the reference every faster way is measured against. */
import { rotation, type Pose } from '../camera/pose';
import type { Scene, SceneLayer } from '../scene/scene';
import { inverseDistance, middleNearness } from './relief';
import type { Stage, StageOptions, Warper } from './warper';

const CELL = 4;
const STEPS = 6;

interface Sheet extends SceneLayer {
  readonly relief: Float32Array;
}

export function plainWarper(): Warper {
  return {
    provider: 'cpu',
    setUp: async (scene, options) => plainStage(scene, options),
    close: async () => undefined,
  };
}

function plainStage(scene: Scene, options: StageOptions): Stage {
  const middle = inverseDistance(middleNearness(scene));
  const sheets = scene.layers.map((layer): Sheet => ({
    ...layer,
    relief: layer.near.map((near) => inverseDistance(near) / middle),
  }));
  const all = sheets.map((sheet) => sheet.relief);
  const far = Math.min(...all.map((relief) => relief.reduce((a, b) => Math.min(a, b), Infinity)));
  const near = Math.max(...all.map((relief) => relief.reduce((a, b) => Math.max(a, b), 0)));
  return {
    relief: { far, near },
    render: async (pose, target) => {
      for (const sheet of sheets) draw(scene, sheet, pose, options, target);
    },
    strike: async () => undefined,
  };
}

/** Bilinear value of a relief at picture position (fx, fy) in parts of the picture. */
function reliefAt(sheet: Sheet, fx: number, fy: number): number {
  const w = sheet.reliefWidth;
  const h = sheet.reliefHeight;
  const x = Math.min(w - 1, Math.max(0, fx * w - 0.5));
  const y = Math.min(h - 1, Math.max(0, fy * h - 0.5));
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const x1 = Math.min(w - 1, x0 + 1);
  const y1 = Math.min(h - 1, y0 + 1);
  const r = sheet.relief;
  const top = (r[y0 * w + x0] ?? 0) * (1 - x + x0) + (r[y0 * w + x1] ?? 0) * (x - x0);
  const low = (r[y1 * w + x0] ?? 0) * (1 - x + x0) + (r[y1 * w + x1] ?? 0) * (x - x0);
  return top * (1 - y + y0) + low * (y - y0);
}

/** Draws one sheet over the target: source positions on a coarse grid, one gather at full size. */
function draw(scene: Scene, sheet: Sheet, pose: Pose, options: StageOptions, target: Uint8Array): void {
  const { width, height } = options.size;
  const columns = Math.ceil(width / CELL) + 1;
  const rows = Math.ceil(height / CELL) + 1;
  const grid = new Float64Array(columns * rows * 2);
  const r = rotation(pose);
  const at = (i: number) => r[i] ?? 0;
  const fullW = scene.boardWidth + 2 * scene.margin.x;
  const fullH = scene.boardHeight + 2 * scene.margin.y;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const sx = (i * CELL + 0.5) / width - 0.5;
      const sy = (j * CELL + 0.5 - height / 2) / width;
      const depth = at(6) * sx + at(7) * sy + at(8) * pose.focal;
      const a = (at(0) * sx + at(1) * sy + at(2) * pose.focal) / depth + pose.shiftX / options.lens;
      const b = (at(3) * sx + at(4) * sy + at(5) * pose.focal) / depth + pose.shiftY / options.lens;
      const du = pose.x - pose.z * a;
      const dv = pose.y - pose.z * b;
      let px = 0;
      let py = 0;
      let w = 1;
      for (let step = 0; step < STEPS; step++) {
        px = scene.margin.x + (options.lens * a + w * du + 0.5) * scene.boardWidth;
        py = scene.margin.y + (((options.lens * b + w * dv) * width) / height + 0.5) * scene.boardHeight;
        w = reliefAt(sheet, px / fullW, py / fullH);
      }
      grid[2 * (j * columns + i)] = (px / fullW) * sheet.width - 0.5;
      grid[2 * (j * columns + i) + 1] = (py / fullH) * sheet.height - 0.5;
    }
  }
  gather(sheet, grid, columns, options, target);
}

function gather(sheet: Sheet, grid: Float64Array, columns: number, options: StageOptions, target: Uint8Array): void {
  const { width, height } = options.size;
  const { rgba } = sheet;
  const stride = sheet.width * 4;
  for (let y = 0; y < height; y++) {
    const j = Math.floor(y / CELL);
    const ty = y / CELL - j;
    for (let x = 0; x < width; x++) {
      const i = Math.floor(x / CELL);
      const tx = x / CELL - i;
      const g = 2 * (j * columns + i);
      const below = g + 2 * columns;
      const gx0 = grid[g]! * (1 - ty) + grid[below]! * ty;
      const gx1 = grid[g + 2]! * (1 - ty) + grid[below + 2]! * ty;
      const gy0 = grid[g + 1]! * (1 - ty) + grid[below + 1]! * ty;
      const gy1 = grid[g + 3]! * (1 - ty) + grid[below + 3]! * ty;
      const px = Math.min(sheet.width - 1, Math.max(0, gx0 + (gx1 - gx0) * tx));
      const py = Math.min(sheet.height - 1, Math.max(0, gy0 + (gy1 - gy0) * tx));
      const x0 = Math.min(sheet.width - 2, Math.floor(px));
      const y0 = Math.min(sheet.height - 2, Math.floor(py));
      const fx = px - x0;
      const fy = py - y0;
      const p = y0 * stride + x0 * 4;
      const q = p + stride;
      const w00 = (1 - fx) * (1 - fy);
      const w10 = fx * (1 - fy);
      const w01 = (1 - fx) * fy;
      const w11 = fx * fy;
      const alpha = (rgba[p + 3]! * w00 + rgba[p + 7]! * w10 + rgba[q + 3]! * w01 + rgba[q + 7]! * w11) / 255;
      if (alpha <= 0) continue;
      const t = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        const value = rgba[p + c]! * w00 + rgba[p + 4 + c]! * w10 + rgba[q + c]! * w01 + rgba[q + 4 + c]! * w11;
        target[t + c] = alpha * value + (1 - alpha) * target[t + c]! + 0.5;
      }
    }
  }
}
