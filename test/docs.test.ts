/** Pages that are made from the source are what the source says. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

test('the live checklist has every assumption of the simulator', () => {
  const run = spawnSync(process.execPath, ['tools/live-checklist.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
});
