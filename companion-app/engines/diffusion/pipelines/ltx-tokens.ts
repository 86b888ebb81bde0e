/**
 * The tokens an LTX-Video transformer sees: key frames first, then the clip frame by frame, and where each lies in the video.
 * Source: diffusers pipeline_ltx_condition.py.
 */

/** Sizes of the latent clip. */
export interface TokenGrid {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** Video frames and pixels of a latent cell. */
  readonly every: number;
  readonly pixels: number;
}

/**
 * Coordinates [3, tokens]: seconds, rows and columns of pixels. A key frame's tokens count from their own frame; the first latent
 * frame holds one video frame, later ones `every`, and the first of those counts.
 * @param keys video frames of the key frames, in the order of their tokens
 */
export function videoCoordinates(grid: TokenGrid, keys: readonly number[], rate: number): Float32Array {
  const { frames, height, width, every, pixels } = grid;
  const area = height * width;
  const tokens = (keys.length + frames) * area;
  const out = new Float32Array(3 * tokens);
  for (let i = 0; i < tokens; i++) {
    const block = Math.floor(i / area);
    const key = keys[block];
    const frame = key ?? Math.max(0, (block - keys.length) * every + 1 - every);
    const cell = i % area;
    out[i] = frame / rate;
    out[tokens + i] = Math.floor(cell / width) * pixels;
    out[2 * tokens + i] = (cell % width) * pixels;
  }
  return out;
}
