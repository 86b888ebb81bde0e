/**
 * ONNX sessions. `run` blocks the thread that calls it and can crash the process, so sessions live in the render process
 * only.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { InbetweenError } from '../../shared/problem';

/** Execution providers by ONNX Runtime's names. */
export const PROVIDERS = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface SessionOptions {
  readonly provider: Provider;
  /** Fail instead of running nodes on the CPU that the provider does not know. */
  readonly noFallback?: boolean;
  /** Threads inside an operator on the CPU; ONNX Runtime's own choice when absent. */
  readonly threads?: number;
}

/** A 32-bit float tensor. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface Session {
  readonly provider: Provider;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs the graph on float inputs; every output must be float. Blocks while it runs. */
  run(feeds: Readonly<Record<string, FloatTensor>>): Promise<Readonly<Record<string, FloatTensor>>>;
  close(): Promise<void>;
}

/** The options ONNX Runtime gets; shared with the probe, which runs in a process of its own. */
export function runtimeOptions(options: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [options.provider],
    logSeverityLevel: 4,
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
    ...(options.noFallback === true && options.provider !== 'cpu'
      ? { extra: { session: { disable_cpu_ep_fallback: '1' } } }
      : {}),
  };
}

/**
 * Opens a model given as bytes, or as a path when its weights lie in files beside it.
 * @throws InbetweenError `engine-unavailable` when the runtime or provider cannot take it
 */
export async function openSession(model: Uint8Array | string, options: SessionOptions): Promise<Session> {
  // Loaded when first needed: the runtime is large and most processes never open a session.
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session =
      typeof model === 'string'
        ? await ort.InferenceSession.create(model, runtimeOptions(options))
        : await ort.InferenceSession.create(model, runtimeOptions(options));
  } catch (cause) {
    throw unavailable(options.provider, cause);
  }
  return {
    provider: options.provider,
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds) => {
      const tensors = Object.entries(feeds).map(
        ([name, t]) => [name, new ort.Tensor('float32', t.data, t.dims)] as const,
      );
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, asFloats(name, tensor)]));
    },
    close: () => session.release(),
  };
}

function asFloats(name: string, tensor: Tensor): FloatTensor {
  if (!(tensor.data instanceof Float32Array)) throw new TypeError(`output ${name} is ${tensor.type}, not float32`);
  return { data: tensor.data, dims: tensor.dims };
}

function unavailable(provider: Provider, cause: unknown): InbetweenError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InbetweenError(
    {
      code: 'engine-unavailable',
      message: `ONNX Runtime cannot run this model on ${provider}: ${reason}`,
      safe: 'Nothing was rendered; the boards and the timeline are untouched.',
      action: provider === 'cpu' ? 'Install Inbetween again.' : 'Choose the provider "auto" or "cpu" in the settings.',
    },
    { cause },
  );
}
