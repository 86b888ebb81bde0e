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

/** Latent frame 0 and the frames after it, each [channels, frames, h, w]. */
export function firstFrames(video: Float32Array, volume: Volume): { first: Float32Array; rest: Float32Array } {
  const { channels, frames, area } = volume;
  const first = new Float32Array(channels * area);
  const rest = new Float32Array(channels * (frames - 1) * area);
  for (let c = 0; c < channels; c++) {
    const start = c * frames * area;
    first.set(video.subarray(start, start + area), c * area);
    rest.set(video.subarray(start + area, start + frames * area), c * (frames - 1) * area);
  }
  return { first, rest };
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
