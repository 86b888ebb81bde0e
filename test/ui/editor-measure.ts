/** Where a camera is, measured from the picture alone: the box on the board that a frame fits best. */
import type { Picture } from '../../companion-app/media';

export interface Measured {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

// Taken out once: looking a global up is slow where tests run.
const { abs, floor, max, min, round } = Math;

/** Widths of the frame that is compared: to find the place, and to find it exactly. */
const COARSE = 32;
const FINE = 96;

/** Searches coarse to fine over centre and size; nothing of what was asked goes in. Board and frame have one shape. */
export function measureBox(board: Picture, frame: Picture): Measured {
  const aspect = frame.width / frame.height;
  const boards = [board.width, 480, 240, 120, 60].map((width) => reduced(board, width, round(width / aspect)));
  const coarse = difference(boards, reduced(frame, COARSE, round(COARSE / aspect)));
  let best: Measured = { x: 0.5, y: 0.5, scale: 1 };
  let least = coarse(best);
  const tryOut = (box: Measured, value: number): void => {
    if (value < least) [best, least] = [box, value];
  };
  for (let scale = 0.3; scale <= 1; scale += 0.025) {
    for (let y = scale / 2; y <= 1 - scale / 2 + 1e-9; y += 0.025) {
      for (let x = scale / 2; x <= 1 - scale / 2 + 1e-9; x += 0.025) tryOut({ x, y, scale }, coarse({ x, y, scale }));
    }
  }
  const fine = difference(boards, reduced(frame, FINE, round(FINE / aspect)));
  least = fine(best);
  for (let step = 0.0125; step > 0.0004; step /= 2) {
    const from = best;
    for (let n = 0; n < 27; n++) {
      const [dx, dy, ds] = [(n % 3) - 1, (floor(n / 3) % 3) - 1, floor(n / 9) - 1];
      const box = { x: from.x + dx * step, y: from.y + dy * step, scale: from.scale + ds * step };
      tryOut(box, fine(box));
    }
    if (best !== from) step *= 2;
  }
  return best;
}

/** How far the frame is from what a box on the board shows, the board taken as soft as the frame sees it. */
function difference(boards: readonly Grey[], seen: Grey): (box: Measured) => number {
  return (box) => {
    const level = boards.reduce((best, one) =>
      abs(one.width * box.scale - seen.width) < abs(best.width * box.scale - seen.width) ? one : best,
    );
    let sum = 0;
    for (let j = 1; j < seen.height; j += 2) {
      for (let i = 1; i < seen.width; i += 2) {
        const u = box.x + ((i + 0.5) / seen.width - 0.5) * box.scale;
        const v = box.y + ((j + 0.5) / seen.height - 0.5) * box.scale;
        sum += abs((seen.grey[j * seen.width + i] ?? 0) - at(level, u, v));
      }
    }
    return sum;
  };
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
}

/** Means over the pixels that fall into each cell. */
function reduced({ width, height, rgb }: Picture, w: number, h: number): Grey {
  const grey = new Float32Array(w * h);
  const count = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    const row = min(h - 1, floor((y * h) / height)) * w;
    for (let x = 0; x < width; x++) {
      const cell = row + min(w - 1, floor((x * w) / width));
      const pixel = 3 * (y * width + x);
      grey[cell] = (grey[cell] ?? 0) + ((rgb[pixel] ?? 0) + (rgb[pixel + 1] ?? 0) + (rgb[pixel + 2] ?? 0)) / 3;
      count[cell] = (count[cell] ?? 0) + 1;
    }
  }
  return { width: w, height: h, grey: grey.map((sum, i) => sum / max(1, count[i] ?? 1)) };
}

function at({ width, height, grey }: Grey, u: number, v: number): number {
  const [x, y] = [u * width - 0.5, v * height - 0.5];
  const [x0, y0] = [floor(x), floor(y)];
  const of = (i: number, j: number): number =>
    grey[min(height - 1, max(0, j)) * width + min(width - 1, max(0, i))] ?? 0;
  const [fx, fy] = [x - x0, y - y0];
  return (
    (of(x0, y0) * (1 - fx) + of(x0 + 1, y0) * fx) * (1 - fy) +
    (of(x0, y0 + 1) * (1 - fx) + of(x0 + 1, y0 + 1) * fx) * fy
  );
}
