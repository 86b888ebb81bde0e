// Bundles a companion, its render process and the bench of the gateway, and runs that: writes docs/benchmarks-gateway.md.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const entries = {
  main: 'tools/bench/gateway/main.ts',
  served: 'tools/bench/gateway/served.ts',
  render: 'companion-app/render/main.ts',
};
const folder = await bundle('bench-gateway', entries, { define: { 'process.env.INBETWEEN_VERSION': '"0.0.0"' } });
process.exitCode = run(path.join(folder, 'main.cjs'), [root, ...process.argv.slice(2)]);
