// Takes every picture of the panel and the companion's pages anew: docs/screens. Needs Chromium; takes some minutes.
import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { companionScreens } from './screens-companion.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.argv[2] ?? path.join(root, 'docs', 'screens');
await mkdir(folder, { recursive: true });
// Three folders deep, as the sources are: the rig finds the checkout from where it lies.
const outfile = path.join(root, '.cache', 'tools', 'screens', 'panel.cjs');
await build({
  entryPoints: [path.join(root, 'test', 'panel', 'support', 'screens.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  loader: { '.proto': 'text' },
  logLevel: 'warning',
});
const { default: panel } = await import(pathToFileURL(outfile).href);
for (const file of await panel.takePanelScreens(folder)) console.log(file);
await companionScreens(folder);
process.exit(0);
