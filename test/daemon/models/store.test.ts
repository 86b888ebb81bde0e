/** `inbetween models catalogue | pull | import | remove | verify` as people run them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { entryFor, GOLDEN, LARGE, packFiles } from '../../inference/catalogue/support/packs';
import { startFileServer, type FileServer } from '../../inference/catalogue/support/server';
import { install, run } from '../fixtures/installed';

const SIZE = 2_000_000;
const files = packFiles(SIZE);
const entryPoint = join(__dirname, '../../../.cache/test-install/inbetween.cjs');

let root = '';
let packs = '';
let catalogue = '';
let server: FileServer;
beforeAll(install);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
  packs = join(root, 'packs');
  catalogue = join(root, 'catalogue.json');
  server = await startFileServer();
  await writeFile(catalogue, JSON.stringify({ version: 1, packs: [entryFor(server, files)] }));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

const models = (...args: string[]) => run(['models', ...args], { INBETWEEN_DATA: root });
const pullArgs = (): string[] => ['pull', 'svd-tiny', '--from', catalogue, '--accept-licence', '--json'];
const visible = async (): Promise<string[]> => (await readdir(packs)).filter((name) => !name.startsWith('.'));

test('catalogue: what comes with Inbetween, and how to get what cannot be pulled', async () => {
  await rm(catalogue);
  const { code, stdout } = await models('catalogue');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^svd-xt-1\.1 {2}Stable Video Diffusion XT 1\.1$/m);
  expect(stdout).toContain('Stability AI Community License (https://stability.ai/license)');
  expect(stdout).toContain('tools/export/export_pack.py');
  const refused = await models('pull', 'svd-xt-1.1', '--accept-licence');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/cannot be pulled[^]*inbetween models import/);
  const unknown = await models('pull', 'sora');
  expect(unknown.stderr).toContain('It has: svd-xt-1.1,');
});

test("a person's own catalogue in the data folder is used with the one that came along", async () => {
  const { stdout } = await models('catalogue', '--json');
  expect(stdout).toContain('"name":"svd-tiny"');
  expect(stdout).toContain('wan2.2-ti2v-5b');
});

test('pull: the licence first; then the pack, which is listed and verified; then remove, asked', async () => {
  const unread = await models('pull', 'svd-tiny', '--from', catalogue);
  expect(unread.code).toBe(1);
  expect(unread.stderr).toContain('You may test with it.');
  expect(unread.stderr).toContain('--accept-licence');
  expect(server.asked).toHaveLength(0);

  const pulled = await models(...pullArgs());
  expect(pulled.stderr).not.toContain('Error');
  expect(JSON.parse(pulled.stdout)).toMatchObject({ name: 'svd-tiny', family: 'svd', already: false });
  const listed = await models('list', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject({ packs: [{ name: 'svd-tiny', family: 'svd' }] });
  expect((await models('verify', join(packs, 'svd-tiny'))).code).toBe(0);

  await truncate(join(packs, 'svd-tiny', LARGE), 1000);
  const verified = await models('verify', join(packs, 'svd-tiny'));
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain(`${LARGE} has 1000 bytes`);

  const kept = await models('remove', 'svd-tiny');
  expect(kept.code).toBe(1);
  expect(kept.stderr).toContain('--yes');
  expect(await visible()).toEqual(['svd-tiny']);
  expect((await models('remove', 'svd-tiny', '--yes')).stdout).toContain('svd-tiny is removed');
  expect(await visible()).toEqual([]);
});

/** Starts a pull and resolves once the large file's part has grown to so many bytes. */
async function pullUntil(bytes: number) {
  const child = spawn(process.execPath, [entryPoint, 'models', ...pullArgs()], {
    env: { ...process.env, INBETWEEN_DATA: root },
    stdio: 'ignore',
  });
  const part = join(packs, '.pull-svd-tiny', 'pack', `${LARGE}.part`);
  while ((await stat(part).catch(() => ({ size: 0 }))).size < bytes) {
    if (child.exitCode !== null) throw new Error(`the pull ended with ${child.exitCode}`);
    await wait(10);
  }
  return { child, part };
}

test('a pull that is killed in the middle is not seen, and the next one fetches only the rest', async () => {
  server.script.set(LARGE, ['drip']);
  const { child, part } = await pullUntil(200_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { size } = await stat(part);
  expect(size).toBeLessThan(SIZE);
  expect(JSON.parse((await models('list', '--json')).stdout)).toMatchObject({ packs: [] });
  const before = server.asked.length;
  expect((await models(...pullArgs())).code).toBe(0);
  const rest = server.asked.slice(before);
  expect(rest.map(({ path }) => path).sort()).toEqual(['model_index.json', LARGE].sort());
  expect(rest.find(({ path }) => path === LARGE)?.range).toBe(`bytes=${size}-`);
  expect((await models('verify', join(packs, 'svd-tiny'))).code).toBe(0);
});

test('two pulls of one pack do not write over each other; Ctrl-C leaves what was pulled', async () => {
  server.script.set(LARGE, ['stall']);
  const { child, part } = await pullUntil(40_000);
  const second = await models(...pullArgs());
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('Another command is at work on svd-tiny');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect((await stat(part)).size).toBeGreaterThanOrEqual(40_000);
  expect(await visible()).toEqual([]);
});

test('a folder of packs that cannot be one is told with what to do', async () => {
  const { code, stderr } = await models(...pullArgs(), '--packs', catalogue);
  expect(code).toBe(1);
  expect(stderr).toContain('cannot be written to');
  expect(stderr).toContain('--packs');
  expect(server.asked).toHaveLength(0);
});

test('import: a folder becomes a pack under the name given, or is refused in words', async () => {
  const from = join(GOLDEN, 'wan-stub-a', 'pack');
  const { stdout } = await models('import', from, '--name', 'wan', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ name: 'wan', linked: 0 });
  expect((await models('verify', join(packs, 'wan'))).code).toBe(0);
  expect((await models('import', from, '--name', 'wan')).stderr).toContain('another pack called wan');
  const other = join(root, 'other');
  await writeFile(other, 'x');
  expect((await models('import', other)).stderr).toContain('There is no folder');
});
