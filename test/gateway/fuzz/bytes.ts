/** Bytes spoilt at random, the same in every run of the same seed. */

/** Whole numbers below `below`, from 0. */
export type Random = (below: number) => number;

/** A generator by its seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Lengths and counts that programs forget: ends of ranges, and one beyond. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];
/** Texts that mean something to somebody. */
const TEXTS = [
  '../',
  '..\\',
  '/etc/passwd',
  'C:\\',
  '\\\\?\\',
  'CON',
  '\0',
  '\r\n',
  '"',
  '{',
  ']',
  '<',
  '&x;',
  '%00',
  '-1',
  '1e999',
];

type Step = (bytes: Buffer, random: Random) => Buffer;

const cut = (bytes: Buffer, from: number, to: number, between: Uint8Array = new Uint8Array()): Buffer =>
  Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);

const STEPS: readonly Step[] = [
  (bytes, random) => {
    const at = random(bytes.length);
    bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << random(8)), at);
    return bytes;
  },
  (bytes, random) => {
    bytes.writeUInt8(random(256), random(bytes.length));
    return bytes;
  },
  (bytes, random) => {
    const value = NUMBERS[random(NUMBERS.length)] ?? 0;
    if (bytes.length < 4) return bytes;
    const at = random(bytes.length - 3);
    if (random(2) === 0) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
    return bytes;
  },
  (bytes, random) => cut(bytes, random(bytes.length), bytes.length),
  (bytes, random) => {
    const from = random(bytes.length);
    return cut(bytes, from, Math.min(bytes.length, from + 1 + random(64)));
  },
  (bytes, random) => {
    const from = random(bytes.length);
    const part = bytes.subarray(from, Math.min(bytes.length, from + 1 + random(64)));
    const at = random(bytes.length);
    return cut(bytes, at, at, part);
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return cut(bytes, at, at, Buffer.from(TEXTS[random(TEXTS.length)] ?? ''));
  },
];

/** A copy of `sample`, spoilt in one to six places. */
export function spoilt(sample: Uint8Array, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(sample);
  for (let left = 1 + random(6); left > 0 && bytes.length > 0; left -= 1) {
    const step = STEPS[random(STEPS.length)];
    if (step) bytes = step(bytes, random);
  }
  return bytes;
}
