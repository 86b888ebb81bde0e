/**
 * The network of Stable Video Diffusion (diffusers' UNetSpatioTemporalConditionModel) layer for layer in its real shape, with random
 * weights: what a step of it costs on a machine can be measured without the model. It draws nothing.
 */
import type { Value } from '../../../companion-app/inference';
import { WeightedGraph, type Precision } from './shared-weights';

export interface UnetShape {
  /** Channels of the four levels; SVD's are 320, 640, 1280, 1280. */
  readonly channels: readonly number[];
  /** Heads of the first three levels' attention, 64 numbers each, and of the last. */
  readonly heads: readonly number[];
  readonly crossDim: number;
  readonly batch: number;
  readonly frames: number;
  /** Of the latents: an eighth of the picture. */
  readonly height: number;
  readonly width: number;
  readonly precision: Precision;
  /** `fused`: ONNX Runtime's own attention; `sliced`: plain operators, one frame at a time where the scores would be large. */
  readonly attention: 'fused' | 'sliced';
  /** The convolutions over time: as exporters write them, or the same sums as a two-dimensional convolution over [frames, pixels]. */
  readonly temporal: 'conv3d' | 'conv2d';
}

export const SVD: UnetShape = {
  channels: [320, 640, 1280, 1280],
  heads: [5, 10, 20, 20],
  crossDim: 1024,
  batch: 2,
  frames: 14,
  height: 72,
  width: 128,
  precision: 'float16',
  attention: 'fused',
  temporal: 'conv3d',
};

/** Numbers in a table of attention scores above which it is made in slices. */
const LARGE_SCORES = 2 ** 27;
const LAYERS = 2;

interface Level {
  readonly channels: number;
  readonly heads: number;
  readonly height: number;
  readonly width: number;
}

class Unet {
  readonly w: WeightedGraph;
  private readonly g;
  private readonly temb: number;

  constructor(private readonly s: UnetShape) {
    this.w = new WeightedGraph('unet', s.precision);
    this.g = this.w.graph;
    this.temb = 4 * (s.channels[0] ?? 0);
  }

  private reshape(x: Value, dims: readonly number[]): Value {
    return this.g.op('Reshape', [x, this.g.integers(dims)]);
  }

  private linear(x: Value, from: number, to: number, bias = true): Value {
    const y = this.g.op('MatMul', [x, this.w.weight([from, to])]);
    return bias ? this.g.add(y, this.w.weight([to])) : y;
  }

  private silu(x: Value): Value {
    return this.g.mul(x, this.g.op('Sigmoid', [x]));
  }

  private conv(
    x: Value,
    from: number,
    to: number,
    kernel: readonly number[],
    attributes: Record<string, readonly number[]>,
  ): Value {
    return this.g.op('Conv', [x, this.w.weight([to, from, ...kernel]), this.w.weight([to])], {
      kernel_shape: kernel,
      ...attributes,
    });
  }

  private conv2(x: Value, from: number, to: number, stride = 1): Value {
    return this.conv(x, from, to, [3, 3], { pads: [1, 1, 1, 1], strides: [stride, stride] });
  }

  /** Three frames deep, one pixel wide. */
  private conv3(x: Value, { channels, height, width }: Level): Value {
    if (this.s.temporal === 'conv3d') return this.conv(x, channels, channels, [3, 1, 1], { pads: [1, 0, 0, 1, 0, 0] });
    const { batch, frames } = this.s;
    const flat = this.reshape(x, [batch, channels, frames, height * width]);
    const out = this.conv(flat, channels, channels, [3, 1], { pads: [1, 0, 1, 0] });
    return this.reshape(out, [batch, channels, frames, height, width]);
  }

  /** Group normalisation as exporters write it: an instance norm over groups. `tail`: sizes after the channels. */
  private groupNorm(x: Value, batch: number, channels: number, tail: readonly number[]): Value {
    const groups = 32;
    const flat = this.reshape(x, [batch, groups, -1]);
    const normed = this.g.op('InstanceNormalization', [flat, this.w.filled([groups], 1), this.w.filled([groups], 0)], {
      epsilon: { float: 1e-6 },
    });
    const back = this.reshape(normed, [batch, channels, ...tail]);
    const ones = tail.map(() => 1);
    return this.g.add(this.g.mul(back, this.w.filled([channels, ...ones], 1)), this.w.filled([channels, ...ones], 0));
  }

  private layerNorm(x: Value, channels: number): Value {
    return this.g.op('LayerNormalization', [x, this.w.filled([channels], 1), this.w.filled([channels], 0)], {
      epsilon: { float: 1e-5 },
    });
  }

