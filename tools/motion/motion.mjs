// Bundles the measurement of camera moves and runs it: writes docs/motion.md and docs/images/moves.jpg.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const folder = await bundle('motion', { motion: 'tools/motion/motion.ts' });
process.exitCode = run(path.join(folder, 'motion.cjs'), [root]);
