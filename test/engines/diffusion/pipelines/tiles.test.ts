/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import fc from 'fast-check';
import { join } from 'node:path';
import { openPipeline, type RunContext } from '../../../../companion-app/engines/diffusion/pipelines';
import { tileStarts, tileWeights } from '../../../../companion-app/engines/diffusion/pipelines/tiles';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import { readPack } from '../../../../companion-app/inference/packs';

const sides = fc.record({
  side: fc.integer({ min: 1, max: 90 }),
  length: fc.integer({ min: 2, max: 40 }),
  overlap: fc.integer({ min: 0, max: 12 }),
});

test('tiles cover their side, each of one length, neighbours sharing what they should', () => {
  fc.assert(
    fc.property(sides, ({ side, length, overlap }) => {
      const tiles = tileStarts(side, length, overlap);
      expect(tiles[0]?.start).toBe(0);
      const last = tiles.at(-1);
      expect((last?.start ?? 0) + (last?.length ?? 0)).toBe(side);
      tiles.slice(1).forEach((tile, i) => {
        const before = tiles[i] ?? tile;
        expect(tile.start).toBeGreaterThan(before.start);
        expect(before.start + before.length - tile.start).toBeGreaterThanOrEqual(Math.min(overlap, length - 1));
      });
    }),
  );
});

test('the weights of all tiles add up to one at every place', () => {
  fc.assert(
    fc.property(
      sides,
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(0 as const, 1 as const),
      (given, every, last) => {
        const { side, length, overlap } = given;
        const tiles = tileWeights(tileStarts(side, length, Math.max(overlap, last)), (at) => at * every, last, {
          start: last,
          end: overlap > 2 ? every : 0,
        });
        const sums = new Float64Array((side - last) * every + last);
        for (const { from, weights } of tiles)
          weights.forEach((weight, i) => (sums[from + i] = (sums[from + i] ?? 0) + weight));
        expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-5);
      },
    ),
  );
});

const context = (): RunContext => ({
  noise: (name, dims) =>
    normalNoise(
      1,
      name,
      dims.reduce((product, size) => product * size, 1),
    ),
  tap: (_, data) => data,
  note: () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
});

const image = { width: 90, height: 70, rgb: Uint8Array.from({ length: 90 * 70 * 3 }, (_, i) => (i * 37) % 256) };

test.each([
  ['ltx-stub-a', { width: 192, height: 96, num_frames: 49, guidance_scale: 1 }, { vae_tile: 4, vae_tile_frames: 5 }],
  ['wan-stub-a', { width: 192, height: 128, num_frames: 25, guidance_scale: 1 }, { vae_tile: 6, vae_tile_frames: 5 }],
  ['wan21-stub-a', { width: 128, height: 96, num_frames: 25, guidance_scale: 1 }, { vae_tile: 10, vae_tile_frames: 5 }],
])('%s decoded in tiles shows what it shows decoded whole', async (name, call, tiles) => {
  const pack = await readPack(join(__dirname, '../../../fixtures/golden', name, 'pack'));
  const pipeline = await openPipeline(pack, { provider: 'cpu', threads: 1 });
  const asked = { ...call, num_inference_steps: 1 };
  let parts = 0;
  const counting = {
    ...context(),
    progress: (_: number, __: number, stage: string) => {
      if (stage === 'decoding') parts++;
    },
  };
  const whole = await pipeline.generate({ image }, asked, context());
  const tiled = await pipeline.generate({ image }, { ...asked, ...tiles }, counting);
  await pipeline.close();
  expect(parts).toBeGreaterThan(3);
  expect(tiled.frames).toHaveLength(whole.frames.length);
  const apart = whole.frames.map(
    (frame, i) => frame.reduce((sum, x, k) => sum + Math.abs(x - (tiled.frames[i]?.[k] ?? NaN)), 0) / frame.length,
  );
  // What a tile's edge lacks of its neighbour is faded out, not gone: a cell's breadth of small differences stays.
  expect(Math.max(...apart)).toBeLessThan(0.02);
});