  /** [n, queries, c] attends to [n, keys, c]. */
  private attend(
    q: Value,
    k: Value,
    v: Value,
    n: number,
    queries: number,
    keys: number,
    channels: number,
    heads: number,
  ): Value {
    if (this.s.attention === 'fused') return this.w.fusedAttention(q, k, v, heads);
    const size = channels / heads;
    const split = (x: Value, tokens: number, perm: readonly number[]): Value =>
      this.g.op('Transpose', [this.reshape(x, [n, tokens, heads, size])], { perm });
    const qs = this.g.mul(split(q, queries, [0, 2, 1, 3]), this.w.scalar(1 / Math.sqrt(size)));
    const ks = split(k, keys, [0, 2, 3, 1]);
    const vs = split(v, keys, [0, 2, 1, 3]);
    const one = (a: Value, b: Value, c: Value): Value =>
      this.g.op('MatMul', [this.g.op('Softmax', [this.g.op('MatMul', [a, b])], { axis: -1 }), c]);
    let out: Value;
    if (n * heads * queries * keys <= LARGE_SCORES) out = one(qs, ks, vs);
    else {
      const slice = (x: Value, i: number): Value =>
        this.g.op('Slice', [x, this.g.integers([i]), this.g.integers([i + 1]), this.g.integers([0])]);
      out = this.g.op(
        'Concat',
        Array.from({ length: n }, (_, i) => one(slice(qs, i), slice(ks, i), slice(vs, i))),
        { axis: 0 },
      );
    }
    return this.reshape(this.g.op('Transpose', [out], { perm: [0, 2, 1, 3] }), [n, queries, channels]);
  }

  private attention(
    x: Value,
    context: Value | null,
    n: number,
    queries: number,
    channels: number,
    heads: number,
  ): Value {
    const from = context === null ? channels : this.s.crossDim;
    const source = context ?? x;
    const q = this.linear(x, channels, channels, false);
    const k = this.linear(source, from, channels, false);
    const v = this.linear(source, from, channels, false);
    const out = this.attend(q, k, v, n, queries, context === null ? queries : 1, channels, heads);
    return this.linear(out, channels, channels);
  }

  /** GEGLU feed-forward. */
  private feedForward(x: Value, channels: number): Value {
    const both = this.linear(x, channels, 8 * channels);
    const half = (i: number): Value =>
      this.g.op('Slice', [
        both,
        this.g.integers([i * 4 * channels]),
        this.g.integers([(i + 1) * 4 * channels]),
        this.g.integers([2]),
      ]);
    const gate = half(1);
    const erf = this.g.op('Erf', [this.g.mul(gate, this.w.scalar(Math.SQRT1_2))]);
    const gelu = this.g.mul(this.g.mul(gate, this.w.scalar(0.5)), this.g.add(erf, this.w.scalar(1)));
    return this.linear(this.g.mul(half(0), gelu), 4 * channels, channels);
  }

  private blend(spatial: Value, temporal: Value): Value {
    return this.g.add(this.g.mul(spatial, this.w.scalar(0.6)), this.g.mul(temporal, this.w.scalar(0.4)));
  }

  private resBlock(x: Value, from: number, level: Level, temb: Value): Value {
    const { batch, frames } = this.s;
    const { channels, height, width } = level;
    const n = batch * frames;
    let h = this.conv2(this.silu(this.groupNorm(x, n, from, [height, width])), from, channels);
    h = this.g.add(h, this.reshape(this.linear(this.silu(temb), this.temb, channels), [n, channels, 1, 1]));
    h = this.conv2(this.silu(this.groupNorm(h, n, channels, [height, width])), channels, channels);
    const skip = from === channels ? x : this.conv(x, from, channels, [1, 1], {});
    const spatial = this.g.add(h, skip);
    const video = this.g.op('Transpose', [this.reshape(spatial, [batch, frames, channels, height, width])], {
      perm: [0, 2, 1, 3, 4],
    });
    let t = this.conv3(this.silu(this.groupNorm(video, batch, channels, [frames, height, width])), level);
    const emb = this.reshape(this.linear(this.silu(temb), this.temb, channels), [batch, frames, channels, 1, 1]);
    t = this.g.add(t, this.g.op('Transpose', [emb], { perm: [0, 2, 1, 3, 4] }));
    t = this.conv3(this.silu(this.groupNorm(t, batch, channels, [frames, height, width])), level);
    const mixed = this.blend(video, this.g.add(video, t));
    return this.reshape(this.g.op('Transpose', [mixed], { perm: [0, 2, 1, 3, 4] }), [n, channels, height, width]);
  }

