/** Unrest of a camera that is carried or hit: band-limited, seeded, the same on every machine. */

/** A small generator of even numbers in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Band {
  /** Hertz. */
  readonly low: number;
  readonly high: number;
  /** Amplitude falls with frequency to this power: 0 white, 1 pink, 2 brown. */
  readonly fall: number;
}

const PARTIALS = 9;

/** A smooth signal of time in seconds with no power outside the band and a root mean square of 1. */
export function bandNoise(band: Band, random: () => number): (seconds: number) => number {
  const partials = Array.from({ length: PARTIALS }, (_, i) => {
    const at = (i + random()) / PARTIALS;
    const hertz = band.low * (band.high / band.low) ** at;
    return { hertz, phase: 2 * Math.PI * random(), size: (band.low / hertz) ** band.fall };
  });
  const rms = Math.sqrt(partials.reduce((sum, p) => sum + (p.size * p.size) / 2, 0));
  return (seconds) =>
    partials.reduce((sum, p) => sum + p.size * Math.sin(2 * Math.PI * p.hertz * seconds + p.phase), 0) / rms;
}
