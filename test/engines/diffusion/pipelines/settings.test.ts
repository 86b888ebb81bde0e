/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { join } from 'node:path';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import { openPipeline, type Pipeline, type RunContext } from '../../../../companion-app/engines/diffusion/pipelines';
import { readPack } from '../../../../companion-app/inference/packs';
import { toProblem } from '../../../../shared/problem';

const open = async (name: string): Promise<Pipeline> =>
  openPipeline(await readPack(join(__dirname, '../../../fixtures/golden', name, 'pack')), {
    provider: 'cpu',
    threads: 1,
  });

const image = { width: 90, height: 70, rgb: Uint8Array.from({ length: 90 * 70 * 3 }, (_, i) => (i * 37) % 256) };

const context = (seen: Map<string, readonly number[]> = new Map()): RunContext => ({
  noise: (name, dims) =>
    normalNoise(
      1,
      name,
      dims.reduce((product, size) => product * size, 1),
    ),
  tap: (name, data, dims) => {
    seen.set(name, dims);
    return data;
  },
  note: () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
});

describe('settings no reference case has', () => {
  test.each([
    [
      'svd-stub-a',
      { width: 72, height: 40, num_frames: 7, num_inference_steps: 2, max_guidance_scale: 1, decode_chunk_size: 3 },
    ],
    ['svd-stub-b', { width: 64, height: 64, num_inference_steps: 2 }],
    [
      'i2vgen-stub-a',
      { width: 48, height: 64, num_frames: 3, num_inference_steps: 2, guidance_scale: 1, decode_chunk_size: 2 },
    ],
    ['i2vgen-stub-a', { width: 64, height: 48, num_frames: 2, num_inference_steps: 2, eta: 1, prompt: 'a boat' }],
    [
      'ltx-stub-a',
      { width: 160, height: 96, num_frames: 25, num_inference_steps: 2, guidance_rescale: 0.7, prompt: 'a boat' },
    ],
    ['ltx-stub-b', { width: 64, height: 64, num_frames: 9, sigmas: [1, 0.9, 0.5] }],
    ['wan-stub-a', { width: 160, height: 96, num_frames: 13, num_inference_steps: 3, guidance_scale: 1 }],
    ['wan21-stub-a', { width: 64, height: 80, num_frames: 5, num_inference_steps: 2, negative_prompt: null }],
  ])('%s with %j', async (name, call) => {
    const pipeline = await open(name);
    const clip = await pipeline.generate({ image }, call, context());
    await pipeline.close();
    expect([clip.width, clip.height]).toEqual([call.width, call.height]);
    expect(clip.frames).toHaveLength('num_frames' in call ? call.num_frames : 14);
    for (const frame of clip.frames) {
      expect(frame).toHaveLength(call.width * call.height * 3);
      expect(frame.every((x) => x >= 0 && x <= 1)).toBe(true);
    }
  });

  test('sizes and lengths a model cannot make are rounded down to ones it can', async () => {
    const wan = await open('wan-stub-a');
    const call = { width: 100, height: 70, num_frames: 12, num_inference_steps: 1, guidance_scale: 1 };
    const clip = await wan.generate({ image }, call, context());
    await wan.close();
    expect([clip.width, clip.height, clip.frames.length]).toEqual([96, 64, 13]);
  });

  test('Wan 2.1 takes a last board: CLIP sees both, and the end of the clip is given', async () => {
    const wan = await open('wan21-stub-a');
    const seen = new Map<string, readonly number[]>();
    const last = { ...image, rgb: image.rgb.map((x) => 255 - x) };
    const hidden: Float32Array[] = [];
    const watching: RunContext = {
      ...context(seen),
      tap: (name, data, dims) => {
        seen.set(name, dims);
        if (name === 'transformer_hidden_step0') hidden.push(Float32Array.from(data));
        return data;
      },
    };
    const call = { width: 64, height: 48, num_frames: 9, num_inference_steps: 1, guidance_scale: 1 };
    await wan.generate({ image }, call, watching);
    expect(seen.get('pixel_values')).toEqual([1, 3, 224, 224]);
    // The stub's transformer takes the tokens of one picture only; what it is given is seen before it runs.
    await wan.generate({ image, lastImage: last }, call, watching).catch(() => undefined);
    await wan.close();
    expect(seen.get('pixel_values')).toEqual([2, 3, 224, 224]);
    const [f, area] = [3, 6 * 8];
    const maskAt = (run: number, channel: number, frame: number) =>
      hidden[run]?.[4 * f * area + (channel * f + frame) * area];
    expect([maskAt(0, 0, 0), maskAt(0, 3, 0), maskAt(0, 3, 2)]).toEqual([1, 1, 0]);
    expect([maskAt(1, 3, 2), maskAt(1, 2, 2), maskAt(1, 3, 1), maskAt(1, 0, 0)]).toEqual([1, 0, 0, 1]);
  });

  test('an argument nobody knows is refused by name', async () => {
    const svd = await open('svd-stub-a');
    for (const more of [{ motion: 3 }, { num_inference_steps: 0 }, { fps: 'fast' }]) {
      const call = { width: 64, height: 64, ...more };
      const problem = await svd.generate({ image }, call, context()).then(
        () => undefined,
        (error: unknown) => toProblem(error),
      );
      expect(problem?.code).toBe('shot-invalid');
      expect(problem?.message).toContain(Object.keys(more)[0]);
    }
    await svd.close();
  });
});
