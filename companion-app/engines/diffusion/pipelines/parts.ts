/** Opening a pack's networks, reading its configurations, and going through the steps of a run. */
import type { z } from 'zod';
import { mergeStyles, type Part } from '../../../inference/lora';
import { bind, openNetwork, packInvalid, type Bound, type Pack, type PortNames } from '../../../inference/packs';
import { verifyGraph } from '../../../inference/packs/verify';
import type { Scheduler } from '../schedulers';
import type { OpenOptions, RunContext } from './pipeline';

/** The parts that LoRAs are made for. */
const STYLED: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['unet', 'denoiser'],
  ['transformer', 'denoiser'],
  ['text_encoder', 'text_encoder'],
  ['text_encoder_2', 'text_encoder_2'],
]);

/** Opens the first of `parts` that the pack has. Its graph may not name data outside the pack. */
export async function openPart<Input extends string>(
  pack: Pack,
  parts: readonly string[],
  names: PortNames<Input>,
  options: OpenOptions,
): Promise<Bound<Input>> {
  for (const part of parts) {
    const path = await pack.graph(part);
    if (path === undefined) continue;
    await verifyGraph(pack.folder, path);
    const network = await openNetwork(part, await styled(pack, part, path, options), options);
    try {
      return bind(network, names);
    } catch (error) {
      await network.close();
      throw error;
    }
  }
  throw packInvalid(`The pack has no ${parts.join(' or ')} (a folder with model.onnx).`);
}

/** The graph with the styles merged in, where there are any and they change this part. */
async function styled(pack: Pack, name: string, graph: string, options: OpenOptions): Promise<string> {
  const { loras = [], merging } = options;
  const part = STYLED.get(name);
  if (!part || loras.length === 0) return graph;
  const watched = merging && {
    signal: merging.signal,
    progress: (done: number, of: number) => merging.progress(done, of, 'merging the style'),
  };
  return (await mergeStyles({ folder: pack.folder, graph, part, styles: loras, ...watched })).graph;
}

/** A part's config.json by its schema; the first of `folders` that has one. */
export async function readPartConfig<Schema extends z.ZodType>(
  pack: Pack,
  folders: readonly string[],
  schema: Schema,
): Promise<z.output<Schema>> {
  let found: unknown;
  for (const folder of folders) found ??= await pack.json(folder, 'config.json');
  const read = schema.safeParse(found ?? {});
  if (read.success) return read.data;
  const key = read.error.issues[0]?.path.join('.') ?? '';
  throw packInvalid(`${folders.join(' or ')}/config.json: "${key}" is missing or cannot be used.`, read.error);
}

/** The pack's scheduler_config.json, not yet read. */
export async function schedulerConfig(pack: Pack): Promise<unknown> {
  const config = await pack.json('scheduler', 'scheduler_config.json');
  if (config === undefined) throw packInvalid('The pack has no scheduler/scheduler_config.json.');
  return config;
}

/** Lets messages (a cancel) arrive, then goes on unless the run was ended. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

/** Takes a scheduler's steps in order: `predict` asks the network, `advance` is told the prediction. */
export async function everyStep(
  scheduler: Scheduler,
  context: RunContext,
  step: (index: number, timestep: number) => Promise<void>,
): Promise<void> {
  const { timesteps } = scheduler;
  context.note('timesteps', timesteps);
  if (scheduler.sigmas) context.note('sigmas', scheduler.sigmas);
  for (const [index, timestep] of timesteps.entries()) {
    await breathe(context.signal);
    await step(index, timestep);
    context.progress(index + 1, timesteps.length, 'denoising');
  }
}

/** Fresh noise for a step, where the scheduler wants some. */
export function stepNoise(
  scheduler: Scheduler,
  index: number,
  dims: readonly number[],
  context: RunContext,
): Float32Array | undefined {
  return scheduler.stochastic ? context.noise(`step_noise_${index}`, dims) : undefined;
}

/** Closes everything; the first failure is thrown once all were tried. */
export async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const results = await Promise.allSettled(parts.map((part) => part.close()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Opens parts one after the other; when one fails, those already open are closed. */
export class PartBox {
  private readonly parts: { close(): Promise<void> }[] = [];

  constructor(
    private readonly pack: Pack,
    private readonly options: OpenOptions,
  ) {}

  async open<Input extends string>(parts: readonly string[], names: PortNames<Input>): Promise<Bound<Input>> {
    const part = await openPart(this.pack, parts, names, this.options);
    this.parts.push(part);
    return part;
  }

  close(): Promise<void> {
    return closeAll(this.parts.splice(0));
  }
}

/** Runs `build` with a box for the pack's parts, which is emptied should it fail. */
export async function withParts<Result>(
  pack: Pack,
  options: OpenOptions,
  build: (box: PartBox) => Promise<Result>,
): Promise<Result> {
  const box = new PartBox(pack, options);
  try {
    return await build(box);
  } catch (error) {
    await box.close();
    throw error;
  }
}
