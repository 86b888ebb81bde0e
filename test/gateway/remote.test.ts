/** The door to other machines: TLS with one certificate, names of its own, nothing without it. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { fingerprintOf, openIdentity, systemClock, type Identity } from '../../companion-app/gateway';
import { assertFingerprint, pinned, seeCertificate } from '../../companion-app/daemon/remote/pin';
import { openRelay, type Relay } from '../../companion-app/daemon/remote/relay';
import { toProblem } from '../../shared/problem';
import { RawClient, helloMessage } from './support/raw-client';
import { memoryLog, startRig, type Rig } from './support/rig';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from './support/rig';

/** An address of this machine that is not the one the loopback door stands on. macOS has it only when it is added by hand. */
const HERE = '127.0.0.2';
const onLinux = process.platform === 'linux' ? describe : describe.skip;

let folder: string;
const { log, lines } = memoryLog();
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const identityAt = (file: string): Promise<Identity> => openIdentity({ file, names: [HERE], clock: systemClock, log });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => toProblem(error).code,
  );

test('the certificate is made once, for this user alone; a damaged one is set aside, and another key is no certificate', async () => {
  const file = path.join(folder, 'identity.pem');
  const first = await identityAt(file);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(await identityAt(file)).toEqual(first);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  const other = await identityAt(path.join(folder, 'other.pem'));
  expect(other.fingerprint).not.toBe(first.fingerprint);
  await writeFile(file, `${other.key}\n${first.certificate}\n`);
  expect((await identityAt(file)).fingerprint).not.toBe(first.fingerprint);
  expect(await readFile(`${file}.broken`, 'utf8')).toContain('BEGIN');
  expect(lines.some(({ text }) => text.includes('set aside'))).toBe(true);
});

test('a fingerprint is taken with or without colons, and no shorter or other one', async () => {
  const { certificate, fingerprint } = await identityAt(path.join(folder, 'i.pem'));
  const colons = (fingerprint.toUpperCase().match(/../g) ?? []).join(':');
  expect(() => assertFingerprint(certificate, colons)).not.toThrow();
  for (const wrong of ['', fingerprint.slice(0, 32), fingerprint.replace(/^./, (c) => (c === '0' ? '1' : '0'))])
    expect(() => assertFingerprint(certificate, wrong)).toThrow(/another machine/);
});

onLinux('over TLS', () => {
  let rig: Rig;
  let identity: Identity;
  let relay: Relay | null = null;
  beforeEach(async () => {
    identity = await identityAt(path.join(folder, 'identity.pem'));
    await writeFile(path.join(folder, 'clip.mov'), '0123456789');
    rig = await startRig({
      remote: { addresses: [HERE], names: [HERE, 'render-box'], identity },
      clips: { clipPath: (id) => Promise.resolve(id === 'job-0001' ? path.join(folder, 'clip.mov') : null) },
    });
  });
  afterEach(async () => {
    await relay?.stop();
    relay = null;
    await rig.close();
  });

  const status = (headers: Record<string, string>, ca = identity.certificate): Promise<number | string> =>
    new Promise((resolve) => {
      https
        .get({ host: HERE, port: rig.port, path: '/health', headers, agent: false, ...pinned(ca) }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });

  test('other machines come in by the names it has, and by no others', async () => {
    const host = (name: string): Record<string, string> => ({ Host: `${name}:${rig.port}` });
    expect(await status(host(HERE))).toBe(200);
    expect(await status(host('render-box'))).toBe(200);
    for (const name of ['localhost', '127.0.0.1', 'evil.example']) expect(await status(host(name))).toBe(403);
    expect(await status({ ...host(HERE), Origin: 'https://evil.example' })).toBe(403);
    expect(await status({ ...host(HERE), Origin: `http://${HERE}:${rig.port}` })).toBe(403);
    expect(await status({ ...host(HERE), Origin: `https://${HERE}:${rig.port}` })).toBe(200);
  });

  test('strangers of other machines take no place from this one’s', async () => {
    await rig.restart({ limits: { strangers: 2 } });
    const far = `wss://${HERE}:${rig.port}`;
    const here = { rejectUnauthorized: false };
    const strangers = [await RawClient.connect(far, here), await RawClient.connect(far, here)];
    await expect(RawClient.connect(far, here)).rejects.toThrow('503');
    await (await RawClient.welcomed(rig)).close();
    for (const stranger of strangers) await stranger.close();
  });

  test('who shows another certificate is not believed; old TLS and bare words are hung up on', async () => {
    const other = await identityAt(path.join(folder, 'other.pem'));
    expect(await status({}, other.certificate)).toMatch(/CERT|SELF_SIGNED|UNABLE/);
    const ended = (socket: net.Socket): Promise<boolean> =>
      new Promise((resolve) => {
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(true));
      });
    const old = tls.connect({ host: HERE, port: rig.port, maxVersion: 'TLSv1.2', rejectUnauthorized: false });
    expect(await ended(old)).toBe(true);
    const bare = net.connect(rig.port, HERE, () => bare.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n'));
    bare.resume();
    expect(await ended(bare)).toBe(true);
    expect(fingerprintOf(await seeCertificate({ host: HERE, port: rig.port }, 5_000))).toBe(identity.fingerprint);
  });

  test('without it nothing but loopback is listened on', async () => {
    const plain = await startRig();
    const refused = await new Promise<string>((resolve) => {
      net
        .connect(plain.port, HERE)
        .on('connect', () => resolve('open'))
        .on('error', (e: NodeJS.ErrnoException) => resolve(e.code ?? ''));
    });
    await plain.close();
    expect(refused).toBe('ECONNREFUSED');
  });

  test('an address that is not this machine’s is an error, and leaves nothing open', async () => {
    const taken = startRig({ remote: { addresses: ['192.0.2.1'], names: [], identity } });
    expect(await codeOf(taken)).toBe('not-found');
  });

  test('the relay leads the same panel there: WebSocket, clips from a byte on, and the rules of this machine', async () => {
    relay = await openRelay({ host: HERE, port: rig.port, certificate: identity.certificate, ports: [0] });
    const client = await RawClient.connect(`ws://127.0.0.1:${relay.port}`, { origin: 'uxp://com.inbetween.panel' });
    client.say(helloMessage(rig.token));
    await client.next('hello-ack');
    client.say({ type: 'ping', ref: 'far' });
    expect((await client.next('pong')).ref).toBe('far');
    const base = `http://127.0.0.1:${relay.port}`;
    const headers = { Authorization: `Bearer ${rig.token}`, Range: 'bytes=4-6' };
    const clip = await fetch(`${base}/clip/job-0001`, { headers });
    expect([clip.status, await clip.text()]).toEqual([206, '456']);
    expect((await fetch(`${base}/health`, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    await expect(RawClient.connect(`ws://127.0.0.1:${relay.port}`, { origin: 'https://evil.example' })).rejects.toThrow(
      '403',
    );
    await client.close();
  });

  test('a relay that pins another certificate brings nothing through', async () => {
    const other = await identityAt(path.join(folder, 'other.pem'));
    relay = await openRelay({ host: HERE, port: rig.port, certificate: other.certificate, ports: [0] });
    expect((await fetch(`http://127.0.0.1:${relay.port}/health`)).status).toBe(502);
    await expect(RawClient.connect(`ws://127.0.0.1:${relay.port}`)).rejects.toThrow();
  });
});
