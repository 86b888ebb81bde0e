/** Smaller ways to make a window when memory runs out: a pipeline that has room for so many pixels only. */
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { memoryLadder, piecesOf } from '../../../../companion-app/engines/diffusion/memory/ladder';
import { openPipeline, type Pipeline, type RunContext } from '../../../../companion-app/engines/diffusion/pipelines';
import { readPack, saysOutOfMemory, Stage } from '../../../../companion-app/inference/packs';
import { tinySvd } from '../../../../examples/tiny-pack/svd';
import { writePack } from '../../../../examples/tiny-pack/write';
import { InbetweenError, toProblem } from '../../../../shared/problem';

const IMAGE = { width: 128, height: 128, rgb: new Uint8Array(128 * 128 * 3).fill(90) };
const CALL = { width: 128, height: 128, num_frames: 9, num_inference_steps: 2, decode_chunk_size: 4 };

const context = (): RunContext => ({
  noise: (_, dims) => new Float32Array(dims.reduce((product, size) => product * size, 1)),
  tap: (_, data) => data,
  note: () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
});

interface Card {
  /** Pixels of all frames of a run it has room for. */
  readonly pixels: number;
  readonly decodes: number;
  readonly staged: boolean;
}

/** A card that is too small for what does not meet these. Records the sizes that were asked of it. */
function cardWith({ pixels, decodes, staged }: Card) {
  const asked: unknown[] = [];
  const open = (turns: boolean): Promise<Pipeline> =>
    Promise.resolve({
      family: 'svd',
      nature: {
        ...{ fps: 7, frames: 9, every: 1, plus: 0, multiple: 32, pixels: 1e6, steps: 2 },
        ...{ text: false, lastImage: false },
      },
      generate: (_, call) => {
        const [width, height, frames] = [call.width, call.height, call.num_frames].map(Number) as [
          number,
          number,
          number,
        ];
        asked.push([width, height, frames, Number(call.decode_chunk_size), turns]);
        const fits =
          width * height * frames <= pixels && Number(call.decode_chunk_size) <= decodes && (turns || !staged);
        if (!fits) throw new InbetweenError({ code: 'out-of-memory', message: 'the card is full' });
        const frame = new Float32Array(width * height * 3);
        return Promise.resolve({ width, height, frames: Array.from({ length: frames }, () => frame) });
      },
      close: () => Promise.resolve(),
    });
  return { open, asked };
}

const ROOMY: Card = { pixels: Infinity, decodes: Infinity, staged: false };

test.each([
  ['a large card', {}, [], [128, 128, 9, 4, false]],
  ['a decoder that is too large', { decodes: 1 }, [/one at a time/], [128, 128, 9, 1, false]],
  ['weights that are too large', { staged: true }, [/one at a time/, /take turns/], [128, 128, 9, 1, true]],
  ['too many pixels', { pixels: 96 * 96 * 9 }, [/one at/, /turns/, /three quarters/], [96, 96, 9, 1, true]],
  ['far too many', { pixels: 64 * 64 * 9 }, [/one at/, /turns/, /three/, /half the size/], [64, 64, 9, 1, true]],
  ['too many frames', { pixels: 64 * 64 * 5 }, [/one/, /turns/, /three/, /half/, /runs of half/], [64, 64, 5, 1, true]],
] as const)('%s', async (_, card, told, settled) => {
  const { open, asked } = cardWith({ ...ROOMY, ...card });
  const ladder = await memoryLadder(open);
  const warnings: string[] = [];
  const clip = await ladder.under((sentence) => warnings.push(sentence)).generate({ image: IMAGE }, CALL, context());
  expect(clip.frames).toHaveLength(9);
  expect(warnings).toHaveLength(told.length);
  told.forEach((words, i) => expect(warnings[i]).toMatch(words));
  expect(asked.at(-1)).toEqual(settled);
  // The next shot begins where this one ended.
  const before = asked.length;
  await ladder.under(() => undefined).generate({ image: IMAGE }, CALL, context());
  expect(asked.slice(before)).toEqual(asked.slice(before).map(() => settled));
  await ladder.close();
});

