/** The instructions the warp kernels use, each as a function from operands to code. */
import { signed, unsigned, type Code } from './assembler';

const SIMD = 0xfd;

type Unary = (a: Code) => Code;
type Binary = (a: Code, b: Code) => Code;

const unary =
  (op: number): Unary =>
  (a) => [...a, op];
const binary =
  (op: number): Binary =>
  (a, b) => [...a, ...b, op];
const simdUnary =
  (op: number): Unary =>
  (a) => [...a, SIMD, ...unsigned(op)];
const simdBinary =
  (op: number): Binary =>
  (a, b) => [...a, ...b, SIMD, ...unsigned(op)];
const load =
  (op: number, align: number) =>
  (address: Code, offset = 0): Code => [...address, op, align, ...unsigned(offset)];
const store =
  (op: number, align: number) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, op, align, ...unsigned(offset)];
const simdLoad =
  (op: number) =>
  (address: Code, offset = 0): Code => [...address, SIMD, ...unsigned(op), 0, ...unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28, 2),
  load8: load(0x2d, 0),
  store: store(0x36, 2),
  store8: store(0x3a, 0),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  shrS: binary(0x75),
  shrU: binary(0x76),
  eqz: unary(0x45),
  ltS: binary(0x48),
  gtS: binary(0x4a),
  geS: binary(0x4e),
  truncF32: (a: Code): Code => [...a, 0xfc, 0x00],
  bitsOfF32: unary(0xbc),
  truncF64: (a: Code): Code => [...a, 0xfc, 0x02],
} as const;

export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  load: load(0x2a, 2),
  store: store(0x38, 2),
  abs: unary(0x8b),
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  min: binary(0x96),
  max: binary(0x97),
  le: binary(0x5f),
  gt: binary(0x5e),
  ofI32: unary(0xb2),
  ofF64: unary(0xb6),
} as const;

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load(0x2b, 3),
  abs: unary(0x99),
  floor: unary(0x9c),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  min: binary(0xa4),
  max: binary(0xa5),
  lt: binary(0x63),
  gt: binary(0x64),
  ge: binary(0x66),
  ofI32: unary(0xb7),
  ofF32: unary(0xbb),
} as const;

export const v128 = {
  const: (bytes: readonly number[]): Code => [SIMD, 12, ...bytes],
  load: simdLoad(0),
  load32Splat: simdLoad(9),
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, SIMD, 11, 0, ...unsigned(offset)],
  store32Lane: (lane: number, address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    SIMD,
    90,
    0,
    ...unsigned(offset),
    lane,
  ],
  store64Lane: (lane: number, address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    SIMD,
    91,
    0,
    ...unsigned(offset),
    lane,
  ],
  and: simdBinary(78),
  anyTrue: simdUnary(83),
} as const;

export const i8x16 = {
  shuffle: (lanes: readonly number[], a: Code, b: Code): Code => [...a, ...b, SIMD, 13, ...lanes],
  swizzle: simdBinary(14),
  eq: simdBinary(35),
  allTrue: simdUnary(99),
  narrowI16U: simdBinary(102),
} as const;

export const i16x8 = {
  splat: simdUnary(16),
  narrowI32S: simdBinary(133),
  extendLowU: simdUnary(137),
  extendHighU: simdUnary(138),
  shrU: simdBinary(141),
  add: simdBinary(142),
  sub: simdBinary(145),
  mul: simdBinary(149),
} as const;

export const i32x4 = {
  splat: simdUnary(17),
  lane: (lane: number, a: Code): Code => [...a, SIMD, 27, lane],
  shl: simdBinary(171),
  shrS: simdBinary(172),
  add: simdBinary(174),
  mul: simdBinary(181),
  dotI16: simdBinary(186),
  truncF32: simdUnary(248),
} as const;

export const f32x4 = {
  splat: simdUnary(19),
  floor: simdUnary(104),
  add: simdBinary(228),
  sub: simdBinary(229),
  mul: simdBinary(230),
  /** The quick minimum and maximum (`pmin`, `pmax`): the first operand where either is not a number. */
  min: simdBinary(234),
  max: simdBinary(235),
} as const;
