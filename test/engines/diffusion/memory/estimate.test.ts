/** Estimates of memory: from real graphs' weights, never less for more, and a way down that fits. */
import fc from 'fast-check';
import { graphFacts, memoryNeeded, wayThatFits } from '../../../../companion-app/engines/diffusion/memory/estimate';
import { WAYS } from '../../../../companion-app/engines/diffusion/memory/ladder';
import { GraphBuilder } from '../../../../companion-app/inference';
import { weightShapes } from '../../../../companion-app/inference/packs/shapes';

/** A graph with these weights. */
function graphWith(...shapes: readonly (readonly number[])[]): Uint8Array {
  const graph = new GraphBuilder('g', 17);
  const x = graph.input('x', 'float', ['n']);
  for (const dims of shapes) graph.floats(new Float32Array(dims.reduce((product, size) => product * size, 1)), dims);
  graph.output(x, 'y', 'float', ['n']);
  return graph.build();
}

const WINDOW = { width: 1024, height: 576, frames: 14 };
const GB = 1e9;

/** Something like SVD in half precision. */
const SVD = [
  graphFacts('unet', 3.05 * GB, [
    [1280, 1280, 3, 3],
    [320, 8, 3, 3],
  ]),
  graphFacts('vae_decoder', 0.2 * GB, [
    [512, 512, 3, 3],
    [128, 256, 3, 3],
    [3, 128, 3, 3],
  ]),
];

test('shapes of weights are read from the graph itself', () => {
  const shapes = [[12, 7, 3, 3], [40, 5], [9]];
  expect(weightShapes(graphWith(...shapes))).toEqual(shapes);
  expect(graphFacts('unet', 1, weightShapes(graphWith(...shapes)))).toMatchObject({ widest: 7, narrowest: 12 });
  expect(() => weightShapes(Uint8Array.of(0x3a, 0xff, 0xff, 0x03, 1))).toThrow();
});

test('a model of SVD’s size: decoding frame by frame is the first thing that helps', () => {
  const needs = WAYS.map((way) => memoryNeeded(SVD, WINDOW, way) / GB);
  expect(needs[0]).toBeGreaterThan(needs[1] ?? NaN);
  expect(needs[0]).toBeGreaterThan(10);
  expect(needs.at(-1)).toBeLessThan(4);
  expect(wayThatFits(SVD, WINDOW, 100 * GB)).toBe(0);
  expect(wayThatFits(SVD, WINDOW, (needs[1] ?? NaN) * GB + 1)).toBe(1);
  expect(wayThatFits(SVD, WINDOW, 0)).toBe(WAYS.length - 1);
});

test('more is never estimated to need less, and each way down never needs more', () => {
  const side = fc.integer({ min: 64, max: 2048 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 200 }), (width, height, frames) => {
      const window = { width, height, frames };
      const needs = WAYS.map((way) => memoryNeeded(SVD, window, way));
      needs.slice(1).forEach((need, i) => expect(need).toBeLessThanOrEqual(needs[i] ?? NaN));
      for (const larger of [
        { ...window, width: width + 64 },
        { ...window, frames: frames + 1 },
      ])
        expect(memoryNeeded(SVD, larger, WAYS[0]!)).toBeGreaterThanOrEqual(needs[0] ?? NaN);
    }),
  );
});
