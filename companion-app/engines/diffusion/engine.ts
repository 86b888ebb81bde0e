import { cpus, freemem } from 'node:os';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import type { Shot, Size } from '../../../shared/shot';
import { chooseProvider, freeCardBytes } from '../../inference';
import type { Style } from '../../inference/lora';
import { patience, Stage, verifyGraphs } from '../../inference/packs';
import type { AnimateOptions, BoardPicture, Engine, WorkEstimate } from '../engine';
import { flatCamera } from '../inbetween/camera';
import { wasmWarper } from '../parallax/warp/wasm';
import type { Warper } from '../parallax/warp/warper';
import { findPack } from './find-pack';
import { findStyles, type NamedStyle } from './find-styles';
import { firstWay, packFacts } from './memory/estimate';
import { memoryLadder } from './memory/ladder';
import { processorHours, toldHours } from './memory/processor-time';
import { openPipeline, type Merging, type Nature } from './pipelines';
import { breathe } from './pipelines/parts';
import { animate } from './shot/animate';
import { retimer } from './shot/retime';
import { framesNeeded, modelSize, windowsFor } from './shot/sizes';

export interface DiffusionOptions {
  /** Execution provider that runs the networks; `auto` takes the best one that works here. */
  readonly provider: string;
  /** Folder of installed packs. */
  readonly packsDir?: string | undefined;
  /** Name of the pack's folder; the first supported one when absent. */
  readonly pack?: string | undefined;
  /** Styles (LoRA files) installed beside the packs, merged into the pack's networks. */
  readonly styles?: readonly NamedStyle[] | undefined;
  /** The same, by path. */
  readonly loras?: readonly Style[] | undefined;
  /** Watches the opening of the pack and can end it. */
  readonly opening?: Merging | undefined;
  /** Steps of a run; the model's own number when absent. */
  readonly steps?: number | undefined;
  /** Threads that move the camera; one a core when absent. The frames do not depend on it. */
  readonly workers?: number;
  /** Bytes of memory that networks can have; undefined where nobody can say. The system's own answer when absent. */
  readonly freeBytes?: () => number | undefined;
}

/** What a pack wants to be said beside every take that is made with it (`inbetween_notice` in its model_index.json). */
const zNotice = z.string().min(1).max(200);

/** Milliseconds a network that was never run may take, for each byte of the pack: some ten times what one does take. */
const FIRST_MS = { processor: 1e-3, card: 2e-4 } as const;

/**
 * Opens a pack's networks. Close the engine to free them.
 * @throws InbetweenError `engine-unavailable` without a pack, `pack-invalid` for one that cannot be used
 */
export async function createDiffusionEngine(options: DiffusionOptions): Promise<Engine> {
  const pack = await findPack(options.packsDir, options.pack);
  const findings = await verifyGraphs(pack);
  const bytes = findings.reduce((total, graph) => total + graph.bytes, 0);
  const facts = await packFacts(pack, findings);
  const provider = await chooseProvider(options.provider);
  const card = await freeCardBytes(provider);
  const loras = [...(options.loras ?? []), ...(await findStyles(pack, options.packsDir, options.styles ?? []))];
  const waits = patience(bytes * FIRST_MS[provider === 'cpu' ? 'processor' : 'card'], () => performance.now());
  waits.listen(options.opening?.quiet);
  // Only the first opening is this job's to watch; later ones find the styles merged.
  let merging = options.opening;
  const ladder = await memoryLadder((staged) => {
    const watched = merging;
    merging = undefined;
    return openPipeline(pack, {
      provider,
      loras,
      merging: watched,
      patience: waits,
      ...(staged ? { stage: new Stage() } : {}),
    });
  });
  const { data: notice } = zNotice.safeParse(pack.index.inbetween_notice);
  // What the pack's own networks hold already is theirs to use.
  const freeBytes = options.freeBytes ?? (() => (provider === 'cpu' ? freemem() + bytes : card));
  const wayFor = (shot: Shot, { size, warn }: AnimateOptions): number =>
    firstWay(facts, windowOf(ladder.nature, shot, size), freeBytes(), warn, ladder.nature);
  const largest = Math.max(...facts.map((graph) => (graph.part.startsWith('text') ? 0 : graph.bytes)));
  const hoursOf = (shot: Shot, size: Size): number => {
    const { nature, family } = ladder;
    const { width, height } = modelSize(size, nature);
    const needed = framesNeeded(Math.max(1, shot.frames), shot.rate, nature.fps);
    const frames = windowsFor(needed, nature).reduce((sum, length) => sum + length, 0);
    const steps = options.steps ?? nature.steps;
    return processorHours({ family, bytes: largest, pixels: width * height, frames, steps, cores: cpus().length });
  };
  const retime = retimer(options.packsDir, provider);
  let warper: Warper | undefined;
  return {
    name: 'diffusion',
    provider,
    estimate: (shot, size) => estimate(ladder.nature, shot, size, options.steps),
    animate: (shot, boards, animateOptions) => {
      const sound = checked(shot);
      waits.listen(animateOptions.quiet);
      if (notice !== undefined) animateOptions.warn(notice);
      const slow = provider === 'cpu' ? toldHours(hoursOf(sound, animateOptions.size)) : undefined;
      if (slow !== undefined) animateOptions.warn(slow);
      const means = {
        pipeline: ladder.under(animateOptions.warn, wayFor(sound, animateOptions)),
        between: retime.under(() => breathe(animateOptions.signal), animateOptions.warn),
        steps: options.steps,
        camera: (asked: Shot, shown: readonly BoardPicture[]) =>
          flatCamera(asked, shown, () => (warper ??= wasmWarper(options.workers)), {
            size: animateOptions.size,
            seed: animateOptions.seed,
            warn: animateOptions.warn,
          }),
      };
      return animate(means, sound, boards, animateOptions);
    },
    close: async () => {
      await ladder.close();
      await retime.close();
      await warper?.close();
    },
  };
}

/** The largest window of a shot. */
function windowOf(nature: Nature, shot: Shot, frame: Size): Size & { readonly frames: number } {
  const windows = windowsFor(framesNeeded(Math.max(1, shot.frames), shot.rate, nature.fps), nature);
  return { ...modelSize(frame, nature), frames: Math.max(...windows) };
}

/** Megapixels the network goes over, in all steps of all windows. */
function estimate(nature: Nature, shot: Shot, frame: Size, steps = nature.steps): WorkEstimate {
  const { width, height } = modelSize(frame, nature);
  const frames = windowsFor(framesNeeded(Math.max(1, shot.frames), shot.rate, nature.fps), nature);
  const total = frames.reduce((sum, length) => sum + length, 0);
  return { units: (total * steps * width * height) / 1e6 };
}

function checked(shot: Shot): Shot {
  if (Number.isInteger(shot.frames) && shot.frames > 0) return shot;
  throw new InbetweenError({
    code: 'shot-empty',
    message: `${shot.name} has no frames to animate.`,
    safe: 'The other shots go on.',
    action: 'Make the clip on the timeline at least one frame long.',
  });
}
