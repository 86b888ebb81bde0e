/** Writes docs/motion.md (requested against measured motion) and docs/images/moves.jpg (every move on three boards). */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BoardPicture } from '../../companion-app/engines/engine';
import { createParallaxEngine } from '../../companion-app/engines/parallax';
import { decodeBoard } from '../../companion-app/media';
import { flat } from '../../test/engines/parallax/measure/take';
import { contactSheet } from './contact-sheet';
import { measured, type Row } from './measured';

const BOARDS = ['SH010.png', 'SH020.png', 'SH050.png'];

function page(rows: readonly Row[]): string {
  return `# Requested against measured motion

Made by \`npm run motion\`. A board of dots is animated at 480×270 over 25 frames; the dots are found again in every frame to a
hundredth of a pixel and followed from the first to the last. Nothing is taken from the engine's own numbers. The board is flat,
so that one number says it all; that a truck moves what is near more than what is far, and a pan does not, is tested in
\`test/engines/parallax/camera-motion.test.ts\`.

| move | requested | measured | off by | read from |
|---|---|---|---|---|
${rows.map((row) => `| ${row.kind} | ${row.asked} | ${row.seen} | ${row.error === undefined ? '' : row.error.toFixed(3)} | ${row.how} |`).join('\n')}

Racking focus moves nothing; its change of sharpness, near against far, is tested in \`test/engines/parallax/takes.test.ts\`.

## Every move on three boards

First, middle and last frame of each, with the amounts used where a note names none. The third board is wider than the frame:
pans and trucks travel over its whole length; in a truck the camera also leaves its place by 0.06 of a frame width either way, so that
what is near passes what is far. Where the edge of a board cannot go on by itself (a figure, a window), the camera
starts a little closer.

![Every move on three boards](images/moves.jpg)
`;
}

async function main(root: string): Promise<void> {
  const plain = await createParallaxEngine({ provider: 'cpu', buildScene: flat });
  const engine = await createParallaxEngine({ provider: 'cpu' });
  try {
    await mkdir(path.join(root, 'docs/images'), { recursive: true });
    await writeFile(path.join(root, 'docs/motion.md'), page(await measured(plain)));
    const boards: BoardPicture[] = [];
    for (const name of BOARDS)
      boards.push({ ...(await decodeBoard(path.join(root, 'examples/boards', name), { name })), at: 0, name });
    await writeFile(path.join(root, 'docs/images/moves.jpg'), await contactSheet(engine, boards));
  } finally {
    await plain.close();
    await engine.close();
  }
}

main(process.argv[2] ?? process.cwd()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
