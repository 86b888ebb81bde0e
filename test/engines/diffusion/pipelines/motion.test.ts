/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { join } from 'node:path';
import { holding, motionCells } from '../../../../companion-app/engines/diffusion/pipelines/held';
import { openPipeline, type RunContext } from '../../../../companion-app/engines/diffusion/pipelines';
import { createScheduler } from '../../../../companion-app/engines/diffusion/schedulers';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import { readPack } from '../../../../companion-app/inference/packs';

const [width, height] = [128, 64];
const picture = (value: (x: number, y: number, c: number) => number) => ({
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(pixel % width, Math.floor(pixel / width), i % 3);
  }),
});
const image = picture((x, y, c) => 60 + x + y * (c === 1 ? 1 : 0.5));
const rightHalf = picture((x) => (x >= width / 2 ? 255 : 0));

const steps = (taken: Float32Array[]): RunContext => ({
  noise: (name, dims) =>
    normalNoise(
      1,
      name,
      dims.reduce((product, size) => product * size, 1),
    ),
  tap: (name, data) => {
    if (name === 'latents_steps') taken.push(Float32Array.from(data));
    return data;
  },
  note: () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
});

/** Largest difference of two clips left and right of the middle, away from it. */
function halves(a: readonly Float32Array[], b: readonly Float32Array[]): { left: number; right: number } {
  const apart = { left: 0, right: 0 };
  a.forEach((frame, k) =>
    frame.forEach((value, i) => {
      const x = Math.floor(i / 3) % width;
      const side = x < width / 8 ? 'left' : x >= (width * 7) / 8 ? 'right' : undefined;
      if (side) apart[side] = Math.max(apart[side], Math.abs(value - (b[k]?.[i] ?? NaN)));
    }),
  );
  return apart;
}

test.each([
  ['svd-stub-a', { num_frames: 4 }],
  ['i2vgen-stub-a', { num_frames: 4, guidance_scale: 1 }],
  ['ltx-stub-a', { num_frames: 17, guidance_scale: 1 }],
  ['wan-stub-a', { num_frames: 9, guidance_scale: 1 }],
  ['wan21-stub-a', { num_frames: 9, guidance_scale: 1 }],
])('%s moves only where a region lets it', async (name, call) => {
  const pack = await readPack(join(__dirname, '../../../fixtures/golden', name, 'pack'));
  const pipeline = await openPipeline(pack, { provider: 'cpu', threads: 1 });
  const asked = { ...call, width, height, num_inference_steps: 3 };
  const make = async (motion?: typeof image) => {
    const taken: Float32Array[] = [];
    const clip = await pipeline.generate({ image, motion }, asked, steps(taken));
    return { clip, taken };
  };
  const nothing = await make(picture(() => 0));
  const half = await make(rightHalf);
  const free = await make(picture(() => 255));
  const plain = await make();
  await pipeline.close();
  expect(free.clip).toEqual(plain.clip);
  // Where nothing moves the clip is the board's own, whatever the network says.
  const held = halves(half.clip.frames, nothing.clip.frames);
  expect(held.left).toBeLessThan(0.1);
  expect(held.right).toBeGreaterThan(0.02);
  expect(halves(plain.clip.frames, nothing.clip.frames).left).toBeGreaterThan(2 * held.left);
  expect(half.taken).toHaveLength(3);
});

test('a held cell has at each step exactly the board at that step’s noise, a free one what the step gave', () => {
  const scheduler = createScheduler({ _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 3 }, { steps: 4 });
  const still = Float32Array.of(1, 2, 3, 4);
  const noise = Float32Array.of(-1, 1, -1, 1);
  const hold = holding(scheduler, { still, noise, free: Float32Array.of(0, 1) });
  const latents = hold(Float32Array.of(9, 9, 9, 9), 1);
  const sigma = scheduler.sigmas?.[2] ?? NaN;
  const at = (i: number) => (1 - sigma) * (still[i] ?? 0) + sigma * (noise[i] ?? 0);
  expect(Array.from(latents)).toEqual([Math.fround(at(0)), 9, Math.fround(at(2)), 9]);
  expect(Array.from(hold(Float32Array.of(9, 9, 9, 9), 3))).toEqual([1, 9, 3, 9]);
});

test.each([
  [{ _class_name: 'EulerDiscreteScheduler', beta_schedule: 'scaled_linear' }, [1, 0]],
  [{ _class_name: 'DDIMScheduler', clip_sample: false }, [1, 0]],
  [{ _class_name: 'DPMSolverMultistepScheduler' }, [1, 0]],
  [{ _class_name: 'UniPCMultistepScheduler', prediction_type: 'flow_prediction', use_flow_sigmas: true }, [1, 0]],
])('%j: after the last step a held picture is clean, and noise only falls', (config, end) => {
  const scheduler = createScheduler(config, { steps: 6 });
  const levels = Array.from({ length: 7 }, (_, i) => scheduler.mixAt(i));
  expect([levels[6]?.signal, levels[6]?.noise]).toEqual(end);
  levels.slice(1).forEach(({ noise }, i) => expect(noise).toBeLessThan(levels[i]?.noise ?? 0));
});

test('a cell is as free as the part of it that was painted', () => {
  expect(Array.from(motionCells(rightHalf, 4, 1))).toEqual([0, 0, 1, 1]);
  expect(
    motionCells(
      picture((x) => (x % 16 < 4 ? 255 : 0)),
      8,
      4,
    )[5],
  ).toBeCloseTo(0.25, 2);
});
