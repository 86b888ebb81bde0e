// Bundles the accuracy measurement (TypeScript) and runs it with the same arguments.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const outfile = path.resolve(here, '../../.cache/review/accuracy.cjs');
await build({
  entryPoints: [path.join(here, 'accuracy.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, [outfile, path.resolve(here, '../..'), ...process.argv.slice(2)], { stdio: 'inherit' })
    .status ?? 1;
