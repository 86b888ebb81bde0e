/** Pairing: a code for people, a token for the panel, a file that gives neither away. */
import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPairingFile, Pairing, type Clock, type PairingOptions, type Seal } from '../../companion-app/gateway';
import { toProblem } from '../../shared/problem';
import { memoryLog, temporaryFolder } from './support/rig';

/** Time that passes when told to. */
class HandClock implements Clock {
  private time = 1_000;
  private readonly timers = new Set<{ at: number; act: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.time + ms, act };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  pass(ms: number): void {
    this.time += ms;
    for (const timer of [...this.timers]) {
      if (timer.at > this.time) continue;
      this.timers.delete(timer);
      timer.act();
    }
  }
}

let folder: string;
let file: string;
let clock: HandClock;
const { log, lines } = memoryLog();
beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, 'paired.json');
  clock = new HandClock();
  lines.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const load = (more: Partial<PairingOptions> = {}): Promise<Pairing> =>
  Pairing.load({ store: createPairingFile(file, log), clock, log, random: randomBytes, ...more });
const panel = { name: 'panel', instance: 'panel-1' };
const wrong = (code: string): string => (code === '123456' ? '654321' : '123456');
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'paired',
    (error: unknown) => toProblem(error).code,
  );

test('a code becomes a token that is good after a restart too', async () => {
  const pairing = await load();
  const code = pairing.openCode();
  expect(code).toMatch(/^\d{6}$/);
  const token = await pairing.redeem(code, panel);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(pairing.verify(token)).toBe(true);
  expect((await load()).verify(token)).toBe(true);
  for (const other of ['', 'x', token.slice(1), `${token}=`, token.toUpperCase()])
    expect(pairing.verify(other)).toBe(false);
});

