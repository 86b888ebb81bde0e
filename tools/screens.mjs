// Takes every picture of the panel and the companion's pages anew: docs/screens. Needs Chromium; takes some minutes.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, root } from './bundled.mjs';
import { companionScreens } from './screens-companion.mjs';

const folder = process.argv[2] ?? path.join(root, 'docs', 'screens');
await mkdir(folder, { recursive: true });
// Three folders deep, as the sources are: the rig finds the checkout from where it lies.
const bundled = await bundle('tools/screens', { panel: 'test/panel/support/screens.ts' });
const { default: panel } = await import(pathToFileURL(path.join(bundled, 'panel.cjs')).href);
for (const file of await panel.takePanelScreens(folder)) console.log(file);
await companionScreens(folder);
process.exit(0);
