// Bundles a companion, its render process and the bench of the gateway, and runs that: writes docs/benchmarks-gateway.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const outdir = path.join(root, '.cache/bench-gateway');
await build({
  entryPoints: {
    main: path.join(here, 'gateway/main.ts'),
    served: path.join(here, 'gateway/served.ts'),
    render: path.join(root, 'companion-app/render/main.ts'),
  },
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  loader: { '.proto': 'text' },
  define: { 'process.env.INBETWEEN_VERSION': '"0.0.0"' },
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, [path.join(outdir, 'main.cjs'), root, ...process.argv.slice(2)], { stdio: 'inherit' })
    .status ?? 1;
