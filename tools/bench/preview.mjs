// How quickly the shot editor's preview answers: node tools/build.mjs && npm run bench:preview [board.png …]
// Prints a line a board: milliseconds to the first picture, and pictures a second while a box is dragged (480 pixels wide).
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2);
const files =
  given.length > 0 ? given : ['SH010.png', 'SH040.png'].map((name) => path.join(root, 'examples/boards', name));
const PICTURES = 120;

const child = fork(path.join(root, 'dist/preview.cjs'), [], { serialization: 'advanced', execArgv: [] });
let hear = () => undefined;
child.on('message', (message) => hear(message));
const next = () => new Promise((resolve) => (hear = resolve));
await next();

let ref = 0;
async function picture(ask) {
  ref += 1;
  const answer = next();
  child.send({ ref, ask: { kind: 'frame', seed: 1, width: 480, ...ask } });
  const told = await answer;
  if (told.type !== 'picture') throw new Error(JSON.stringify(told.problem));
}

const key = (frame, x, scale) => ({ frame, center: { x, y: 0.5 }, scale, roll: 0, ease: 'ease-in-out' });
for (const file of files) {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const boards = [{ sha256, path: path.resolve(file) }];
  const shot = (x) => ({
    ...{
      id: 'bench',
      name: 'bench',
      rate: { num: 24, den: 1 },
      dropFrame: false,
      startFrame: 0,
      frames: 48,
      notes: '',
    },
    ...{
      size: { width: 1920, height: 1080 },
      fit: 'fill',
      boards: [{ board: sha256, at: 0, name: path.basename(file) }],
    },
    framing: [key(0, 0.5, 1), key(47, x, 0.6)],
  });
  const began = performance.now();
  await picture({ shot: shot(0.5), boards, frame: 47 });
  const first = performance.now() - began;
  for (let i = 0; i < PICTURES; i += 1) await picture({ shot: shot(0.4 + (0.2 * i) / PICTURES), boards, frame: 47 });
  const rate = (1000 * PICTURES) / (performance.now() - began - first);
  process.stdout.write(
    `${path.basename(file)}: first picture ${first.toFixed(0)} ms, then ${rate.toFixed(0)} pictures a second\n`,
  );
}
child.disconnect();
