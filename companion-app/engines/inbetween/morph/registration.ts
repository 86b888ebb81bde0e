/** How the second board lies over the first as a whole: redrawn or scanned a little off, or framed anew. */
import { thinned, type Drawing } from './drawing';
import { edgeMiss, settled } from './fit';
import { matrixAt, STILL, type Matrix, type Motion } from './geometry';

/** Below this miss two boards lie on each other as they are. */
const LIES = 0.3;
/** A registration must be this much better than none. */
const GAIN = 0.15;
const SAMPLES = 500;

export function registration(a: Drawing, b: Drawing): Motion {
  const edges = thinned(Array.from(a.edges.keys()), SAMPLES);
  const cost = (m: Matrix): number => edgeMiss(a, b, edges, m);
  const still = cost(matrixAt(STILL, 1));
  if (edges.length < 20 || still < LIES) return STILL;
  const centre = { ...STILL, cx: (a.width - 1) / 2, cy: (a.height - 1) / 2 };
  let best = centre;
  let least = still;
  const step = 8 * a.unit;
  for (const scale of [1, 0.87, 0.93, 1.07, 1.15]) {
    for (let j = -7; j <= 7; j++) {
      for (let i = -9; i <= 9; i++) {
        const motion = { ...centre, dx: i * step, dy: j * step, scale };
        const c = cost(matrixAt(motion, 1)) + 0.002 * Math.hypot(i, j);
        if (c < least) [best, least] = [motion, c];
      }
    }
  }
  const [motion, miss] = settled(best, cost, { shift: 4, turn: 0.01, scale: 0.02 }, a.unit);
  if (miss > still - GAIN || miss > 0.6) return STILL;
  // Boards that lie within half a pixel of each other are not moved at all.
  return Math.hypot(motion.dx, motion.dy) < 0.5 && Math.abs(motion.scale - 1) < 0.002 ? STILL : motion;
}

/** 1 where the boards show the same around a pixel, strokes and all. */
export function sameAround(a: Drawing, b: Drawing, m: Matrix): Uint8Array {
  const { width, height } = a;
  const gap = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const qx = Math.round(m.a * x - m.b * y + m.e);
      const qy = Math.round(m.b * x + m.a * y + m.f);
      const i = y * width + x;
      if (qx < 0 || qy < 0 || qx >= b.width || qy >= b.height) continue;
      const q = qy * b.width + qx;
      let most = 0;
      for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(a.study.rgb[3 * i + c]! - b.study.rgb[3 * q + c]!));
      gap[i] = most;
    }
  }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let n = 0;
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
          sum += gap[(y + dy) * width + x + dx]!;
          n++;
        }
      }
      out[y * width + x] = sum < 9 * n ? 1 : 0;
    }
  }
  return out;
}
