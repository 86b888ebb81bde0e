// Bundles the long fuzz and runs it: see docs/security.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const outfile = path.join(root, '.cache/fuzz/fuzz.cjs');
await build({
  entryPoints: [path.join(here, 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  loader: { '.proto': 'text' },
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, ['--expose-gc', outfile, root, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = run.status ?? 1;
