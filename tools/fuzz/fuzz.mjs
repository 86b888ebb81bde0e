// Bundles the long fuzz and runs it: see docs/security.md.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('fuzz', { fuzz: 'tools/fuzz/main.ts' });
process.exitCode = run(path.join(folder, 'fuzz.cjs'), [root, ...process.argv.slice(2)], ['--expose-gc']);
