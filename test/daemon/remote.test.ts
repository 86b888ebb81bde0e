/** A companion in the machine room, as it is installed: served over TLS, connected to from another folder, its clips fetched. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { dataLayout } from '../../companion-app/daemon';
import { silentLog } from '../../companion-app/daemon/logs';
import { remoteDoor } from '../../companion-app/daemon/remote/serve-remote';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { begin, install, run, serve, type Served } from './fixtures/installed';
import { Panel } from './fixtures/panel';

const HERE = '127.0.0.2';
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a remote companion', () => {
  let far: Awaited<ReturnType<typeof tempFolder>>;
  let near: Awaited<ReturnType<typeof tempFolder>>;
  let box: Served;
  const children: ChildProcess[] = [];
  beforeAll(install);
  beforeEach(async () => {
    [far, near] = [await tempFolder(), await tempFolder()];
    box = await serve(far.path, {}, undefined, ['--remote', HERE]);
  });
  afterEach(async () => {
    for (const child of [...children.splice(0), box.child]) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await gone;
      }
    }
    await far.remove();
    await near.remove();
  });

  const url = (): string => `wss://${HERE}:${box.port}`;
  const connect = (more: readonly string[]): Promise<ChildProcess> =>
    begin(['connect', url(), '--port', '0', '--data', near.path, ...more]).then((child) => {
      children.push(child);
      return child;
    });
  const fingerprint = async (): Promise<string> => {
    const pem = await readFile(dataLayout(far.path).identity, 'utf8');
    const base64 = /-----BEGIN CERTIFICATE-----([^-]+)/.exec(pem)?.[1] ?? '';
    return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
  };
  const zAnnounced = z.object({ port: z.number() });

  test('is paired once by code and fingerprint; shots go there and clips come back, whole though cut off before', async () => {
    await expect(connect(['--code', box.pairing, '--fingerprint', 'ab'.repeat(32)])).rejects.toThrow('another machine');
    await expect(connect([])).rejects.toThrow('not paired');
    const first = await connect(['--code', box.pairing, '--fingerprint', await fingerprint()]);
    const kept = dataLayout(near.path).companions;
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    const gone = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGTERM');
    expect(await gone).toBe(0);

    await connect([]); // the certificate and the token are known by now
    const { port } = zAnnounced.parse(JSON.parse(await readFile(dataLayout(near.path).running, 'utf8')));
    const token = (await readFile(dataLayout(near.path).localToken, 'utf8')).trim();
    const { panel } = await Panel.connect(port, { token });
    await panel.submit([spec(1, { board: sha('a board') })], ['a board']);
    const rows = () => panel.ask({ type: 'list', ref: panel.ref() }, 'list-ack');
    await until(async () => (await rows()).jobs[0]?.state === 'rendered');
    const { take } = (await rows()).jobs[0]!;

    const takes = path.join(near.path, 'fetched');
    await mkdir(takes);
    const name = path.basename(take!.path);
    await writeFile(path.join(takes, `${name}.part`), await readFile(take!.path));
    await truncate(path.join(takes, `${name}.part`), Math.floor(take!.bytes / 2));
    const ran = await run(['queue', 'fetch', takes, '--data', near.path]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(await readdir(takes)).toEqual([name]);
    expect(
      createHash('sha256')
        .update(await readFile(path.join(takes, name)))
        .digest('hex'),
    ).toBe(take!.sha256);

    // A part with other bytes in it is found out and fetched anew.
    await writeFile(path.join(takes, name), 'x'.repeat(take!.bytes));
    await writeFile(path.join(takes, `${name}.part`), 'y'.repeat(Math.floor(take!.bytes / 2)));
    expect((await run(['queue', 'fetch', takes, '--data', near.path])).code).toBe(0);
    expect(
      createHash('sha256')
        .update(await readFile(path.join(takes, name)))
        .digest('hex'),
    ).toBe(take!.sha256);
  });
});

test.each(['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'])(
  '%s is no address to let others in by',
  async (address) => {
    const door = remoteDoor({ addresses: [address], names: [] }, '/nowhere/identity.pem', silentLog);
    await expect(door).rejects.toThrow('cannot be opened');
  },
);
