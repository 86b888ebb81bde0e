/** Which execution provider to use on this machine. */
import { execFile } from 'node:child_process';
import { InbetweenError } from '../../shared/problem';
import { env } from 'onnxruntime-common';
import { GraphBuilder } from './onnx/graph';
import { PROVIDERS, runtimeOptions, type Provider } from './session';
import { remembered, trialsFile, type Trial } from './trials';

const PROBE_TIMEOUT_MS = 30_000;
/** Edge of the probe's picture: large enough that a graphics card beats the CPU and a software adapter does not. */
const PROBE_SIZE = 1024;

/** What runs on the CPU in earnest is several times faster than the probe's operator there: only a clear win counts. */
const CLEAR_WIN = 4;

/** Providers that can exist on an operating system, best first; the CPU is always there and always last. */
export function candidates(platform: NodeJS.Platform): readonly Provider[] {
  const there: Readonly<Partial<Record<Provider, readonly NodeJS.Platform[]>>> = {
    cuda: ['linux'],
    dml: ['win32'],
    coreml: ['darwin'],
    webgpu: ['linux', 'win32', 'darwin'],
  };
  return PROVIDERS.filter((provider) => provider === 'cpu' || there[provider]?.includes(platform));
}

/** A GridSample over a picture, the operator all warping rests on; input `grid` [1, n, n, 2], output `y`. */
export function probeModel(): Uint8Array {
  const graph = new GraphBuilder('probe', 16);
  const grid = graph.input('grid', 'float', [1, PROBE_SIZE, PROBE_SIZE, 2]);
  const picture = graph.floats(
    Float32Array.from({ length: 4 * 16 * 16 }, (_, i) => (i % 251) / 250),
    [1, 4, 16, 16],
  );
  const sampled = graph.op('GridSample', [picture, grid], {
    mode: 'bilinear',
    padding_mode: 'border',
    align_corners: 0,
  });
  graph.output(sampled, 'y', 'float', [1, 4, PROBE_SIZE, PROBE_SIZE]);
  return graph.build();
}

/** Runs in the child: opens the model on the provider, no fallback, and prints the milliseconds of its second run. */
const PROBE = `
  const [runtime, model, options, size] = JSON.parse(process.argv[1]);
  const ort = require(runtime);
  (async () => {
    const session = await ort.InferenceSession.create(Buffer.from(model, 'base64'), options);
    const grid = new ort.Tensor('float32', new Float32Array(2 * size * size).fill(0.25), [1, size, size, 2]);
    await session.run({ grid });
    const start = performance.now();
    await session.run({ grid });
    process.stdout.write(JSON.stringify({ ms: performance.now() - start }), () => process.exit(0));
  })().catch((error) => { process.stderr.write(String(error.message)); process.exit(1); });
`;

/** Tries a provider in a process that may crash or hang without harm. Drivers do both. */
export function tryProvider(provider: Provider): Promise<Trial> {
  const model = Buffer.from(probeModel()).toString('base64');
  const options = runtimeOptions({ provider, noFallback: true });
  const argument = JSON.stringify([require.resolve('onnxruntime-node'), model, options, PROBE_SIZE]);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-e', PROBE, argument],
      { timeout: PROBE_TIMEOUT_MS, killSignal: 'SIGKILL', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
      (error, stdout, stderr) => {
        const ms = /"ms":([\d.]+)/.exec(stdout)?.[1];
        if (!error && ms !== undefined) resolve({ works: true, ms: Number(ms) });
        else resolve({ works: false, reason: stderr.trim().slice(0, 300) || error?.message || 'no answer' });
      },
    );
  });
}

/** Trials of this machine, remembered from process to process. */
const tryRemembered = (provider: Provider): Promise<Trial> =>
  remembered(tryProvider, trialsFile(env.versions.common))(provider);

/**
 * The provider to use. `auto`: of those that work and clearly beat the CPU the fastest in the trial, else the CPU. A provider asked for by
 * name must work.
 * @throws InbetweenError `engine-unavailable` when the one asked for does not exist or does not work here
 */
export async function chooseProvider(
  wanted: string,
  platform: NodeJS.Platform = process.platform,
  attempt: (provider: Provider) => Promise<Trial> = tryRemembered,
): Promise<Provider> {
  if (wanted === 'cpu') return 'cpu';
  const known = candidates(platform);
  if (wanted === 'auto') {
    const cpu = await attempt('cpu');
    let best: { readonly provider: Provider; readonly ms: number } | undefined;
    for (const provider of known) {
      if (provider === 'cpu') continue;
      const trial = await attempt(provider);
      if (!trial.works || (cpu.works && trial.ms * CLEAR_WIN >= cpu.ms)) continue;
      if (!best || trial.ms < best.ms) best = { provider, ms: trial.ms };
    }
    return best?.provider ?? 'cpu';
  }
  const provider = known.find((name) => name === wanted);
  const trial: Trial = provider ? await attempt(provider) : { works: false, reason: `there is none on ${platform}` };
  if (provider && trial.works) return provider;
  throw new InbetweenError({
    code: 'engine-unavailable',
    message: `The provider "${wanted}" does not work here: ${trial.works ? '' : trial.reason}`,
    safe: 'Nothing was rendered; the boards and the timeline are untouched.',
    action: 'Choose the provider "auto" or "cpu" in the settings.',
  });
}
