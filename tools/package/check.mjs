// Proves offline what can be proven about the companion's package. Needs a build: npm run package:check makes one.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('package', { check: 'tools/package/main.ts' });
process.exitCode = run(path.join(folder, 'check.cjs'), [root]);
