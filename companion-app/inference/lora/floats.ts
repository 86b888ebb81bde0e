/** Weights as files store them (little-endian 32-bit, IEEE half, bfloat16) and as 32-bit floats. */

export type FloatKind = 'f32' | 'f16' | 'bf16';

export const BYTES_OF: Readonly<Record<FloatKind, number>> = { f32: 4, f16: 2, bf16: 2 };

const wide = new Float32Array(1);
const wideBits = new Uint32Array(wide.buffer);

const bitsOf = (x: number): number => {
  wide[0] = x;
  return wideBits[0] ?? 0;
};

const ofBits = (bits: number): number => {
  wideBits[0] = bits;
  return wide[0] ?? 0;
};

/** The number an IEEE half stands for; every half is a 32-bit float. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The nearest half, ties to even; beyond the largest one infinity. `x` is taken as a 32-bit float. */
export function toHalf(x: number): number {
  const bits = bitsOf(x);
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  if (size >= 0x477ff000) return sign | 0x7c00;
  // Below the least normal half, steps are 2⁻²⁴ wide.
  if (size < 0x38800000) return sign | halfToEven(ofBits(size) * 2 ** 24);
  const rounded = size + 0xfff + ((size >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

function halfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

export const fromBfloat = (bits: number): number => ofBits((bits << 16) >>> 0);

/** The nearest bfloat16, ties to even. `x` is taken as a 32-bit float. */
export function toBfloat(x: number): number {
  const bits = bitsOf(x);
  if ((bits & 0x7fffffff) > 0x7f800000) return 0x7fc0 | ((bits >>> 16) & 0x8000);
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

/** Stored numbers as 32-bit floats, in an array of their own. */
export function decodeFloats(bytes: Uint8Array, kind: FloatKind): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(bytes.byteLength / BYTES_OF[kind]);
  for (let i = 0; i < out.length; i++) {
    if (kind === 'f32') out[i] = view.getFloat32(4 * i, true);
    else out[i] = (kind === 'f16' ? fromHalf : fromBfloat)(view.getUint16(2 * i, true));
  }
  return out;
}

/** The least 32-bit number that rounds to infinity. */
export const BEYOND: Readonly<Record<FloatKind, number>> = {
  f32: Infinity,
  f16: 65520,
  bf16: (2 - 2 ** -8) * 2 ** 127,
};

/** 32-bit floats as they are stored, rounded to the nearest. */
export function encodeFloats(values: Float32Array, kind: FloatKind): Uint8Array {
  const bytes = new Uint8Array(values.length * BYTES_OF[kind]);
  const view = new DataView(bytes.buffer);
  values.forEach((x, i) => {
    if (kind === 'f32') view.setFloat32(4 * i, x, true);
    else view.setUint16(2 * i, (kind === 'f16' ? toHalf : toBfloat)(x), true);
  });
  return bytes;
}
