import {
  buildSceneWith,
  depthAnything,
  modelSize,
  type DepthModel,
} from '../../../../companion-app/engines/parallax/scene';
import { board, figure } from './drawings';

const options = { size: { width: 640, height: 360 }, fit: 'fill', overscan: { x: 0, y: 0 }, seed: 1 } as const;
const still = new AbortController().signal;

/** A picture of many tones: read by a model where there is one. */
const painting =
  '<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#d8c8a0"/><stop offset="0.5" stop-color="#607080"/><stop offset="1" stop-color="#203018"/></linearGradient></defs><rect width="640" height="360" fill="url(#g)"/>';

/** A model that sees a disc in front of a slope. */
const disc: DepthModel = {
  name: 'disc',
  estimate: (_rgb, width, height) =>
    Promise.resolve({
      width,
      height,
      near: Float32Array.from({ length: width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return Math.hypot(x - 320, y - 180) < 80 ? 30 : 5 + (5 * y) / height;
      }),
    }),
};

test('what a model sees as nearer becomes a layer of its own', async () => {
  const scene = await buildSceneWith(disc)(await board(painting), options, still);
  expect(scene.layers).toHaveLength(2);
  const [back, front] = scene.layers;
  expect(front!.rgba[4 * (180 * 640 + 320) + 3]).toBe(255);
  expect(front!.rgba[4 * (30 * 640 + 30) + 3]).toBe(0);
  const middle = Math.floor(back!.reliefHeight / 2) * back!.reliefWidth + Math.floor(back!.reliefWidth / 2);
  expect(front!.near[middle]).toBeGreaterThan(back!.near[middle]! + 0.3);
});

test('a line drawing is read by its lines, model or not', async () => {
  const never: DepthModel = { name: 'never', estimate: () => Promise.reject(new Error('asked')) };
  await expect(buildSceneWith(never)(await board(figure(320, 320, 260)), options, still)).resolves.toBeDefined();
});

test('Depth Anything gets ImageNet-normalised planes, the shorter side 518, multiples of 14', async () => {
  expect(modelSize(1920, 1080)).toEqual({ width: 924, height: 518 });
  expect(modelSize(400, 400)).toEqual({ width: 518, height: 518 });
  let seen: Float32Array = new Float32Array(0);
  const model = depthAnything((pixels, height, width) => {
    seen = pixels;
    return Promise.resolve({ width, height, depth: new Float32Array(width * height) });
  });
  await model.estimate(new Uint8Array(64 * 64 * 3).fill(255), 64, 64, still);
  expect(seen).toHaveLength(3 * 518 * 518);
  expect(seen[0]).toBeCloseTo((1 - 0.485) / 0.229, 4);
  expect(seen[518 * 518]).toBeCloseTo((1 - 0.456) / 0.224, 4);
});
