// The README's picture, out of the demo's own clips: node tools/examples/picture.mjs (after npm run demo).
import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const demo = path.join(root, 'out', 'demo');
const WIDTH = 300;
const GAP = 4;
const parts = [0, 0.33, 0.66, 1];
const ffmpeg = process.env.FFMPEG_PATH ?? 'ffmpeg';
const ffprobe = process.env.FFPROBE_PATH ?? 'ffprobe';

const clips = (await readdir(demo)).filter((name) => name.endsWith('.mov')).sort();
const tiles = [];
let height = 0;
for (const [row, name] of clips.entries()) {
  const file = path.join(demo, name);
  const counted = [
    '-v',
    'error',
    '-count_packets',
    '-select_streams',
    'v',
    '-show_entries',
    'stream=nb_read_packets',
    '-of',
    'csv=p=0',
    file,
  ];
  const frames = Number(execFileSync(ffprobe, counted, { encoding: 'utf8' }));
  for (const [column, part] of parts.entries()) {
    const frame = Math.round(part * (frames - 1));
    const grab = [
      '-v',
      'error',
      '-i',
      file,
      '-vf',
      `select='eq(n,${frame})',scale=${WIDTH}:-2`,
      '-frames:v',
      '1',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-',
    ];
    const png = execFileSync(ffmpeg, grab, { maxBuffer: 1 << 26 });
    height = (await sharp(png).metadata()).height;
    tiles.push({ input: png, left: column * (WIDTH + GAP), top: row * (height + GAP) });
  }
}
await mkdir(path.join(root, 'docs', 'images'), { recursive: true });
await sharp({
  create: {
    width: parts.length * (WIDTH + GAP) - GAP,
    height: clips.length * (height + GAP) - GAP,
    channels: 3,
    background: '#bbb',
  },
})
  .composite(tiles)
  .jpeg({ quality: 86 })
  .toFile(path.join(root, 'docs', 'images', 'demo.jpg'));
