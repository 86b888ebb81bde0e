// Bundles a companion as it is installed and the torture beside it, and runs that: see docs/reliability.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const folder = path.join(root, '.cache/torture');
const entries = {
  torture: path.join(here, 'main.ts'),
  inbetween: path.join(root, 'companion-app/daemon/cli.ts'),
  render: path.join(root, 'companion-app/render/main.ts'),
};
for (const [name, entry] of Object.entries(entries))
  await build({
    entryPoints: [entry],
    outfile: path.join(folder, `${name}.cjs`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    loader: { '.proto': 'text' },
    define: { 'process.env.INBETWEEN_VERSION': '"0.0.0"' },
    logLevel: 'warning',
  });
const run = spawnSync(process.execPath, [path.join(folder, 'torture.cjs'), root, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
