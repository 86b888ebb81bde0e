/** The render process: composition only. Started by the daemon with an IPC channel; ends with it. */
import { createDiffusionEngine } from '../engines/diffusion';
import { createInbetweenEngine } from '../engines/inbetween';
import { createParallaxEngine } from '../engines/parallax';
import { engineShelf } from './engines';
import { serveRenderProcess, timers } from './process';
import { stepBack } from './step-back';

/** Models stay in memory between the shots of a batch, and are let go soon after it: Premiere wants the card too. */
const IDLE_MS = 120_000;

// A machine that has nothing else to do may render at the usual priority: INBETWEEN_PRIORITY=normal.
if (process.env.INBETWEEN_PRIORITY !== 'normal') stepBack();
serveRenderProcess(
  engineShelf(
    {
      parallax: createParallaxEngine,
      inbetween: createInbetweenEngine,
      diffusion: createDiffusionEngine,
    },
    { ms: IDLE_MS, timers },
  ),
);
