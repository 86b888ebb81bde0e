import { InbetweenError } from '../../../shared/problem';
import type { Shot } from '../../../shared/shot';
import { chooseProvider } from '../../inference';
import type { Engine } from '../engine';
import { animate } from './animate';
import { buildScene, buildSceneWith, depthModel, findDepthPack, type OpenDepthModel } from './scene';
import type { BuildScene } from './scene/scene';
import { onnxWarper } from './warp/onnx';
import { wasmWarper } from './warp/wasm';
import type { Warper } from './warp/warper';

export interface ParallaxOptions {
  /** Execution provider that warps the frames; `auto` takes the best one that works here. */
  readonly provider: string;
  /** Threads that warp on the CPU; one a core when absent. The frames do not depend on it. */
  readonly workers?: number;
  /** Folder of installed packs; a Depth Anything pack in it reads painted and photographed boards. */
  readonly packsDir?: string | undefined;
  /** Name of the pack the job asks for, in that folder; used where it is a depth model. */
  readonly pack?: string | undefined;
  readonly buildScene?: BuildScene;
}

/** Starts the engine. Close it to free its sessions and threads. */
export async function createParallaxEngine(options: ParallaxOptions): Promise<Engine> {
  const warper = await bestWarper(options);
  const depth = await depthOf(options);
  const build = options.buildScene ?? (depth ? buildSceneWith(depth) : buildScene);
  return {
    name: 'parallax',
    provider: warper.provider,
    estimate: (shot, size) => ({
      units: (Math.max(1, shot.frames) * size.width * size.height) / 1e6 + 10 * shot.boards.length,
    }),
    animate: (shot, boards, animateOptions) =>
      animate({ warper, buildScene: build }, checked(shot), boards, animateOptions),
    close: async () => {
      await depth?.close();
      await warper.close();
    },
  };
}

async function depthOf({ packsDir, pack: wanted, provider }: ParallaxOptions): Promise<OpenDepthModel | undefined> {
  const pack = packsDir === undefined ? undefined : await findDepthPack(packsDir, wanted);
  return pack && depthModel(pack, provider);
}

/**
 * The kernels made for the CPU, unless another provider is asked for by name: a frame that has to come back from a card costs more than
 * warping it here, measured even against a large one (docs/benchmarks-gpu.md).
 */
async function bestWarper(options: ParallaxOptions): Promise<Warper> {
  const kernels = wasmWarper(options.workers);
  if (options.provider === 'auto') return kernels;
  const provider = await chooseProvider(options.provider);
  return provider === 'cpu' ? kernels : onnxWarper({ provider, otherwise: kernels });
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