test('the file holds no token and no code, and is for this user alone', async () => {
  const pairing = await load();
  const code = pairing.openCode();
  const token = await pairing.redeem(code, panel);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain(token);
  expect(text).not.toContain(code);
  expect((await lstat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['paired.json']);
  expect(JSON.stringify(lines)).not.toContain(token);
  await chmod(file, 0o644);
  await load();
  expect((await lstat(file)).mode & 0o777).toBe(0o600);
});

test('a code works once', async () => {
  const pairing = await load();
  const code = pairing.openCode();
  const both = await Promise.all([
    codeOf(pairing.redeem(code, panel)),
    codeOf(pairing.redeem(code, { ...panel, instance: 'two' })),
  ]);
  expect(both.sort()).toEqual(['paired', 'pairing-failed']);
  expect(pairing.currentCode).toBeNull();
});

test('a code dies of age, and of a newer code', async () => {
  const pairing = await load({ codeMs: 60_000 });
  const old = pairing.openCode();
  clock.pass(59_999);
  expect(pairing.currentCode).toBe(old);
  clock.pass(1);
  expect(await codeOf(pairing.redeem(old, panel))).toBe('pairing-failed');
  const replaced = pairing.openCode();
  let code = pairing.openCode();
  while (code === replaced) code = pairing.openCode();
  expect(await codeOf(pairing.redeem(replaced, panel))).toBe('pairing-failed');
  clock.pass(1_000);
  expect(await codeOf(pairing.redeem(code, panel))).toBe('paired');
});

test('guessing is slowed, then locked until a person asks for a new code', async () => {
  const pairing = await load({ maxFailures: 3, restMs: 1_000 });
  const code = pairing.openCode();
  expect(await codeOf(pairing.redeem(wrong(code), panel))).toBe('pairing-failed');
  expect(await codeOf(pairing.redeem(code, panel))).toBe('pairing-locked'); // too soon, though right
  clock.pass(1_000);
  expect(await codeOf(pairing.redeem(wrong(code), panel))).toBe('pairing-failed');
  clock.pass(1_000);
  expect(await codeOf(pairing.redeem(wrong(code), panel))).toBe('pairing-locked');
  clock.pass(1_000_000);
  expect(await codeOf(pairing.redeem(code, panel))).toBe('pairing-locked');
  expect(pairing.currentCode).toBeNull();
  expect(await codeOf(pairing.redeem(pairing.openCode(), panel))).toBe('paired');
});

test('pairing the same panel again replaces its token; too many panels push the oldest out', async () => {
  const pairing = await load({ maxClients: 2 });
  const pair = (instance: string): Promise<string> => pairing.redeem(pairing.openCode(), { name: instance, instance });
  const first = await pair('a');
  const again = await pair('a');
  expect([pairing.verify(first), pairing.verify(again)]).toEqual([false, true]);
  const b = await pair('b');
  const c = await pair('c');
  expect([again, b, c].map((token) => pairing.verify(token))).toEqual([false, true, true]);
  expect(pairing.pairedClients.map(({ instance }) => instance)).toEqual(['b', 'c']);
  await pairing.revokeAll();
  expect([b, c].map((token) => pairing.verify(token))).toEqual([false, false]);
  expect((await load()).pairedClients).toEqual([]);
});

test.each(['', '{"version":1', '[]', '{"version":2,"clients":[]}', '{"version":1,"clients":[{"hash":"x"}]}'])(
  'a damaged file (%p) is set aside and told of',
  async (text) => {
    await writeFile(file, text);
    const pairing = await load();
    expect(pairing.pairedClients).toEqual([]);
    expect(await readFile(`${file}.broken`, 'utf8')).toBe(text);
    expect(lines).toHaveLength(1);
    expect(await codeOf(pairing.redeem(pairing.openCode(), panel))).toBe('paired');
  },
);

test('a token that cannot be kept is not given out', async () => {
  const pairing = await load({ store: createPairingFile(path.join(folder, 'gone', 'paired.json'), log) });
  expect(await codeOf(pairing.redeem(pairing.openCode(), panel))).toBe('folder-unwritable');
  expect(pairing.pairedClients).toEqual([]);
  await mkdir(path.join(folder, 'gone'));
  expect(await codeOf(pairing.redeem(pairing.openCode(), panel))).toBe('paired');
});

test('what a crash left of an earlier write is no hindrance', async () => {
  await writeFile(`${file}.new`, 'half');
  const pairing = await load();
  expect(await codeOf(pairing.redeem(pairing.openCode(), panel))).toBe('paired');
  expect(await readdir(folder)).toEqual(['paired.json']);
});

test('all codes are equally likely: values that would favour some are drawn again', async () => {
  const drawn = [0xffff_ffff, 4_294_000_000, 4_293_999_999];
  const random = (bytes: number): Buffer => {
    const buffer = Buffer.alloc(bytes);
    if (bytes === 4) buffer.writeUInt32LE(drawn.shift()!);
    return buffer;
  };
  expect((await load({ random })).openCode()).toBe('999999');
  expect(drawn).toEqual([]);
});

/** A keychain that turns bytes round. */
const keychain = (there = true): Seal => ({
  available: () => Promise.resolve(there),
  seal: (text) => Promise.resolve(Buffer.from(text).map((byte) => byte ^ 0x5a)),
  open: (sealed) => Promise.resolve(Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString()),
});

test('where the system has a keychain the list of who is paired is sealed, an older open one at the next pairing', async () => {
  const open = await load();
  const token = await open.redeem(open.openCode(), panel);
  expect(await readFile(file, 'utf8')).toContain('panel-1');
  const sealed = await load({ store: createPairingFile(file, log, keychain()) });
  expect(sealed.verify(token)).toBe(true);
  const second = await sealed.redeem(sealed.openCode(), { name: 'other', instance: 'panel-2' });
  expect(await readFile(file, 'utf8')).not.toMatch(/panel-|hash/);
  if (process.platform !== 'win32') expect((await lstat(file)).mode & 0o777).toBe(0o600);
  const later = await load({ store: createPairingFile(file, log, keychain()) });
  expect([later.verify(token), later.verify(second), later.verify('x')]).toEqual([true, true, false]);
  // Without the keychain nobody is let in by it, and the file is kept aside.
  expect((await load()).verify(token)).toBe(false);
  expect(await readdir(folder)).toContain('paired.json.broken');
});

test('a keychain that hides nothing is not used', async () => {
  const pairing = await load({ store: createPairingFile(file, log, keychain(false)) });
  await pairing.redeem(pairing.openCode(), panel);
  expect(await readFile(file, 'utf8')).toContain('panel-1');
});
