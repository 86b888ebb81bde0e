/** The render process: composition only. Started by the daemon with an IPC channel; ends with it. */
import { createDiffusionEngine } from '../engines/diffusion';
import { createInbetweenEngine } from '../engines/inbetween';
import { createParallaxEngine } from '../engines/parallax';
import { engineShelf } from './engines';
import { serveRenderProcess } from './process';

serveRenderProcess(
  engineShelf({
    parallax: ({ provider }) => createParallaxEngine({ provider }),
    inbetween: createInbetweenEngine,
    diffusion: createDiffusionEngine,
  }),
);
