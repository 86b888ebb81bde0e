// What every tool in TypeScript needs before it can run: a bundle under .cache, packages left outside, and a Node that runs it.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Bundles entries, by name and by their paths from the checkout, into a folder below .cache; answers the folder. */
export async function bundle(folder, entries, more = {}) {
  const outdir = path.join(root, '.cache', folder);
  const entryPoints = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)]));
  await build({
    entryPoints,
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    loader: { '.proto': 'text' },
    logLevel: 'warning',
    ...more,
  });
  return outdir;
}

/** Runs a bundle in this terminal; answers its exit code. */
export function run(file, args = [], node = []) {
  return spawnSync(process.execPath, [...node, file, ...args], { stdio: 'inherit' }).status ?? 1;
}
