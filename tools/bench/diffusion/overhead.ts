/** Time of a denoising step that is not the network's: everything outside ONNX Runtime's run. */
import * as ort from 'onnxruntime-node';
import { openPipeline, type RunContext } from '../../../companion-app/engines/diffusion/pipelines';
import { normalNoise } from '../../../companion-app/engines/diffusion/shot/noise';
import type { Provider } from '../../../companion-app/inference';
import { readPack } from '../../../companion-app/inference/packs';

export interface StepTimes {
  /** Milliseconds of each step outside and inside the network. */
  readonly outside: readonly number[];
  readonly inside: readonly number[];
}

/** Counts the milliseconds all sessions opened from now on spend in `run`. */
export function watchRuns(): () => number {
  let total = 0;
  const create = ort.InferenceSession.create.bind(ort.InferenceSession);
  const watched = async (graph: string | Uint8Array, options: ort.InferenceSession.SessionOptions) => {
    const session = await (typeof graph === 'string' ? create(graph, options) : create(graph, options));
    const run = async (feeds: ort.InferenceSession.FeedsType, fetches: ort.InferenceSession.FetchesType) => {
      const began = performance.now();
      try {
        return await session.run(feeds, fetches);
      } finally {
        total += performance.now() - began;
      }
    };
    return new Proxy(session, {
      get: (whole, key) => {
        const value: unknown = key === 'run' ? run : Reflect.get(whole, key, whole);
        return value;
      },
    });
  };
  Object.assign(ort.InferenceSession, { create: watched });
  return () => total;
}

/**
 * Runs so many steps of a window of 1024 × 576 × 14; the first, which warms up, is left out.
 * @param inRuns milliseconds spent in sessions so far, as watchRuns counts them
 */
export async function measureSteps(
  packFolder: string,
  steps: number,
  inRuns: () => number,
  provider: Provider = 'cpu',
): Promise<StepTimes> {
  const pipeline = await openPipeline(await readPack(packFolder), { provider });
  const marks: { readonly at: number; readonly inRuns: number }[] = [];
  const context: RunContext = {
    noise: (name, dims) =>
      normalNoise(
        1,
        name,
        dims.reduce((product, size) => product * size, 1),
      ),
    tap: (_, data) => data,
    note: () => undefined,
    signal: new AbortController().signal,
    progress: (_done, _of, stage) => {
      if (stage === 'denoising') marks.push({ at: performance.now(), inRuns: inRuns() });
    },
  };
  const [width, height] = [1024, 576];
  const image = { width, height, rgb: new Uint8Array(width * height * 3).map((_, i) => (i * 7) % 251) };
  const call = { width, height, num_frames: 14, num_inference_steps: steps + 1, decode_chunk_size: 2 };
  await pipeline.generate({ image }, call, context);
  await pipeline.close();
  const pairs = marks.slice(1).map((mark, i) => ({ mark, before: marks[i] ?? mark }));
  const inside = pairs.map(({ mark, before }) => mark.inRuns - before.inRuns);
  const outside = pairs.map(({ mark, before }, i) => mark.at - before.at - (inside[i] ?? 0));
  return { inside, outside };
}