test('a family that decodes films is asked for tiles, and it is told so', async () => {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const nature = (await cardWith(ROOMY).open(false)).nature;
  const ladder = await memoryLadder(async () => ({
    ...(await cardWith(ROOMY).open(false)),
    nature: { ...nature, tile: { cells: 16, frames: 5 } },
    generate: (_, call) => {
      asked.push(call);
      if (!('vae_tile' in call)) throw new InbetweenError({ code: 'out-of-memory', message: 'the card is full' });
      return Promise.resolve({ width: 1, height: 1, frames: [new Float32Array(3)] });
    },
  }));
  const warnings: string[] = [];
  const { decode_chunk_size: _, ...call } = CALL;
  await ladder.under((sentence) => warnings.push(sentence)).generate({ image: IMAGE }, call, context());
  await ladder.close();
  expect(asked.at(-1)).toEqual({ ...call, vae_tile: 16, vae_tile_frames: 5 });
  expect(warnings).toEqual([expect.stringMatching(/decoded in tiles, a few frames at a time/)]);
});

test('where nothing helps the last error is told', async () => {
  const { open, asked } = cardWith({ ...ROOMY, pixels: 0 });
  const ladder = await memoryLadder(open);
  const failed = ladder.under(() => undefined).generate({ image: IMAGE }, CALL, context());
  await expect(failed.catch((error: unknown) => toProblem(error).code)).resolves.toBe('out-of-memory');
  expect(asked).toHaveLength(7);
});

test('another error is no reason to go down', async () => {
  const ladder = await memoryLadder(async () => ({
    ...(await cardWith(ROOMY).open(false)),
    generate: () => Promise.reject(new Error('NaN')),
  }));
  const warn = jest.fn();
  await expect(ladder.under(warn).generate({ image: IMAGE }, CALL, context())).rejects.toThrow('NaN');
  expect(warn).not.toHaveBeenCalled();
});

test('pieces of a window: lengths the model can make, enough of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 200 }),
      fc.constantFrom(2, 4),
      fc.constantFrom(1, 4, 8),
      (most, pieces, every) => {
        const nature = { every, plus: every === 1 ? 0 : 1 };
        const frames = every === 1 ? most : Math.max(1, Math.floor(most / every)) * every + 1;
        const lengths = piecesOf(frames, pieces, nature);
        expect(lengths.every((length) => (length - nature.plus) % every === 0 && length <= frames)).toBe(true);
        expect(1 + lengths.reduce((sum, length) => sum + length - 1, 0)).toBeGreaterThanOrEqual(frames);
      },
    ),
  );
});

test('networks that take turns give the same frames', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'turns-'));
  await writePack(folder, tinySvd({ frames: 3 }));
  const pack = await readPack(folder);
  const call = { width: 64, height: 64, num_frames: 3, num_inference_steps: 2 };
  const made = [];
  for (const stage of [undefined, new Stage()]) {
    const pipeline = await openPipeline(pack, { provider: 'cpu', stage });
    made.push(await pipeline.generate({ image: IMAGE }, call, context()));
    await pipeline.close();
  }
  expect(made[1]).toEqual(made[0]);
  await rm(folder, { recursive: true, force: true });
});

test.each([
  'Failed to allocate memory for requested buffer of size 100000000000',
  'std::bad_alloc',
  'CUDA error cudaErrorMemoryAllocation: out of memory',
  'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED',
  'Exception(1) 8007000E Not enough memory resources are available to complete this operation.',
  'Array buffer allocation failed',
])('"%s" is memory', (said) => expect(saysOutOfMemory(said)).toBe(true));

test('a graph that is no graph is not memory', () => {
  expect(saysOutOfMemory('Load model failed: Protobuf parsing failed.')).toBe(false);
});
