/** The daemon as it is installed: one a folder, private, polite when it ends. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobRow } from '../../shared/protocol';
import { dataLayout } from '../../companion-app/daemon';
import { spec, sha, tempFolder, until } from '../queue/fixtures/specs';
import { install, run, serve, version, type Served } from './fixtures/installed';
import { Panel } from './fixtures/panel';

let folder: Awaited<ReturnType<typeof tempFolder>>;
const served: Served[] = [];

async function start(env: Record<string, string> = {}): Promise<Served> {
  const daemon = await serve(folder.path, env);
  served.push(daemon);
  return daemon;
}

beforeAll(install);
beforeEach(async () => (folder = await tempFolder()));
afterEach(async () => {
  for (const { child, ended } of served.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await folder.remove();
});

it('says first that it is ready, then renders for a paired panel', async () => {
  const { port, pairing } = await start();
  const { panel, hello } = await Panel.connect(port, { code: pairing });
  expect(hello.companion.version).toBe(version);
  const states: string[] = [];
  panel.on((message) => message.type === 'event' && states.push(message.event.state));
  await panel.ask({ type: 'since', ref: panel.ref(), seq: hello.seq }, 'caught-up');
  await panel.submit([spec(1, { board: sha('a board') })], ['a board']);
  await until(() => states.includes('rendered'));
  const { job } = await panel.ask({ type: 'deliver', ref: panel.ref(), jobId: 'job-000001' }, 'deliver-ack');
  expect(path.relative(dataLayout(folder.path).takes, job.take!.path)).toBe(
    path.join('SQ01', 'SH010_t01_job-000001.mov'),
  );
  const placement = { trackIndex: 1, startFrame: 0, frames: 24, name: 'SH010' };
  await panel.ask({ type: 'placed', ref: panel.ref(), jobId: 'job-000001', placement }, 'placed-ack');
  await until(() => states.length >= 5);
  expect(states).toEqual(['queued', 'rendering', 'rendered', 'delivered', 'placed']);
});

it('lets a paired panel in again after a restart, under the same store', async () => {
  const first = await start();
  const { panel, hello } = await Panel.connect(first.port, { code: first.pairing });
  await panel.submit([spec(1, { board: sha('never sent') })], []);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = await start();
  const again = await Panel.connect(second.port, { token: hello.token! });
  expect(again.hello.companion.instance).toBe(hello.companion.instance);
  expect(again.hello.seq).toBe(1);
});

it.each(['SIGTERM', 'SIGINT'] as const)('on %s gives the running job back and ends with 0', async (signal) => {
  const { port, pairing, child, ended } = await start();
  const { panel } = await Panel.connect(port, { code: pairing });
  await panel.submit([spec(1, { board: sha('b'), notes: 'steps=500 delay=20' })], ['b']);
  const list = () => panel.ask({ type: 'list', ref: panel.ref() }, 'list-ack');
  await until(async () => (await list()).jobs[0]?.state === 'rendering');
  child.kill(signal);
  expect(await ended).toBe(0);
  const layout = dataLayout(folder.path);
  expect(await readdir(layout.attempts)).toEqual([]);
  expect(await readdir(folder.path)).not.toEqual(expect.arrayContaining(['daemon.json']));
  await start();
  const told = JSON.parse((await run(['queue', 'list', '--json', '--data', folder.path])).stdout) as { jobs: JobRow[] };
  expect(told.jobs.map((row) => [row.spec.id, row.problem])).toEqual([['job-000001', undefined]]);
});

it('is alone with its folder, and a killed one leaves no lock', async () => {
  const { child, ended } = await start();
  await expect(serve(folder.path)).rejects.toThrow('Another companion is already running');
  child.kill('SIGKILL');
  await ended;
  expect((await start()).port).toBeGreaterThan(0);
});

(process.platform === 'win32' ? it.skip : it)('writes for its user alone, and no notes into its log', async () => {
  const { port, pairing, child, ended } = await start();
  const { panel } = await Panel.connect(port, { code: pairing });
  await panel.submit([spec(1, { board: sha('b'), notes: 'steps=1 the-secret-ending' })], ['b']);
  await until(
    async () => (await panel.ask({ type: 'list', ref: panel.ref() }, 'list-ack')).jobs[0]?.state === 'rendered',
  );
  child.kill('SIGTERM');
  await ended;
  const open: string[] = [];
  for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (((await stat(file)).mode & 0o077) !== 0) open.push(file);
  }
  expect(open).toEqual([]);
  const log = await readFile(dataLayout(folder.path).log, 'utf8');
  expect(log).toContain('job changed');
  expect(log).not.toContain('secret');
  expect(log).not.toContain(`"${pairing}"`);
});

it('starts with what is left when its queue is broken, and says so', async () => {
  const layout = dataLayout(folder.path);
  const first = await start();
  const { panel, hello } = await Panel.connect(first.port, { code: first.pairing });
  await panel.submit([spec(1, { board: sha('b') })], ['b']);
  await until(
    async () => (await panel.ask({ type: 'list', ref: panel.ref() }, 'list-ack')).jobs[0]?.state === 'rendered',
  );
  first.child.kill('SIGTERM');
  await first.ended;
  await writeFile(layout.store, 'rubbish'.repeat(2000));
  await writeFile(layout.backup, 'rubbish'.repeat(2000));
  const second = await start();
  const { panel: later, hello: anew } = await Panel.connect(second.port, { token: hello.token! });
  expect(anew.companion.instance).not.toBe(hello.companion.instance);
  expect(anew.seq).toBeGreaterThan(hello.seq);
  expect((await later.ask({ type: 'list', ref: later.ref() }, 'list-ack')).jobs.map((job) => job.state)).toEqual([
    'rendered',
  ]);
  expect((await readdir(path.dirname(layout.store))).filter((name) => name.includes('broken'))).not.toEqual([]);
});
