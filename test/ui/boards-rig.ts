/** Storyboards as people have them, and the process that reads them as it runs in production. */
import { buildSync } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const root = path.resolve(__dirname, '../..');
const built = path.join(root, '.cache', 'test-boards', String(process.pid));

export function boardsEntry(): string {
  const outfile = path.join(built, 'read-boards.cjs');
  buildSync({
    entryPoints: [path.join(root, 'companion-app/daemon/pages/boards/read/main.ts')],
    outfile,
    ...{ bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' },
  });
  return outfile;
}

export const removeBuilt = (): Promise<void> => rm(built, { recursive: true, force: true });

/** A drawing of its own: a coloured sheet with a dark bar. */
export const drawing = (hue: number, width = 320, height = 180): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: `hsl(${hue}, 40%, 80%)` } })
    .composite([
      {
        input: Buffer.from(
          `<svg width="${width}" height="${height}"><rect x="${20 + (hue % 90)}" y="50" width="60" height="90" fill="#333"/></svg>`,
        ),
      },
    ])
    .png()
    .toBuffer();

/** Three shots of four boards, with a table beside them. */
export async function folderWithTable(parent: string, name = 'Market square'): Promise<string> {
  const folder = path.join(parent, name);
  await mkdir(folder, { recursive: true });
  for (const [i, board] of ['SH010_A', 'SH010_B', 'SH020', 'SH030'].entries())
    await writeFile(path.join(folder, `${board}.png`), await drawing(i * 70));
  const rows = [
    'shot,panel,duration (frames),notes,dialogue',
    'SH010,A,24,slow push in on Anna,"Where is he?"',
    'SH010,B,12,,',
    'SH020,,200,whip pan right,',
    'SH030,,48,static,',
  ];
  await writeFile(path.join(folder, 'shots.csv'), rows.join('\n'));
  await writeFile(path.join(folder, '.DS_Store'), 'litter');
  await writeFile(path.join(folder, 'todo.docx'), 'not ours');
  return folder;
}

/** A Storyboarder project with its images folder; the last board has no picture. */
export async function storyboarderProject(parent: string): Promise<string> {
  const folder = path.join(parent, 'Chase');
  await mkdir(path.join(folder, 'images'), { recursive: true });
  for (const [i, layer] of ['board-1-AAAAA', 'board-1-AAAAA-notes', 'board-2-BBBBB'].entries())
    await writeFile(path.join(folder, 'images', `${layer}.png`), await drawing(i * 100));
  const boards = [
    {
      uid: 'AAAAA',
      url: 'board-1-AAAAA.png',
      newShot: true,
      duration: '1500',
      notes: 'truck left with the car',
      action: 'He runs.',
      layers: { fill: { url: 'board-1-AAAAA.png' }, notes: { url: 'board-1-AAAAA-notes.png' } },
    },
    { uid: 'BBBBB', url: 'board-2-BBBBB.png', newShot: true, dialogue: 'Stop!' },
    { uid: 'CCCCC', url: 'board-3-CCCCC.png', newShot: true, duration: 1000 },
  ];
  const project = { version: '3.0.0', aspectRatio: 1.7777, fps: 24, defaultBoardTiming: 2000, boards };
  await writeFile(path.join(folder, 'Chase.storyboarder'), JSON.stringify(project));
  return folder;
}
