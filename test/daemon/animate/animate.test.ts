/** The command line over real files, with everything a folder of boards can have wrong with it. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { readTimeline } from '../../../companion-app/interchange/in';
import { probeClip } from '../../../companion-app/media';

jest.setTimeout(180_000);

const entry = path.resolve(__dirname, '../../../dist/inbetween.cjs');
let folder: string;
beforeAll(() => {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run "npm run build" first.');
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inbetween-animate-'));
  mkdirSync(path.join(folder, 'boards'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const zShot = z.object({
  name: z.string(),
  state: z.string(),
  file: z.string().nullable(),
  frames: z.number(),
  moves: z.array(z.object({ kind: z.string() })),
  problem: z.object({ code: z.string(), message: z.string(), action: z.string() }).nullable(),
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function inbetween(args: string[], env: NodeJS.ProcessEnv = {}, killAfter?: RegExp): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      if (killAfter?.test(stderr) === true) child.kill('SIGKILL');
    });
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

const draw = (name: string, width = 320, height = 180): Promise<unknown> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><circle cx="${width / 2}" cy="${height / 2}" r="${height / 4}" fill="#ccc" stroke="#000" stroke-width="4"/><path d="M0 ${height * 0.8}H${width}" stroke="#000" stroke-width="3"/></svg>`,
    ),
  )
    .png()
    .toFile(path.join(folder, 'boards', name));

const common = (out: string): string[] => ['--size', '160x90', '--out', path.join(folder, out)];
const shotsOf = (out: string) =>
  z.object({ shots: z.array(zShot) }).parse(JSON.parse(readFileSync(path.join(folder, out, 'result.json'), 'utf8')))
    .shots;

test('bad boards fail by themselves, each with a reason and a thing to do; the others are made; nothing half-written stays', async () => {
  await draw('SH010.png');
  await draw(`SH020 "quo'tes" & émoji 🎬 push in.png`);
  writeFileSync(path.join(folder, 'boards', 'SH030 empty.png'), '');
  writeFileSync(path.join(folder, 'boards', 'SH040 words.png'), '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
  const whole = readFileSync(path.join(folder, 'boards', 'SH010.png'));
  writeFileSync(path.join(folder, 'boards', 'SH050 cut.png'), whole.subarray(0, Math.floor(whole.length / 2)));
  const huge = Buffer.from(whole);
  huge.writeUInt32BE(30000, 16);
  huge.writeUInt32BE(30000, 20);
  writeFileSync(path.join(folder, 'boards', 'SH060 huge.png'), huge);
  execFileSync('ln', ['-s', path.join(folder, 'nowhere.png'), path.join(folder, 'boards', 'SH070 gone.png')]);

  const ran = await inbetween(['animate', path.join(folder, 'boards'), '--frames', '4', ...common('out')]);
  expect(ran.code).toBe(1);
  const shots = shotsOf('out');
  expect(shots.map((shot) => [shot.name, shot.state])).toEqual([
    ['SH010', 'rendered'],
    ['SH020', 'rendered'],
    ['SH030', 'failed'],
    ['SH040', 'failed'],
    ['SH050', 'failed'],
    ['SH060', 'failed'],
    ['SH070', 'failed'],
  ]);
  for (const shot of shots.filter((s) => s.state === 'failed')) {
    expect(shot.problem!.code).toMatch(/^board-/);
    expect(shot.problem!.action).not.toBe('');
    expect(ran.stdout).toContain(shot.problem!.message);
  }
  expect(shots.find((shot) => shot.name === 'SH020')!.moves.map((move) => move.kind)).toContain('push-in');
  for (const shot of shots.filter((s) => s.file !== null)) expect((await probeClip(shot.file!)).frames).toBe(4);
  expect(readdirSync(path.join(folder, 'out')).filter((name) => /\.(part|tmp)/.test(name))).toEqual([]);
});

test.each([
  [['--frames', '1'], 0, 1],
  [['--frames', '3', '--fit', 'letterbox', '--codec', 'h264'], 0, 3],
])('a shot with %j', async (args, code, frames) => {
  await draw('tall.png', 90, 300);
  const ran = await inbetween([
    'animate',
    path.join(folder, 'boards', 'tall.png'),
    '--notes',
    '',
    ...args,
    ...common('out'),
  ]);
  expect([ran.code, ran.stderr.includes('Error')]).toEqual([code, false]);
  const [shot] = shotsOf('out');
  const facts = await probeClip(shot!.file!);
  expect([facts.frames, facts.size]).toEqual([frames, { width: 160, height: 90 }]);
});

test.each([
  [['--frames', '0'], /whole number/],
  [['--frames', '99999'], /more than a shot may have/],
  [['--fps', '0'], /frame rate/i],
  [['--size', '161x90'], /even/],
  [['--frames', '2', '--seconds', '1'], /not both/],
  [['--moves', 'he waves'], /no camera move/],
  [['--shot-file', '/nowhere/shots.json'], /no shot file/],
  [['--pack', '/nowhere'], /no model pack/],
])('arguments that ask for nothing that can be made: %j', async (args, words) => {
  await draw('a.png');
  const ran = await inbetween(['animate', path.join(folder, 'boards'), ...args, '--out', path.join(folder, 'out')]);
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(words);
  expect(readdirSync(folder)).toEqual(['boards']);
});

test('own moves, twos, and a file of parts that move win over the note', async () => {
  await draw('SH010.png');
  await draw('SH020.png');
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="45"><rect width="80" height="45"/><circle cx="40" cy="22" r="14" fill="#fff"/></svg>`;
  await sharp(Buffer.from(mask)).png().toFile(path.join(folder, 'ball.png'));
  const way = [
    { x: 0, y: 0 },
    { x: 0.2, y: 0 },
  ];
  const ball = { id: 'b', name: 'ball', outline: [], mask: 'ball.png', path: way, from: 0, to: 6, ease: 'linear' };
  writeFileSync(
    path.join(folder, 'shots.json'),
    JSON.stringify({ shots: { SH020: { moves: 'hold', regions: [ball] } } }),
  );
  const wishes = ['--notes', 'pan left', '--moves', 'zoom in 1.3x linear', '--on-twos', '--frames', '6'];
  const ran = await inbetween([
    ...['animate', path.join(folder, 'boards'), ...wishes],
    ...['--shot-file', path.join(folder, 'shots.json'), ...common('out')],
  ]);
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const [zoomed, held] = shotsOf('out');
  expect(zoomed!.moves.map((move) => move.kind)).toEqual(['zoom-in']);
  expect(held!.moves.map((move) => move.kind)).toEqual(['hold']);
  // The camera of SH020 rests: what differs between its frames is the ball, and on twos pairs are alike.
  const frames = execFileSync('ffmpeg', ['-v', 'error', '-i', held!.file!, '-f', 'framemd5', '-'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => line.split(',').at(-1)!.trim());
  expect(frames).toHaveLength(6);
  expect([frames[0] === frames[1], frames[2] === frames[3], frames[4] === frames[5]]).toEqual([true, true, true]);
  expect(new Set(frames).size).toBe(3);
});

test('several takes with handles: the first is in the cut without them, all are in the timelines', async () => {
  await draw('SH010 handheld.png');
  const boards = path.join(folder, 'boards');
  const asked = ['--fps', '24', '--frames', '2', '--takes', '2', '--handles', '1'];
  const ran = await inbetween(['animate', boards, ...asked, ...common('out')]);
  expect(ran.code).toBe(0);
  const out = (name: string): string => path.join(folder, 'out', name);
  for (const name of ['SH010.mov', 'SH010_t02.mov']) expect((await probeClip(out(name))).frames).toBe(4);
  expect((await probeClip(out('animatic.mp4'))).frames).toBe(2);
  for (const file of ['timeline.otio', 'timeline.fcpxml']) {
    const [used] = (await readTimeline(out(file))).tracks.filter(({ kind }) => kind === 'video').at(-1)!.clips;
    expect([used!.frames, used!.sourceIn, used!.media.frames]).toEqual([2, 1, 4]);
    expect(used!.takes.map(({ media }) => media.path)).toEqual([out('SH010.mov'), out('SH010_t02.mov')]);
  }
});

test('without ffmpeg every shot says so and what to do', async () => {
  await draw('a.png');
  const ran = await inbetween(['animate', path.join(folder, 'boards'), '--frames', '2', ...common('out')], {
    FFMPEG_PATH: path.join(folder, 'no-ffmpeg'),
    FFPROBE_PATH: path.join(folder, 'no-ffprobe'),
    PATH: path.join(folder, 'empty'),
  });
  expect(ran.code).toBe(1);
  expect(shotsOf('out')[0]!.problem).toMatchObject({ code: 'ffmpeg-missing' });
});

test('a run killed in the middle goes on when the same command is given again', async () => {
  for (const name of ['SH010.png', 'SH020.png', 'SH030.png']) await draw(name);
  const args = ['animate', path.join(folder, 'boards'), '--frames', '4', '--notes', 'push in', ...common('out')];
  await inbetween(args, {}, /SH010: 4 frames/);
  expect(existsSync(path.join(folder, 'out', 'result.json'))).toBe(false);
  const again = await inbetween(args);
  expect(again.code).toBe(0);
  expect(again.stderr).not.toContain('SH010: 4 frames');
  expect(shotsOf('out').map((shot) => shot.state)).toEqual(['rendered', 'rendered', 'rendered']);
});
