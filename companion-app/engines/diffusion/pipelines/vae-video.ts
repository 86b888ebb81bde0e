/** Films to latents and back by VAEs that are causal in time: whole, or in tiles that overlap and are blended. */
import type { FloatTensor } from '../../../inference';
import type { Port } from '../../../inference/packs';
import { toSigned } from '../picture/planes';
import type { Rgb } from '../picture/resample';
import { expectDims, scalarFeed } from '../tensors';
import { breathe } from './parts';
import type { RunContext } from './pipeline';
import { tileStarts, tileWeights } from './tiles';
import { interleaved, type VaeDecoder, type VaeEncoder } from './vae';

export interface VideoDecoder {
  readonly decoder: VaeDecoder;
  /** Video frames of a latent frame (the first latent frame is one video frame). */
  readonly every: number;
  /** Pixels of a latent cell's side. */
  readonly pixels: number;
}

/** What of a call says how pictures are coded. */
export interface Coding {
  readonly width: number;
  readonly height: number;
  readonly vae_tile?: number | null | undefined;
  readonly vae_tile_frames?: number | null | undefined;
}

/** Latent frames and cells that neighbouring tiles share: what a tile's edge makes without its neighbour is faded out. */
const OVERLAP_FRAMES = 3;
const OVERLAP_PART = 4;
/** Cells of the overlap at a tile's own edge that are not used at all. */
const MARGIN_PART = 3;

const fixed = (port: Port | undefined, axis: number): boolean => typeof port?.dims[axis] === 'number';

/** Decodes a video latent [1, channels, f, h, w] to frames in [0, 1], each [height, width, 3]. */
export async function decodeVideo(
  { decoder, every, pixels }: VideoDecoder,
  latents: FloatTensor,
  call: Coding,
  context: RunContext,
  timestep?: number,
): Promise<Float32Array[]> {
  const [, channels = 0, f = 0, h = 0, w = 0] = latents.dims;
  const port = decoder.port('latents');
  const decode = async (part: FloatTensor): Promise<Float32Array> => {
    await breathe(context.signal);
    const decoded = await decoder.run({
      latents: part,
      ...(timestep === undefined ? {} : { timestep: scalarFeed(decoder.port('timestep'), timestep, 1) }),
    });
    const [, , frames = 0, rows = 0, columns = 0] = part.dims;
    return expectDims(decoded, [1, 3, (frames - 1) * every + 1, rows * pixels, columns * pixels], decoder).data;
  };
  // A graph of one size can only be given that size.
  const cells = fixed(port, 3) || fixed(port, 4) ? Infinity : (call.vae_tile ?? Infinity);
  const length = fixed(port, 2) ? Infinity : (call.vae_tile_frames ?? Infinity);
  const count = (f - 1) * every + 1;
  const area = call.width * call.height;
  if (cells >= Math.max(h, w) && length >= f) return interleaved(await decode(latents), count, area, 'channels first');

  const overlap = Math.floor(Math.min(cells, Math.max(h, w)) / OVERLAP_PART);
  const margin = Math.floor(overlap / MARGIN_PART) * pixels;
  const spans = {
    t: tileStarts(f, Math.min(f, length), OVERLAP_FRAMES),
    y: tileStarts(h, Math.min(h, cells), overlap),
    x: tileStarts(w, Math.min(w, cells), overlap),
  };
  const weights = {
    t: tileWeights(spans.t, (latent) => latent * every, 1, { start: 1, end: every }),
    y: tileWeights(spans.y, (cell) => cell * pixels, 0, { start: margin, end: margin }),
    x: tileWeights(spans.x, (cell) => cell * pixels, 0, { start: margin, end: margin }),
  };
  const whole = new Float32Array(3 * count * area);
  const all = spans.t.length * spans.y.length * spans.x.length;
  let done = 0;
  for (const t of weights.t) {
    for (const y of weights.y) {
      for (const x of weights.x) {
        const part = cutOut(latents, { t: t.tile, y: y.tile, x: x.tile });
        const decoded = await decode({
          data: part,
          dims: [1, channels, t.tile.length, y.tile.length, x.tile.length],
        });
        lay(whole, decoded, { count, height: call.height, width: call.width }, { t, y, x });
        context.progress(++done, all, 'decoding');
      }
    }
  }
  return interleaved(whole, count, area, 'channels first');
}

type Axis = 't' | 'y' | 'x';
type Spans = Readonly<Record<Axis, { readonly start: number; readonly length: number }>>;

function cutOut({ data, dims }: FloatTensor, { t, y, x }: Spans): Float32Array {
  const [, channels = 0, f = 0, h = 0, w = 0] = dims;
  const out = new Float32Array(channels * t.length * y.length * x.length);
  let place = 0;
  for (let c = 0; c < channels; c++) {
    for (let k = t.start; k < t.start + t.length; k++) {
      for (let row = y.start; row < y.start + y.length; row++) {
        const from = ((c * f + k) * h + row) * w + x.start;
        out.set(data.subarray(from, from + x.length), place);
        place += x.length;
      }
    }
  }
  return out;
}

type Placed = Readonly<Record<Axis, { readonly from: number; readonly weights: Float32Array }>>;

/** Adds a decoded tile to the film, by the weights of its frames, rows and columns. */
function lay(
  film: Float32Array,
  tile: Float32Array,
  size: { readonly count: number; readonly height: number; readonly width: number },
  { t, y, x }: Placed,
): void {
  const [frames, rows, columns] = [t.weights.length, y.weights.length, x.weights.length];
  for (let channel = 0; channel < 3; channel++) {
    for (let k = 0; k < frames; k++) {
      for (let row = 0; row < rows; row++) {
        const weight = t.weights[k]! * y.weights[row]!;
        const to = ((channel * size.count + t.from + k) * size.height + y.from + row) * size.width + x.from;
        const from = ((channel * frames + k) * rows + row) * columns;
        for (let i = 0; i < columns; i++) film[to + i]! += weight * x.weights[i]! * tile[from + i]!;
      }
    }
  }
}

/**
 * A film of `frames` times the same picture, encoded; undefined where the encoder takes single pictures only.
 */
export async function encodeFrames(
  encoder: VaeEncoder,
  picture: Rgb,
  frames: number,
  context: RunContext,
): Promise<FloatTensor | undefined> {
  const { width, height } = picture;
  const [, , only] = encoder.port('picture')?.dims ?? [];
  if (only === 1) return undefined;
  const count = typeof only === 'number' ? only : frames;
  await breathe(context.signal);
  const planes = toSigned(picture);
  const area = width * height;
  const film = new Float32Array(3 * count * area);
  for (let channel = 0; channel < 3; channel++) {
    for (let k = 0; k < count; k++)
      film.set(planes.subarray(channel * area, (channel + 1) * area), (channel * count + k) * area);
  }
  return encoder.run({ picture: { data: film, dims: [1, 3, count, height, width] } });
}
