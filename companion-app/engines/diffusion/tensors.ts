/** Arithmetic on whole arrays: double precision inside, rounded once to 32 bits. Dimensions are row-major. */
import type { FloatTensor } from '../../inference';
import { networkFailed, packInvalid, type Bound, type Feed, type Port } from '../../inference/packs';

/** Arrays one after the other: joins along the first axis. */
export function join(...parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let place = 0;
  for (const part of parts) {
    out.set(part, place);
    place += part.length;
  }
  return out;
}

/**
 * Joins along the second axis.
 * @param rows size of the first axis, the same in all parts
 */
export function joinSecond(rows: number, ...parts: readonly Float32Array[]): Float32Array {
  const slices = Array.from({ length: rows }, (_, row) =>
    parts.map((part) => part.subarray((row * part.length) / rows, ((row + 1) * part.length) / rows)),
  );
  return join(...slices.flat());
}

/** The array `times` times over. */
export function repeat(part: Float32Array, times: number): Float32Array {
  return join(...new Array<Float32Array>(times).fill(part));
}

/** Fills `target` with `times` copies of the array. */
export function repeatInto(target: Float32Array, part: Float32Array, times: number): void {
  for (let i = 0; i < times; i++) target.set(part, i * part.length);
}

/** Every number through `f`, with its place. */
export function mapped(values: Float32Array, f: (x: number, i: number) => number): Float32Array {
  return values.map(f);
}

/**
 * Classifier-free guidance: unconditional + scale·(conditional − unconditional), in 32 bits at every operation: the first steps of
 * some schedules make its roundings hundreds of times as large.
 * @param scale one for all, or one for each of as many equal parts
 */
export function guided(
  unconditional: Float32Array,
  conditional: Float32Array,
  scale: number | readonly number[],
): Float32Array {
  const out = new Float32Array(conditional.length);
  const scales = typeof scale === 'number' ? [scale] : scale;
  const each = out.length / scales.length;
  scales.map(Math.fround).forEach((weight, part) => {
    for (let i = part * each; i < (part + 1) * each; i++) {
      const u = unconditional[i]!;
      out[i] = u + Math.fround(weight * Math.fround(conditional[i]! - u));
    }
  });
  return out;
}

/** First half of an array that holds two of the same size. */
export const firstHalf = (both: Float32Array): Float32Array => both.subarray(0, both.length / 2);
export const secondHalf = (both: Float32Array): Float32Array => both.subarray(both.length / 2);

/** @throws InbetweenError `render-failed` when a network's output has not the dimensions it must have */
export function expectDims(
  tensor: FloatTensor,
  dims: readonly number[],
  network: { readonly name: string },
): FloatTensor {
  const same = tensor.dims.length === dims.length && dims.every((size, i) => tensor.dims[i] === size);
  if (same) return tensor;
  throw networkFailed(`${network.name} gave [${tensor.dims.join(', ')}] where [${dims.join(', ')}] was due.`);
}

/** One number for the whole batch, in whichever form the input has: a scalar, one number, or one a row. */
export function scalarFeed(port: Port | undefined, value: number, batch: number): Feed {
  if (!port || port.dims.length === 0) return { data: [value], dims: [] };
  if (port.dims.length > 1) {
    throw packInvalid(`The input "${port.name}" has [${port.dims.join(', ')}]; one number a row was expected.`);
  }
  const size = typeof port.dims[0] === 'number' && port.dims[0] > 0 ? port.dims[0] : batch;
  return { data: new Array<number>(size).fill(value), dims: [size] };
}

/** Dimension `axis` of an output, which must be there. */
export function dim(tensor: FloatTensor, axis: number, network: Pick<Bound<never>, 'name'>): number {
  const size = tensor.dims[axis];
  if (size !== undefined && size > 0) return size;
  throw networkFailed(`${network.name} gave [${tensor.dims.join(', ')}], which has too few dimensions.`);
}
