/** Handheld and shake: what a shoulder and an impact do to a camera. */
import type { CameraMove } from '../../../../shared/shot';
import { bandNoise, randomFrom, type Band } from './noise';
import type { ShotTiming } from './progress';

const RADIAN = Math.PI / 180;

/** Root mean square at strength 1: frame widths for x and y, radians for the rest. */
interface Feel {
  readonly band: Band;
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** Slow sway and breath, mostly turning: an operator's shoulder. */
const SHOULDER: Feel = {
  band: { low: 0.25, high: 3, fall: 1 },
  x: 0.005,
  y: 0.006,
  yaw: 0.45 * RADIAN,
  pitch: 0.4 * RADIAN,
  roll: 0.35 * RADIAN,
};

/** A rattle that decays: something heavy has hit the ground. */
const IMPACT: Feel = {
  band: { low: 5, high: 10, fall: 0.7 },
  x: 0.006,
  y: 0.012,
  yaw: 0.5 * RADIAN,
  pitch: 0.8 * RADIAN,
  roll: 0.6 * RADIAN,
};

const ATTACK_SECONDS = 0.08;
const SETTLE_SECONDS = 0.5;
/** Share of Nyquist's frequency that the noise may use: above it, motion sampled once a frame stops reading as motion. */
const MOST_OF_NYQUIST = 0.85;

function smoothstep(t: number): number {
  const c = Math.min(1, Math.max(0, t));
  return c * c * (3 - 2 * c);
}

type Target = Record<'x' | 'y' | 'yaw' | 'pitch' | 'roll', Float64Array>;

/** Adds every handheld and shake move to the channels. The first frame of the move is left where it was. */
export function addUnrest(
  target: Target,
  moves: readonly CameraMove[],
  timing: ShotTiming,
  heightInWidths: number,
  seed: number,
): void {
  const reach = Math.min(1, heightInWidths * (16 / 9));
  moves.forEach((move, index) => {
    if (move.kind !== 'handheld' && move.kind !== 'shake') return;
    const feel = move.kind === 'handheld' ? SHOULDER : IMPACT;
    const random = randomFrom(seed ^ Math.imul(index + 1, 0x9e3779b1));
    const high = Math.min(feel.band.high, (MOST_OF_NYQUIST * timing.fps) / 2);
    const band = { ...feel.band, high, low: Math.min(feel.band.low, high / 2) };
    const from = Math.max(0, move.from);
    const to = Math.min(timing.frames, move.to);
    const length = (to - from) / timing.fps;
    for (const channel of ['x', 'y', 'yaw', 'pitch', 'roll'] as const) {
      const noise = bandNoise(band, random);
      const size = feel[channel] * move.amount * (channel === 'roll' ? 1 : reach);
      const values = target[channel];
      for (let f = Math.ceil(from); f < to; f++) {
        const t = (f - from) / timing.fps;
        const toEnd = to < timing.frames ? length - t : Infinity;
        const way = move.kind === 'handheld' ? carried(noise, t, toEnd, from > 0) : noise(t) * hit(t, length, toEnd);
        values[f] = (values[f] ?? 0) + size * way;
      }
    }
  });
}

/** A carried camera is in motion from a shot's first frame on, but starts from where it was framed. */
function carried(noise: (t: number) => number, t: number, toEnd: number, fadesIn: boolean): number {
  const out = smoothstep(toEnd / SETTLE_SECONDS);
  if (fadesIn) return noise(t) * smoothstep(t / SETTLE_SECONDS) * out;
  return (noise(t) - noise(0) * (1 - smoothstep(t / (2 * SETTLE_SECONDS)))) * out;
}

function hit(t: number, length: number, toEnd: number): number {
  return smoothstep(t / ATTACK_SECONDS) * Math.exp((-3.5 * t) / length) * smoothstep(toEnd / ATTACK_SECONDS);
}
