/**
 * Which spot at the rim of the hole is filled next (Criminisi, Pérez and Toyama, "Region Filling and Object Removal by
 * Exemplar-Based Image Inpainting"): where much around it is known and an edge runs into the hole, so that edges go on straight.
 */
import type { Cells } from './cells';

/** Half the side of a patch, in cells. */
export const HALF = 4;

export class Front {
  private readonly confidence: Float32Array;
  private readonly priority: Float32Array;
  private readonly rim = new Set<number>();

  constructor(private readonly cells: Cells) {
    this.confidence = Float32Array.from(cells.known);
    this.priority = new Float32Array(cells.known.length);
    this.refresh(0, 0, cells.width - 1, cells.height - 1);
  }

  /** The next cell to fill around, −1 when all is filled. */
  next(): number {
    let best = -1;
    let most = -1;
    for (const at of this.rim) {
      if (this.priority[at]! > most) [best, most] = [at, this.priority[at]!];
    }
    return best;
  }

  /** To be told after the cells around `at` became known; `fresh` are those that were not. */
  filled(at: number, fresh: readonly number[]): void {
    const trust = this.trustAround(at);
    for (const cell of fresh) this.confidence[cell] = trust;
    const x = at % this.cells.width;
    const y = (at - x) / this.cells.width;
    const reach = 2 * HALF + 1;
    this.refresh(x - reach, y - reach, x + reach, y + reach);
  }

  private refresh(x0: number, y0: number, x1: number, y1: number): void {
    const { width, height, known } = this.cells;
    for (let y = Math.max(0, y0); y <= Math.min(height - 1, y1); y++) {
      for (let x = Math.max(0, x0); x <= Math.min(width - 1, x1); x++) {
        const at = y * width + x;
        this.rim.delete(at);
        if (known[at]) continue;
        const [left, right] = [x > 0 && known[at - 1] === 1, x + 1 < width && known[at + 1] === 1];
        const [up, down] = [y > 0 && known[at - width] === 1, y + 1 < height && known[at + width] === 1];
        if (!left && !right && !up && !down) continue;
        this.rim.add(at);
        const normal = { x: Number(right) - Number(left), y: Number(down) - Number(up) };
        this.priority[at] = this.trustAround(at) * (0.02 + this.edgeInto(at, normal));
      }
    }
  }

  private trustAround(at: number): number {
    const { width, height, known } = this.cells;
    const x = at % width;
    const y = (at - x) / width;
    let sum = 0;
    for (let py = Math.max(0, y - HALF); py <= Math.min(height - 1, y + HALF); py++) {
      for (let px = Math.max(0, x - HALF); px <= Math.min(width - 1, x + HALF); px++) {
        const cell = py * width + px;
        if (known[cell]) sum += this.confidence[cell]!;
      }
    }
    return sum / (2 * HALF + 1) ** 2;
  }

  /** How strong an edge (0…1) runs along `normal` into the hole at `at`. */
  private edgeInto(at: number, normal: { x: number; y: number }): number {
    const { width, height, known, rgb } = this.cells;
    const x = at % width;
    const y = (at - x) / width;
    let most = 0;
    for (let py = Math.max(1, y - 2); py <= Math.min(height - 2, y + 2); py++) {
      for (let px = Math.max(1, x - 2); px <= Math.min(width - 2, x + 2); px++) {
        const i = py * width + px;
        if (!known[i - 1] || !known[i + 1] || !known[i - width] || !known[i + width]) continue;
        const gx = rgb[3 * (i + 1) + 1]! - rgb[3 * (i - 1) + 1]!;
        const gy = rgb[3 * (i + width) + 1]! - rgb[3 * (i - width) + 1]!;
        most = Math.max(most, Math.abs(-gy * normal.x + gx * normal.y));
      }
    }
    return most / 510;
  }
}
