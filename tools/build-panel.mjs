// Bundles the panel into a folder (dist/plugin unless another is given): one CommonJS file with Premiere's own modules left
// external, its page, its style and its manifest, as UXP loads them.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => path.join(root, ...parts);

/** Builds the panel into `folder`, replacing what is there. */
export async function buildPanel(folder = at('dist/plugin')) {
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2020',
    minify: false,
    legalComments: 'none',
    jsx: 'automatic',
    entryPoints: [at('plugin/main.tsx')],
    outfile: path.join(folder, 'main.js'),
    external: ['premierepro', 'uxp', 'os', 'fs', 'path'],
    define: { 'process.env.INBETWEEN_VERSION': JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'panel.css', 'icons']) {
    if (existsSync(at('plugin', file))) await cp(at('plugin', file), path.join(folder, file), { recursive: true });
  }
  await cp(at('manifest.json'), path.join(folder, 'manifest.json'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPanel(process.argv[2]);
