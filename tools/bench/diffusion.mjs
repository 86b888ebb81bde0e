// Bundles the measurement of the image-to-video engine's own time and runs it: writes docs/benchmarks-diffusion.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const outfile = path.join(root, '.cache/bench/diffusion.cjs');
await build({
  entryPoints: [path.join(here, 'diffusion/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  loader: { '.proto': 'text' },
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, root], { stdio: 'inherit' });
process.exitCode = status ?? 1;
