/** `inbetween queue …` and `doctor` against a daemon that runs, and against none. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { install, run, serve, version, type Ran, type Served } from './fixtures/installed';
import { Panel } from './fixtures/panel';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Served | null = null;
beforeAll(install);
beforeEach(async () => (folder = await tempFolder()));
afterEach(async () => {
  daemon?.child.kill('SIGKILL');
  await daemon?.ended;
  daemon = null;
  await folder.remove();
});

const queue = (...args: string[]): Promise<Ran> => run(['queue', ...args, '--data', folder.path]);

async function list(...args: string[]): Promise<{ paused: boolean; states: string[] }> {
  const { stdout } = await queue('list', '--json', ...args);
  const { paused, jobs } = JSON.parse(stdout) as { paused: boolean; jobs: { state: string }[] };
  return { paused, states: jobs.map((job) => job.state) };
}

it('says clearly that no companion runs', async () => {
  for (const args of [['list'], ['pause'], ['retry', '--all'], ['cancel', 'job-000001', '--json']]) {
    const { code, stdout, stderr } = await queue(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No companion is running');
    expect(stderr).toContain('inbetween serve');
  }
});

it('says so too when the last one was killed', async () => {
  daemon = await serve(folder.path);
  daemon.child.kill('SIGKILL');
  await daemon.ended;
  expect((await queue('list')).stderr).toContain('No companion is running');
});

it('lists, pauses, cancels, retries and resumes', async () => {
  daemon = await serve(folder.path);
  const { panel } = await Panel.connect(daemon.port, { code: daemon.pairing });
  expect((await queue('pause')).stdout).toContain('Paused');
  await panel.submit(
    [1, 2, 3].map((n) => spec(n, { board: sha('b'), notes: n === 2 ? 'throw=1' : '' })),
    ['b'],
  );
  expect(await list()).toEqual({ paused: true, states: ['queued', 'queued', 'queued'] });

  expect(await queue('cancel', 'job-000003', '--json')).toMatchObject({
    code: 0,
    stdout: '{"jobIds":["job-000003"]}\n',
  });
  expect(await queue('cancel', 'job-000009')).toMatchObject({ code: 1, stdout: '0 of 1 jobs are cancelled\n' });
  expect((await queue('resume', '--json')).stdout).toBe('{"paused":false}\n');
  await until(async () => (await list()).states.join() === 'rendered,failed,cancelled');
  expect(await list('--state', 'failed')).toEqual({ paused: false, states: ['failed'] });
  const told = (await queue('list')).stdout;
  expect(told).toContain('SH020, 24 frames  Ended at step 1.');
  expect(told).toContain('3 jobs\n');

  await queue('pause');
  expect((await queue('retry', '--all')).stdout).toBe('1 of 1 jobs are queued again\n');
  expect((await list()).states).toEqual(['rendered', 'queued', 'cancelled']);
  const vague = await queue('retry');
  expect(vague.code).toBe(1);
  expect(vague.stderr).toContain('--all');
});

it('shows its version and help, and refuses what it does not know', async () => {
  expect((await run(['--version'])).stdout).toBe(`${version}\n`);
  expect((await run(['--help'])).stdout).toContain('serve');
  const wrong = await run(['serve', '--port', '99999']);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('0 to 65535');
  expect((await run(['dream'])).code).toBe(1);
});

it('examines the machine', async () => {
  daemon = await serve(folder.path);
  const { stdout } = await run(['doctor', '--json', '--data', folder.path]);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; ok: boolean; detail: string }[] };
  const check = (name: string) => checks.find((each) => each.name === name);
  expect(check('data folder')?.detail).toContain('GB free');
  expect(check('render process')).toMatchObject({ ok: true, detail: 'engines: parallax' });
  expect(check('ffmpeg')?.ok).toBe(true);
  expect(check('provider cpu')?.ok).toBe(true);
  expect(check('port')?.detail).toContain(String(daemon.port));
});

it('says what is missing', async () => {
  const env = { FFMPEG_PATH: '/nowhere/ffmpeg', FAKE_RENDER: 'stillborn' };
  const { code, stdout } = await run(['doctor', '--data', folder.path], env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/FAIL {2}ffmpeg .*\/nowhere\/ffmpeg/);
  expect(stdout).toMatch(/FAIL {2}render process .*does not start/);
});

it('conform writes beside the storyboard under names of its own, and the folder is still read as the project it was', async () => {
  const board = (uid: string) => ({ uid, url: `board-${uid}.png`, newShot: true, duration: 1000, layers: {} });
  const project = JSON.stringify({
    version: '3.0.0',
    aspectRatio: 1.77,
    fps: 24,
    boards: [board('AAAA1'), board('BBBB2')],
  });
  const event = (name: string, at: number) =>
    `001  AX V C 00:00:00:00 00:00:01:00 01:00:0${at}:00 01:00:0${at + 1}:00\n* FROM CLIP NAME: ${name}\n`;
  const at = (name: string) => path.join(folder.path, name);
  await writeFile(at('film.storyboarder'), project);
  await writeFile(at('storyboard.csv'), 'mine');
  await writeFile(at('cut.edl'), `TITLE: t\n${event('board-BBBB2', 0)}${event('board-AAAA1', 1)}`);
  for (const _ of ['first', 'again']) {
    const ran = await run(['conform', folder.path, at('cut.edl'), '--fps', '24', '--out', folder.path, '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ counts: { kept: 1, moved: 1 } });
  }
  expect(await readFile(at('film.storyboarder'), 'utf8')).toBe(project);
  expect(await readFile(at('storyboard.csv'), 'utf8')).toBe('mine');
  const edited = JSON.parse(await readFile(at('film (edit).storyboarder'), 'utf8')) as { boards: { uid: string }[] };
  expect(edited.boards.map(({ uid }) => uid)).toEqual(['BBBB2', 'AAAA1']);
});
