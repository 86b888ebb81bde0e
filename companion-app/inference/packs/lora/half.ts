/** Between 32-bit floats and the two 16-bit kinds that weights are stored in. */

const bits = new DataView(new ArrayBuffer(4));

/** IEEE half precision. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The nearest half, ties to even; beyond its range infinity. */
export function toHalf(value: number): number {
  bits.setFloat32(0, value);
  const sign = (bits.getUint32(0) >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -30)));
  const unit = 2 ** (exponent - 10);
  const scaled = size / unit;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // A fraction that rounds up to 2048 carries into the exponent by itself.
  return sign | (rounded + (exponent + 14) * 1024);
}

/** The upper half of a 32-bit float. */
export function fromBrain(brain: number): number {
  bits.setUint32(0, (brain << 16) >>> 0);
  return bits.getFloat32(0);
}
