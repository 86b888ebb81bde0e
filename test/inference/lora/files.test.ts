import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeFloats,
  encodeFloats,
  fromBfloat,
  fromHalf,
  toBfloat,
  toHalf,
} from '../../../companion-app/inference/lora/floats';
import { readModel } from '../../../companion-app/inference/lora/model-file';
import { openSafetensors } from '../../../companion-app/inference/lora/safetensors';
import { toProblem } from '../../../shared/problem';
import { model, safetensors, withHeader } from './support';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('numbers of 16 bits', () => {
  const kinds = [
    ['half', fromHalf, toHalf, 0x7c00],
    ['bfloat16', fromBfloat, toBfloat, 0x7f80],
  ] as const;

  test.each(kinds)('every %s survives', (_, from, to) => {
    const lost = Array.from({ length: 0x10000 }, (__, bits) => bits).filter((bits) => {
      const x = from(bits);
      return Number.isNaN(x) ? !Number.isNaN(from(to(x))) : to(x) !== bits;
    });
    expect(lost).toEqual([]);
  });

  test('well-known ones', () => {
    expect([0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x7c00].map(fromHalf)).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      Infinity,
    ]);
    expect([1, 65519, 65520, 2 ** -25, 2 ** -24 * 1.5, -1e-9].map(toHalf)).toEqual([
      0x3c00, 0x7bff, 0x7c00, 0, 2, 0x8000,
    ]);
    expect([0x3f80, 0xc040, 0x4049].map(fromBfloat)).toEqual([1, -3, 3.140625]);
    expect(toBfloat(Math.PI)).toBe(0x4049);
  });

  test.each(kinds)('the nearest %s is taken, the even one of two', (_, from, to, infinite) => {
    const number = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ min: -4, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(number, (x) => {
        const bits = to(x);
        const magnitude = bits & 0x7fff;
        fc.pre(magnitude < infinite - 1);
        const here = Math.abs(Math.abs(x) - from(magnitude));
        const others = [magnitude - 1, magnitude + 1].filter((other) => other >= 0);
        for (const other of others) {
          const there = Math.abs(Math.abs(x) - from(other));
          expect(here).toBeLessThanOrEqual(there);
          if (here === there) expect(magnitude % 2).toBe(0);
        }
      }),
    );
  });

  test.each(['f32', 'f16', 'bf16'] as const)('stored as %s and read again', (kind) => {
    const values = Float32Array.of(0, 1, -2, 0.5, 96, -0.0078125);
    expect([...decodeFloats(encodeFloats(values, kind), kind)]).toEqual([...values]);
  });
});

describe('safetensors', () => {
  const open = async (bytes: Buffer) => {
    const path = join(folder, 'style.safetensors');
    await writeFile(path, bytes);
    return openSafetensors(path);
  };
  const refusal = async (bytes: Buffer): Promise<string> => {
    try {
      await (await open(bytes)).close();
    } catch (error) {
      expect(toProblem(error).code).toBe('pack-invalid');
      return toProblem(error).message;
    }
    return '';
  };
  const entry = (dtype: string, shape: readonly number[], offsets: readonly number[]) =>
    withHeader(JSON.stringify({ a: { dtype, shape, data_offsets: offsets } }), Buffer.alloc(16));

  test('all three kinds of numbers, and what the file says', async () => {
    const file = await open(
      safetensors(
        {
          a: { shape: [2, 2], values: [1, -2, 0.5, 3] },
          b: { shape: [], values: [1.5], kind: 'half' },
          c: { shape: [3], values: [1, -2, 96], kind: 'bfloat' },
          d: { shape: [0, 4], values: [] },
        },
        { ss_network_alpha: '4' },
      ),
    );
    const read = await Promise.all([...file.tensors.values()].map((tensor) => file.read(tensor)));
    await file.close();
    expect(read.map((values) => [...values])).toEqual([[1, -2, 0.5, 3], [1.5], [1, -2, 96], []]);
    expect(file.tensors.get('a')?.shape).toEqual([2, 2]);
    expect(file.metadata).toEqual({ ss_network_alpha: '4' });
  });

  test.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /cut off/],
    ['a header of 2⁶⁰ bytes', Buffer.from([0, 0, 0, 0, 0, 0, 0, 16, 123, 125]), /claims a header/],
    ['a header beyond the end', withHeader('{}').subarray(0, 9), /cut off/],
    ['a header that is no JSON', withHeader('{"a":'), /not a JSON object/],
    ['a header that is a list', withHeader('[1, 2]'), /not a JSON object/],
    ['metadata that are no words', withHeader('{"__metadata__": {"a": 1}}'), /__metadata__/],
    ['an entry without offsets', withHeader('{"a": {"dtype": "F32", "shape": [1]}}'), /"a" cannot be read/],
    ['a negative size', entry('F32', [-1], [0, 4]), /"a" cannot be read/],
    ['whole numbers', entry('I64', [1], [0, 8]), /I64/],
    ['8-bit floats', entry('F8_E4M3', [1], [0, 1]), /F8_E4M3/],
    ['bytes that do not fill the shape', entry('F32', [2], [0, 4]), /has 4 bytes for \[2\]/],
    ['an end before the start', entry('F32', [1], [8, 4]), /has -4 bytes/],
    ['bytes beyond the end', entry('F32', [8], [0, 32]), /cut off.*"a"/],
    ['sizes whose product is no number', entry('F32', [2 ** 50, 2 ** 50], [0, 16]), /damaged/],
    [
      'tensors over each other',
      withHeader(
        JSON.stringify({
          a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
          b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
        }),
        Buffer.alloc(12),
      ),
      /"a" and "b" share bytes/,
    ],
  ])('%s is refused', async (_, bytes, words) => expect(await refusal(bytes)).toMatch(words));

  test('whatever the bytes, it is read or refused in words', async () => {
    const good = safetensors({ a: { shape: [2], values: [1, 2] }, b: { shape: [1], values: [3], kind: 'half' } });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), async (place, value, length) => {
        const bytes = Buffer.from(good.subarray(0, Math.max(length, 20)));
        if (place < bytes.length) bytes[place] = value;
        await refusal(bytes);
      }),
      { numRuns: 60 },
    );
  });
});

test('a damaged model is an error, never an endless or wild read', () => {
  const good = model(
    [{ name: 'w', dims: [4, 3], values: new Array<number>(12).fill(1) }],
    [{ op: 'MatMul', name: '/a/MatMul', input: ['x', 'w'], output: 'y' }],
    ['y'],
  );
  expect(readModel(good).weights.get('w')?.dims).toEqual([4, 3]);
  for (let length = 0; length < good.length - 20; length++) {
    expect(() => readModel(good.subarray(0, length))).toThrow();
  }
});
