// Bundles a companion as it is installed and the torture beside it, and runs that: see docs/reliability.md.
import path from 'node:path';
import { bundle, root, run } from '../bundled.mjs';

const entries = {
  torture: 'tools/torture/main.ts',
  inbetween: 'companion-app/daemon/cli.ts',
  render: 'companion-app/render/main.ts',
};
// As deep below the checkout as the fixtures of the tests that go into it, which look for the checkout from where they are.
const folder = await bundle('torture/run', entries, { define: { 'process.env.INBETWEEN_VERSION': '"0.0.0"' } });
process.exitCode = run(path.join(folder, 'torture.cjs'), [root, ...process.argv.slice(2)]);
