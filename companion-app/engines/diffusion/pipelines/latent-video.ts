/** Latent videos [1, channels, frames, h, w]: their frames, and the tokens transformers see them as. */

export interface Volume {
  readonly channels: number;
  readonly frames: number;
  /** h · w */
  readonly area: number;
}

/** Puts a latent picture [channels, h, w] in place of latent frame 0. */
export function withFirstFrame(video: Float32Array, still: Float32Array, volume: Volume): Float32Array {
  const { channels, frames, area } = volume;
  const out = Float32Array.from(video);
  for (let c = 0; c < channels; c++) out.set(still.subarray(c * area, (c + 1) * area), c * frames * area);
  return out;
}

/** [channels, frames, h, w] to tokens [frames·h·w, channels], frame by frame, row by row. */
export function pack(video: Float32Array, { channels, frames, area }: Volume): Float32Array {
  const tokens = frames * area;
  const out = new Float32Array(video.length);
  for (let c = 0; c < channels; c++) {
    for (let token = 0; token < tokens; token++) out[token * channels + c] = video[c * tokens + token] ?? 0;
  }
  return out;
}

/** The way back from `pack`. */
export function unpack(packed: Float32Array, { channels, frames, area }: Volume): Float32Array {
  const tokens = frames * area;
  const out = new Float32Array(packed.length);
  for (let c = 0; c < channels; c++) {
    for (let token = 0; token < tokens; token++) out[c * tokens + token] = packed[token * channels + c] ?? 0;
  }
  return out;
}

/**
 * A clip in which nothing moves: `first` [channels, area] in latent frame 0, the last latent frame of `film` (of a still
 * picture) in all others; without a film the first one again.
 */
export function standing(
  first: Float32Array,
  film: Float32Array | undefined,
  volume: Volume,
  order: 'planes' | 'tokens',
): Float32Array {
  const { channels, frames, area } = volume;
  const out = new Float32Array(channels * frames * area);
  /** Latent frames of the film. */
  const shown = (film?.length ?? 0) / (channels * area);
  for (let c = 0; c < channels; c++) {
    const start = c * shown * area;
    const later = film?.subarray(start + (shown - 1) * area, start + shown * area);
    for (let frame = 0; frame < frames; frame++) {
      const still = first.subarray(c * area, (c + 1) * area);
      out.set(frame === 0 ? still : (later ?? still), (c * frames + frame) * area);
    }
  }
  return order === 'planes' ? out : pack(out, volume);
}