  private transformer(x: Value, level: Level, context: Value): Value {
    const { batch, frames, crossDim } = this.s;
    const { channels, heads, height, width } = level;
    const [n, tokens] = [batch * frames, height * width];
    const normed = this.groupNorm(x, n, channels, [height, width]);
    const flat = this.reshape(this.g.op('Transpose', [normed], { perm: [0, 2, 3, 1] }), [n, tokens, channels]);
    let h = this.linear(flat, channels, channels);
    h = this.g.add(h, this.attention(this.layerNorm(h, channels), null, n, tokens, channels, heads));
    h = this.g.add(h, this.attention(this.layerNorm(h, channels), context, n, tokens, channels, heads));
    h = this.g.add(h, this.feedForward(this.layerNorm(h, channels), channels));
    const position = this.linear(
      this.silu(this.linear(this.w.weight([frames, channels]), channels, 4 * channels)),
      4 * channels,
      channels,
    );
    let t = this.g.add(
      this.reshape(h, [batch, frames, tokens, channels]),
      this.reshape(position, [frames, 1, channels]),
    );
    const m = batch * tokens;
    t = this.reshape(this.g.op('Transpose', [t], { perm: [0, 2, 1, 3] }), [m, frames, channels]);
    t = this.g.add(t, this.feedForward(this.layerNorm(t, channels), channels));
    t = this.g.add(t, this.attention(this.layerNorm(t, channels), null, m, frames, channels, heads));
    const first = this.g.op('Slice', [
      this.reshape(context, [batch, frames, 1, crossDim]),
      this.g.integers([0]),
      this.g.integers([1]),
      this.g.integers([1]),
    ]);
    const wide = this.reshape(this.g.op('Expand', [first, this.g.integers([batch, tokens, 1, crossDim])]), [
      m,
      1,
      crossDim,
    ]);
    t = this.g.add(t, this.attention(this.layerNorm(t, channels), wide, m, frames, channels, heads));
    t = this.g.add(t, this.feedForward(this.layerNorm(t, channels), channels));
    const back = this.g.op('Transpose', [this.reshape(t, [batch, tokens, frames, channels])], { perm: [0, 2, 1, 3] });
    const mixed = this.linear(this.blend(h, this.reshape(back, [n, tokens, channels])), channels, channels);
    const picture = this.g.op('Transpose', [this.reshape(mixed, [n, height, width, channels])], { perm: [0, 3, 1, 2] });
    return this.g.add(picture, x);
  }

  private embedding(x: Value, from: number): Value {
    return this.linear(this.silu(this.linear(x, from, this.temb)), this.temb, this.temb);
  }

  build(): void {
    const { s, g } = this;
    const n = s.batch * s.frames;
    const base = s.channels[0] ?? 0;
    const sample = this.w.cast(g.input('sample', 'float', [s.batch, s.frames, 8, s.height, s.width]));
    const timestep = this.w.cast(g.input('timestep', 'float', [1]));
    const context = this.w.cast(g.input('encoder_hidden_states', 'float', [s.batch, 1, s.crossDim]));
    const ids = this.w.cast(g.input('added_time_ids', 'float', [s.batch, 3]));
    const time = this.embedding(
      g.op('Sin', [g.op('MatMul', [this.reshape(timestep, [1, 1]), this.w.weight([1, base])])]),
      base,
    );
    const added = this.embedding(g.op('Sin', [g.op('MatMul', [ids, this.w.weight([3, 768])])]), 768);
    const both = this.reshape(g.add(time, added), [s.batch, 1, this.temb]);
    const temb = this.reshape(g.op('Expand', [both, g.integers([s.batch, s.frames, this.temb])]), [n, this.temb]);
    const shared = this.reshape(context, [s.batch, 1, 1, s.crossDim]);
    const words = this.reshape(g.op('Expand', [shared, g.integers([s.batch, s.frames, 1, s.crossDim])]), [
      n,
      1,
      s.crossDim,
    ]);
    const levels: Level[] = s.channels.map((channels, i) => ({
      channels,
      heads: s.heads[i] ?? 1,
      height: s.height >> i,
      width: s.width >> i,
    }));
    let x = this.conv2(this.reshape(sample, [n, 8, s.height, s.width]), 8, base);
    const skips: { value: Value; channels: number }[] = [{ value: x, channels: base }];
    let from = base;
    for (const [i, level] of levels.entries()) {
      for (let layer = 0; layer < LAYERS; layer++) {
        x = this.resBlock(x, from, level, temb);
        from = level.channels;
        if (i < levels.length - 1) x = this.transformer(x, level, words);
        skips.push({ value: x, channels: from });
      }
      if (i === levels.length - 1) continue;
      x = this.conv2(x, from, from, 2);
      skips.push({ value: x, channels: from });
    }
    const deepest = levels[levels.length - 1];
    if (!deepest) throw new RangeError('a network without levels');
    x = this.resBlock(x, from, deepest, temb);
    x = this.resBlock(this.transformer(x, deepest, words), from, deepest, temb);
    for (const [up, level] of [...levels.entries()].reverse()) {
      for (let layer = 0; layer <= LAYERS; layer++) {
        const skip = skips.pop();
        if (!skip) throw new RangeError('a skip is missing');
        x = this.resBlock(g.op('Concat', [x, skip.value], { axis: 1 }), from + skip.channels, level, temb);
        from = level.channels;
        if (up < levels.length - 1) x = this.transformer(x, level, words);
      }
      if (up === 0) continue;
      const twice = g.op('Resize', [x, undefined, g.floats([1, 1, 2, 2], [4])], { mode: 'nearest' });
      x = this.conv2(twice, from, from);
    }
    x = this.conv2(this.silu(this.groupNorm(x, n, base, [s.height, s.width])), base, 4);
    const sizes = [s.batch, s.frames, 4, s.height, s.width];
    g.output(this.w.uncast(this.reshape(x, sizes)), 'out_sample', 'float', sizes);
  }
}

/** The network of this shape; `.write(folder)` puts it on disk, `.parameters` counts its weights. */
export function unetOf(shape: UnetShape): WeightedGraph {
  const unet = new Unet(shape);
  unet.build();
  return unet.w;
}
