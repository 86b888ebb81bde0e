/** A render process with the test engine in the place of "inbetween": started by process.test.ts, never by hand. */
import { createParallaxEngine } from '../../companion-app/engines/parallax';
import { engineShelf } from '../../companion-app/render/engines';
import { serveRenderProcess } from '../../companion-app/render/process';
import { testEngine } from './test-engine';

serveRenderProcess(
  engineShelf({ parallax: ({ provider }) => createParallaxEngine({ provider }), inbetween: testEngine }),
);
