// Seconds a step of a network of SVD's real shape (random weights) on this machine's providers, and the parallax warp on WebGPU.
// Usage: npm run bench:gpu [-- '{"provider":"webgpu","precision":"float16"}']. Needs 4 to 70 GB of graphics memory for the real shape.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.resolve(here, '../../.cache/bench');
for (const name of ['main', 'steps', 'parallax']) {
  await build({
    entryPoints: [path.join(here, 'gpu', `${name}.ts`)],
    outfile: path.join(cache, `gpu-${name}.cjs`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    loader: { '.proto': 'text' },
    logLevel: 'warning',
  });
}
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
    spawnSync(process.execPath, [path.join(cache, 'gpu-main.cjs'), folder, JSON.stringify(one)], { stdio: 'inherit' });
  }
  if (!asked) {
    spawnSync(process.execPath, [path.join(cache, 'gpu-steps.cjs'), path.join(folder, 'pack')], { stdio: 'inherit' });
    spawnSync(process.execPath, [path.join(cache, 'gpu-parallax.cjs')], { stdio: 'inherit' });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
