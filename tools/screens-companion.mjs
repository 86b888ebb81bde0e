// The companion's pages as pictures: the tests in Chromium take them on their way, against a real daemon.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Writes companion-*.png (and whatever else the tests of the pages show) into `folder`. Rejects when a test fails. */
export function companionScreens(folder = path.join(root, 'docs', 'screens')) {
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, '--maxWorkers=1', '--testTimeout=120000', 'test/ui'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, INBETWEEN_SCREENS: folder },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the tests of the pages ended with ${code}`)),
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await companionScreens(process.argv[2]);
