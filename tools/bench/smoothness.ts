/** How even a slow push is: displacement between frames by phase correlation of a window off the middle. */

const SIDE = 256;

/** Radix-2 Fourier transform in place over `count` numbers from `at`, `step` apart. */
function transform(re: Float64Array, im: Float64Array, at: number, step: number): void {
  for (let i = 1, j = 0; i < SIDE; i++) {
    let bit = SIDE >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [a, b] = [at + i * step, at + j * step];
    [re[a], re[b], im[a], im[b]] = [re[b] ?? 0, re[a] ?? 0, im[b] ?? 0, im[a] ?? 0];
  }
  for (let size = 2; size <= SIDE; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const [c, s] = [Math.cos((2 * Math.PI * k) / size), -Math.sin((2 * Math.PI * k) / size)];
      for (let i = k; i < SIDE; i += size) {
        const [a, b] = [at + i * step, at + (i + size / 2) * step];
        const [x, y] = [re[b] ?? 0, im[b] ?? 0];
        const [tx, ty] = [x * c - y * s, x * s + y * c];
        [re[b], im[b]] = [(re[a] ?? 0) - tx, (im[a] ?? 0) - ty];
        [re[a], im[a]] = [(re[a] ?? 0) + tx, (im[a] ?? 0) + ty];
      }
    }
  }
}

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Spectrum of the window of `grey` (width pixels wide) whose top left corner is at x, y. */
export function spectrumOf(grey: Uint8Array, width: number, x: number, y: number): Spectrum {
  const re = new Float64Array(SIDE * SIDE);
  const im = new Float64Array(SIDE * SIDE);
  const bell = (i: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SIDE);
  let mean = 0;
  for (let j = 0; j < SIDE; j++) for (let i = 0; i < SIDE; i++) mean += grey[(y + j) * width + x + i] ?? 0;
  mean /= SIDE * SIDE;
  for (let j = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++) re[j * SIDE + i] = ((grey[(y + j) * width + x + i] ?? 0) - mean) * bell(i) * bell(j);
  }
  for (let j = 0; j < SIDE; j++) transform(re, im, j * SIDE, 1);
  for (let i = 0; i < SIDE; i++) transform(re, im, i, SIDE);
  return { re, im };
}

/** Displacement in pixels between two windows: the plane through the phases of the low frequencies, by their power. */
export function displacement(a: Spectrum, b: Spectrum): { x: number; y: number } {
  const most = SIDE / 8;
  let [xx, xy, yy, xp, yp] = [0, 0, 0, 0, 0];
  for (let v = -most; v <= most; v++) {
    for (let u = -most; u <= most; u++) {
      if (u * u + v * v > most * most || (u === 0 && v === 0)) continue;
      const at = ((v + SIDE) % SIDE) * SIDE + ((u + SIDE) % SIDE);
      const [ar, ai, br, bi] = [a.re[at] ?? 0, a.im[at] ?? 0, b.re[at] ?? 0, b.im[at] ?? 0];
      const [re, im] = [ar * br + ai * bi, ai * br - ar * bi];
      const power = Math.hypot(re, im);
      const phase = (Math.atan2(im, re) * SIDE) / (2 * Math.PI);
      xx += power * u * u;
      xy += power * u * v;
      yy += power * v * v;
      xp += power * u * phase;
      yp += power * v * phase;
    }
  }
  const det = Math.max(1e-9, xx * yy - xy * xy);
  return { x: (xp * yy - yp * xy) / det, y: (yp * xx - xp * xy) / det };
}

/** Collects frames and tells how uneven their steps are: the largest distance of a step from a straight trend, in pixels. */
export class Evenness {
  private before: Spectrum | undefined;
  private readonly steps: { x: number; y: number }[] = [];

  constructor(
    private readonly width: number,
    private readonly x: number,
    private readonly y: number,
  ) {}

  add(grey: Uint8Array): void {
    const now = spectrumOf(grey, this.width, this.x, this.y);
    if (this.before) this.steps.push(displacement(this.before, now));
    this.before = now;
  }

  /** Mean step and the largest difference from it. */
  result(): { mean: number; uneven: number } {
    const n = Math.max(1, this.steps.length);
    const x = this.steps.reduce((sum, step) => sum + step.x, 0) / n;
    const y = this.steps.reduce((sum, step) => sum + step.y, 0) / n;
    return {
      mean: Math.hypot(x, y),
      uneven: this.steps.reduce((most, step) => Math.max(most, Math.hypot(step.x - x, step.y - y)), 0),
    };
  }
}
