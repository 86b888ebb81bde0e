/** The render process: composition only. Started by the daemon with an IPC channel; ends with it. */
import { createDiffusionEngine } from '../engines/diffusion';
import { createInbetweenEngine } from '../engines/inbetween';
import { createParallaxEngine } from '../engines/parallax';
import { engineShelf } from './engines';
import { serveRenderProcess, timers } from './process';

/** Models stay in memory between the shots of a batch, and are let go soon after it: Premiere wants the card too. */
const IDLE_MS = 120_000;

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
