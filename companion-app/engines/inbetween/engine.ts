import { InbetweenError } from '../../../shared/problem';
import type { Shot } from '../../../shared/shot';
import { chooseProvider } from '../../inference';
import type { Engine } from '../engine';
import { wasmWarper } from '../parallax/warp/wasm';
import type { Warper } from '../parallax/warp/warper';
import { animate } from './animate';
import type { Inbetweener } from './between';
import { embeddedInbetweener } from './embedded';
import { findRifePack } from './rife/pack';
import { rifeInbetweener } from './rife';

export interface InbetweenOptions {
  /** Execution provider for an interpolation model; `auto` takes the best one that works here. */
  readonly provider: string;
  /** Folder of installed packs; one named rife… with a graph in it draws the in-betweens. Absent: drawn without a model. */
  readonly packsDir?: string | undefined;
  /** Name of the pack the job asks for, in that folder; used where it is a RIFE model. */
  readonly pack?: string | undefined;
  /** Threads that move the camera; one a core when absent. The frames do not depend on it. */
  readonly workers?: number;
}

/** Work of matching two boards, in megapixels of frame. */
const MATCHING = 30;

/**
 * Starts the engine. Close it to free its sessions and threads.
 * @throws InbetweenError `pack-invalid` for a RIFE pack that cannot be used
 */
export async function createInbetweenEngine(options: InbetweenOptions): Promise<Engine> {
  const inbetweener = await bestInbetweener(options);
  let warper: Warper | undefined;
  const camera = (): Warper => (warper ??= wasmWarper(options.workers));
  return {
    name: 'inbetween',
    provider: inbetweener.provider,
    estimate: (shot, size) => ({
      units:
        (Math.max(1, shot.frames) * size.width * size.height) / 1e6 + MATCHING * Math.max(0, shot.boards.length - 1),
    }),
    animate: (shot, boards, animateOptions) =>
      animate({ inbetweener, warper: camera }, checked(shot), boards, animateOptions),
    close: async () => {
      await inbetweener.close();
      await warper?.close();
    },
  };
}

async function bestInbetweener({ provider, packsDir, pack: wanted }: InbetweenOptions): Promise<Inbetweener> {
  const pack = packsDir === undefined ? undefined : await findRifePack(packsDir, wanted);
  return pack === undefined ? embeddedInbetweener() : rifeInbetweener(pack, await chooseProvider(provider));
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
