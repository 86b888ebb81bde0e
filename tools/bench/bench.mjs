// Bundles the benchmark and the render process it measures, and runs it: writes docs/benchmarks.md.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('bench', { bench: 'tools/bench/bench.ts', render: 'companion-app/render/main.ts' });
process.exitCode = run(path.join(folder, 'bench.cjs'), [root, ...process.argv.slice(2)]);
