/** A graph of a pack in a session: typed inputs, float outputs, and errors that say which graph they come from. */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { InbetweenError } from '../../../shared/problem';
import { runtimeOptions, type FloatTensor, type SessionOptions } from '../session';
import { WIDENED } from '../onnx/half-io';
import { saysOutOfMemory } from './out-of-memory';
import { modelFor } from './for-provider';
import { networkFailed, packInvalid } from './pack-problem';
import type { Patience } from './patience';
import type { Stage } from './stage';

/** An input or output as the graph declares it; a dimension that may vary is a name. */
export interface Port {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly (number | string)[];
}

/** Numbers for an input, whatever its declared type. */
export interface Feed {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

export interface Network {
  /** "unet", as people know it. */
  readonly name: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /**
   * Runs the graph and gives one of its outputs. Blocks while it runs.
   * @throws InbetweenError `out-of-memory`, `pack-invalid` where the graph refuses its inputs, `render-failed` for NaN
   */
  run(feeds: Readonly<Record<string, Feed>>, output: string): Promise<FloatTensor>;
  close(): Promise<void>;
}

export interface NetworkOptions extends SessionOptions {
  /** Networks of one stage take turns in memory. */
  readonly stage?: Stage | undefined;
  /** Told before the thread is blocked. */
  readonly patience?: Patience | undefined;
}

/** Opens a graph by path, so that weights in files beside it are found. */
export async function openNetwork(name: string, path: string, options: NetworkOptions): Promise<Network> {
  const ort = await import('onnxruntime-node');
  const { stage } = options;
  let widened = false;
  const start = async (): Promise<InferenceSession> => {
    const model = await modelFor(path, { provider: options.provider, widened });
    return typeof model === 'string'
      ? await ort.InferenceSession.create(model, runtimeOptions(options))
      : await ort.InferenceSession.create(model, runtimeOptions(options));
  };
  const create = async (): Promise<InferenceSession> => {
    try {
      const first = await start();
      if (widened || ![...first.inputMetadata, ...first.outputMetadata].some(isHalf)) return first;
      await first.release();
      widened = true;
      return await start();
    } catch (cause) {
      throw failure(name, 'cannot be opened', cause);
    }
  };
  let open: InferenceSession | undefined;
  const actor = {
    close: async () => {
      const leaving = open;
      open = undefined;
      stage?.left(actor);
      await leaving?.release();
    },
  };
  const blocking = <Result>(what: string, work: () => Promise<Result>): Promise<Result> =>
    options.patience ? options.patience.during(`${name}/${what}`, work) : work();
  const had = async (): Promise<InferenceSession> => {
    await stage?.enter(actor);
    return (open ??= await blocking('opening', create));
  };
  const session = await had();
  /** What the opened graph calls its ports, where that is not their name. */
  const own = new Map<Port, string>();
  const known = (meta: InferenceSession.ValueMetadata): Port => {
    const found = port(meta);
    if (!widened || !found.name.endsWith(WIDENED)) return found;
    const plain = { ...found, name: found.name.slice(0, -WIDENED.length) };
    own.set(plain, found.name);
    return plain;
  };
  const inputs = session.inputMetadata.map(known);
  const outputs = session.outputMetadata.map(known);
  const tensor = (input: Port, feed: Feed): Tensor => {
    const { data, dims } = feed;
    if (dims.reduce((product, size) => product * size, 1) !== data.length) {
      throw packInvalid(`${name}: ${data.length} numbers do not fill [${dims.join(', ')}] of "${input.name}".`);
    }
    switch (input.type) {
      case 'float32':
        return new ort.Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), dims);
      case 'float64':
        return new ort.Tensor('float64', Float64Array.from(data), dims);
      case 'int64':
        return new ort.Tensor('int64', BigInt64Array.from(Array.from(data, (x) => BigInt(Math.trunc(x)))), dims);
      case 'int32':
        return new ort.Tensor('int32', Int32Array.from(data), dims);
      case 'bool':
        return new ort.Tensor(
          'bool',
          Uint8Array.from(data, (x) => (x === 0 ? 0 : 1)),
          dims,
        );
      default:
        throw packInvalid(
          `${name}: the input "${input.name}" is ${input.type}; only float32, float64, int64, int32 and bool can be given. ` +
            'Export the graph again with 32-bit inputs and outputs (keep_io_types).',
        );
    }
  };
  return {
    name,
    inputs,
    outputs,
    run: async (feeds, output) => {
      const given = inputs.flatMap((input) => {
        const feed = feeds[input.name];
        return feed ? [[own.get(input) ?? input.name, tensor(input, feed)] as const] : [];
      });
      const running = await had();
      const wanted = outputs.find((each) => each.name === output);
      const key = (wanted && own.get(wanted)) ?? output;
      let result: Tensor | undefined;
      try {
        const size = given.reduce((sum, [, { size: numbers }]) => sum + numbers, 0);
        result = (await blocking(`${size}`, () => running.run(Object.fromEntries(given), [key])))[key];
      } catch (cause) {
        throw failure(name, 'failed', cause);
      }
      return floats(name, output, result);
    },
    close: () => actor.close(),
  };
}

function port(meta: InferenceSession.ValueMetadata): Port {
  return meta.isTensor
    ? { name: meta.name, type: meta.type, dims: meta.shape }
    : { name: meta.name, type: 'not a tensor', dims: [] };
}

const isHalf = (meta: InferenceSession.ValueMetadata): boolean => meta.isTensor && meta.type === 'float16';

function floats(name: string, output: string, tensor: Tensor | undefined): FloatTensor {
  if (!tensor || !(tensor.data instanceof Float32Array)) {
    throw packInvalid(`${name}: the output "${output}" is ${tensor?.type ?? 'missing'}, not float32.`);
  }
  const { data, dims } = tensor;
  const bad = firstBad(data);
  if (bad !== undefined) throw networkFailed(`${name} gave ${String(bad)} in "${output}" instead of a number.`);
  return { data, dims };
}

/** The first value that is no finite number. A million values a step: the search is for when there is one. */
function firstBad(data: Float32Array): number | undefined {
  // A number that is none makes the whole sum none: one pass of additions, and a search only where it is needed.
  let sum = 0;
  for (const x of data) sum += x - x;
  return sum === 0 ? undefined : data.find((x) => !Number.isFinite(x));
}

function failure(name: string, what: string, cause: unknown): InbetweenError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).slice(0, 600);
  if (!saysOutOfMemory(reason)) return packInvalid(`${name} ${what}: ${reason}`, cause);
  return new InbetweenError(
    {
      code: 'out-of-memory',
      message: `${name} ran out of memory: ${reason}`,
      safe: 'Only this shot stopped; the other shots go on.',
      action: 'Choose a smaller size, fewer frames or a smaller pack.',
    },
    { cause },
  );
}
