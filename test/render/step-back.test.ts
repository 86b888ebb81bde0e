import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

const BELOW = os.constants.priority.PRIORITY_BELOW_NORMAL;
const grouped = existsSync('/proc/self/autogroup');

/** What a process says of itself and of a child of its own, after it has stepped back as the leader of a session. */
function told(): Promise<string> {
  const { outputFiles } = buildSync({
    entryPoints: [path.resolve(__dirname, '../../companion-app/render/step-back.ts')],
    ...{ bundle: true, platform: 'node', format: 'cjs', write: false, logLevel: 'error' },
  });
  const code = `${outputFiles[0]?.text ?? ''}
    module.exports.stepBack();
    const ask = 'process.stdout.write(String(require("os").getPriority()))';
    const child = require('child_process').execFileSync(process.execPath, ['-e', ask]);
    const group = ${String(grouped)} ? require('fs').readFileSync('/proc/self/autogroup', 'utf8').trim() : '';
    process.stdout.write([require('os').getPriority(), child, group].join('|'));`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', code], { detached: process.platform !== 'win32', stdio: 'pipe' });
    let text = '';
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}

it('goes behind the others in the line for a processor, with all it starts', async () => {
  const [own, child, group] = (await told()).split('|');
  expect([own, child]).toEqual([String(BELOW), String(BELOW)]);
  if (grouped) expect(group).toMatch(new RegExp(`nice ${BELOW}$`));
});

it('leaves who started it where it was', async () => {
  const before = os.getPriority();
  await told();
  expect(os.getPriority()).toBe(before);
});
