// Seconds a step of a network of SVD's real shape (random weights) on this machine's providers, and the parallax warp on WebGPU.
// Usage: npm run bench:gpu [-- '{"provider":"webgpu","precision":"float16"}']. Needs 4 to 70 GB of graphics memory for the real shape.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle, run } from '../bundled.mjs';

const bundles = await bundle('bench-gpu', {
  main: 'tools/bench/gpu/main.ts',
  steps: 'tools/bench/gpu/steps.ts',
  parallax: 'tools/bench/gpu/parallax.ts',
});
const asked = process.argv[2];
const settings = asked
  ? [JSON.parse(asked)]
  : ['conv3d', 'conv2d'].flatMap((temporal) =>
      ['float16', 'float'].map((precision) => ({ temporal, precision, runs: 3 })),
    );
const folder = mkdtempSync(path.join(tmpdir(), 'gpu-bench-'));
try {
  for (const one of settings) {
    console.log(`# ${JSON.stringify(one)}`);
    run(path.join(bundles, 'main.cjs'), [folder, JSON.stringify(one)]);
  }
  if (!asked) {
    run(path.join(bundles, 'steps.cjs'), [path.join(folder, 'pack')]);
    run(path.join(bundles, 'parallax.cjs'));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
