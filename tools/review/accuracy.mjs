// Bundles the accuracy measurement (TypeScript) and runs it with the same arguments.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('review', { accuracy: 'tools/review/accuracy.ts' });
process.exitCode = run(path.join(folder, 'accuracy.cjs'), [root, ...process.argv.slice(2)]);
