// Bundles the accuracy measurement (TypeScript) and runs it with the same arguments.
import path from 'node:path';
import { bundle, run } from '../bundled.mjs';

const folder = await bundle('relief', { accuracy: 'tools/relief/accuracy.ts' });
process.exitCode = run(path.join(folder, 'accuracy.cjs'), process.argv.slice(2));
