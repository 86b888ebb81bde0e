/** From an editor's timeline to clips and back to a conformed storyboard, through the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { decodeBoard, grabFrames } from '../../../companion-app/media';
import { readTimeline } from '../../../companion-app/interchange/in';
import { RATES } from '../../../shared/shot';
import { TestFolder } from './folder';

jest.setTimeout(120_000);

const entry = path.resolve(__dirname, '../../../dist/inbetween.cjs');
const inbetween = (...args: string[]) => spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8' });
const zResult = z.object({
  fps: z.object({ num: z.number(), den: z.number() }),
  dropFrame: z.boolean(),
  shots: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      startFrame: z.number(),
      timecode: z.string(),
      frames: z.number(),
      file: z.string(),
    }),
  ),
});

let folder: TestFolder;
beforeAll(() => {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run "npm run build" first.');
});
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

async function drawn(name: string, svg: string): Promise<void> {
  const head = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180">';
  folder.write(
    name,
    await sharp(Buffer.from(`${head}${svg}</svg>`))
      .png()
      .toBuffer(),
  );
}

const rate = '<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>';
const clip = (name: string, start: number, end: number, inside: string): string =>
  `<clipitem><name>${name}</name><start>${start}</start><end>${end}</end><in>0</in><out>${end - start}</out>${inside}</clipitem>`;
const still = (url: string): string =>
  `<stillframe>TRUE</stillframe><file id="${url}"><pathurl>${url}</pathurl></file>`;

test('a drop-frame timeline with a board in layers: clips where it says, frame 0 is the board, the edit conforms to it', async () => {
  await drawn(
    'bg.png',
    '<rect width="320" height="180" fill="#eee"/><path d="M0 140H320" stroke="#222" stroke-width="3"/>',
  );
  await drawn('girl.png', '<circle cx="160" cy="80" r="44" fill="#c96" stroke="#000" stroke-width="5"/>');
  await drawn(
    'b.png',
    '<rect width="320" height="180" fill="#fff"/><rect x="90" y="50" width="70" height="90" fill="#69c" stroke="#000" stroke-width="4"/>',
  );
  const panel = `<sequence id="panel"><name>panel</name>${rate}<media><video><track>${clip('bg', 0, 12, still('bg.png'))}</track><track>${clip('girl', 0, 12, still('girl.png'))}</track></video></media></sequence>`;
  folder.write(
    'cut.xml',
    `<xmeml version="5"><sequence id="s"><name>cut</name>${rate}<timecode>${rate}<string>01:00:00;00</string><displayformat>DF</displayformat></timecode>
    <media><video><track>${clip('SH010', 0, 12, panel)}${clip('SH020', 18, 24, still('file://localhost/D%3a/boards/b.png'))}</track></video></media></sequence></xmeml>`,
  );
  const ran = inbetween(
    'animate',
    folder.at('cut.xml'),
    '--size',
    '320x180',
    '--codec',
    'h264',
    '--out',
    folder.at('out'),
  );
  expect([ran.status, ran.stderr]).toEqual([0, expect.any(String)]);
  const result = zResult.parse(JSON.parse(readFileSync(folder.at('out', 'result.json'), 'utf8')));
  expect([result.fps, result.dropFrame]).toEqual([RATES['29.97'], true]);
  expect(result.shots.map((s) => [s.name, s.state, s.startFrame, s.timecode, s.frames])).toEqual([
    ['SH010', 'rendered', 0, '01:00:00;00', 12],
    ['SH020', 'rendered', 18, '01:00:00;18', 6],
  ]);

  const layered = await decodeBoard(folder.at('out', 'boards', 'board-1.psd'));
  expect(layered.layers!.map((l) => l.name)).toEqual(['bg', 'girl']);
  const [first] = await grabFrames(
    { path: result.shots[0]!.file, size: { width: 320, height: 180 }, rate: RATES['29.97'] },
    [0],
  );
  const apart = first!.rgb.reduce((sum, v, i) => sum + Math.abs(v - layered.rgb[i]!), 0) / first!.rgb.length;
  expect(apart).toBeLessThan(4);

  const timeline = await readTimeline(folder.at('out', 'timeline.otio'));
  expect(timeline.tracks[0]!.clips.map((c) => [c.start, c.frames, path.basename(c.media.path), c.found])).toEqual([
    [0, 12, 'board-1.png', true],
    [18, 6, 'b.png', true],
  ]);

  const conformed = inbetween(
    'conform',
    folder.at('cut.xml'),
    folder.at('out', 'timeline.xml'),
    '--out',
    folder.at('conform'),
    '--json',
  );
  expect(conformed.status).toBe(0);
  expect(JSON.parse(conformed.stdout)).toMatchObject({
    counts: { kept: 2, deleted: 0, added: 0 },
    gapFrames: 6,
    frames: 24,
  });
  for (const name of ['conform.txt', 'conform.json', 'conform.html', 'storyboard.csv'])
    expect(existsSync(folder.at('conform', name))).toBe(true);
});

test('what cannot be read ends with a reason, one thing to do, and a failing exit', () => {
  folder.write('film.prproj', 'x');
  const ran = inbetween('animate', folder.at('film.prproj'), '--out', folder.at('out'));
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('Premiere project');
  expect(ran.stderr).toContain('Export the sequence');
});
