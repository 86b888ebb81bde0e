// Bundles the measurement of the image-to-video engine's own time and runs it: writes docs/benchmarks-diffusion.md.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('bench', { diffusion: 'tools/bench/diffusion/main.ts' });
process.exitCode = run(path.join(folder, 'diffusion.cjs'), [root], ['--expose-gc']);
