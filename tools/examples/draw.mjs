// Draws the example sequence again: node tools/examples/draw.mjs. Same bytes of SVG each time.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { boards } from './boards.mjs';
import { scratchTrack } from './sound.mjs';

const out = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples');
await mkdir(path.join(out, 'boards'), { recursive: true });
for (const [name, draw] of Object.entries(boards)) {
  const svg = draw().svg();
  await writeFile(path.join(out, 'boards', `${name}.svg`), svg);
  await sharp(Buffer.from(svg)).greyscale().png({ compressionLevel: 9, palette: true, colours: 64 }).toFile(path.join(out, 'boards', `${name}.png`));
}
await mkdir(path.join(out, 'audio'), { recursive: true });
await writeFile(path.join(out, 'audio', 'scratch.wav'), scratchTrack(20));
