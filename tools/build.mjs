// Bundles what runs: the command line and daemon, the render process, the demo, the Electron shell, the panel.
// Packages stay outside the Node bundles; the panel is one CommonJS file with Premiere's own modules left external.
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPanel } from './build-panel.mjs';
import { buildUi } from './build-ui.mjs';
import { lazyPackages } from './lazy-packages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const at = (...parts) => path.join(root, ...parts);
const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));

/** React makes the report's file. It is bundled, as in the pages, so that what is installed need not have it. */
const reactInside = {
  name: 'react-inside',
  setup({ onResolve }) {
    onResolve({ filter: /^react(-dom)?(\/|$)/ }, ({ path: name }) => ({ path: require.resolve(name) }));
  },
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  jsx: 'automatic',
  define: { 'process.env.INBETWEEN_VERSION': JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  plugins: [reactInside, lazyPackages],
  loader: { '.proto': 'text' },
};

const nodeEntries = {
  inbetween: 'companion-app/daemon/cli.ts',
  render: 'companion-app/render/main.ts',
  preview: 'companion-app/render/preview/main.ts',
  'read-boards': 'companion-app/daemon/pages/boards/read/main.ts',
  electron: 'companion-app/electron/main.ts',
  demo: 'examples/demo/main.ts',
  'demo-diffusion': 'examples/demo/diffusion.ts',
};

await mkdir(at('dist'), { recursive: true });
for (const [name, entry] of Object.entries(nodeEntries)) {
  if (!existsSync(at(entry))) continue;
  await build({ ...node, entryPoints: [at(entry)], outfile: at('dist', `${name}.cjs`) });
}

await buildUi();

await buildPanel();
// A .ccx is an unsigned zip of the built folder; a fixed date keeps the bytes the same from the same sources.
const files = {};
for (const entry of await readdir(at('dist/plugin'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = path.join(entry.parentPath, entry.name);
  const name = path.relative(at('dist/plugin'), file).split(path.sep).join('/');
  files[name] = [new Uint8Array(await readFile(file)), { mtime: '2000-01-01T00:00:00' }];
}
await writeFile(at('dist/plugin.ccx'), zipSync(files));
