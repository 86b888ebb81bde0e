// Bundles the benchmark and the render process it measures, and runs it: writes docs/benchmarks.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const outdir = path.join(root, '.cache/bench');
await build({
  entryPoints: { bench: path.join(here, 'bench.ts'), render: path.join(root, 'companion-app/render/main.ts') },
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  loader: { '.proto': 'text' },
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, [path.join(outdir, 'bench.cjs'), root, ...process.argv.slice(2)], { stdio: 'inherit' })
    .status ?? 1;
