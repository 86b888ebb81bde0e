import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createSimulator, realClock, runBundle, virtualClock, type Simulator } from '../premiere-simulator';
import { files, type Files } from './fixtures';

let media: Files;
const sims: Simulator[] = [];
const simulator = (requiredPermissions?: object): Simulator => {
  const sim = createSimulator(requiredPermissions ? { manifest: { requiredPermissions } } : {});
  sims.push(sim);
  return sim;
};

beforeAll(() => {
  media = files();
  writeFileSync(path.join(media.folder, 'board.png'), Buffer.from([1, 2, 3]));
});
afterAll(() => {
  media.remove();
  for (const sim of sims) sim.dispose();
});

describe('files', () => {
  it('are kept to the plugin’s own folders unless a person picked them', async () => {
    const sim = simulator({ localFileSystem: 'request' });
    const board = path.join(media.folder, 'board.png');
    await expect(sim.fs.readFile(board)).rejects.toThrow('Permission denied');
    await expect(sim.uxp.storage.localFileSystem.getEntryWithUrl(`file:${board}`)).rejects.toThrow('Permission denied');
    await expect(sim.fs.readFile('plugin-data:/../../board.png')).rejects.toThrow('Permission denied');
    sim.runtime.picks.push(null, media.folder);
    expect(await sim.uxp.storage.localFileSystem.getFolder()).toBeNull();
    expect((await sim.uxp.storage.localFileSystem.getFolder())?.nativePath).toBe(media.folder);
    expect(await sim.fs.readFile(board)).toEqual(new Uint8Array([1, 2, 3]).buffer);
  });

  it('are all open with full access', async () => {
    const board = path.join(media.folder, 'board.png');
    expect((await simulator({ localFileSystem: 'fullAccess' }).fs.lstat(board)).size).toBe(3);
  });

  it('work under plugin-data:/, by promise only', async () => {
    const { fs, uxp } = simulator({});
    await fs.writeFile('plugin-data:/state.json', '{}', { encoding: 'utf-8' });
    expect(await fs.readFile('plugin-data:/state.json', { encoding: 'utf-8' })).toBe('{}');
    expect(() => fs.lstatSync('plugin-data:/state.json')).toThrow();
    expect(await fs.readdir('plugin-data:/')).toEqual(['state.json']);
    await fs.unlink('plugin-data:/state.json');
    await expect(fs.lstat('plugin-data:/state.json')).rejects.toThrow('ENOENT');
    const { localFileSystem, formats } = uxp.storage;
    const file = await (await localFileSystem.getTemporaryFolder()).createFile('frame.bin', { overwrite: true });
    await file.write(new Uint8Array([7, 8]).buffer, { format: formats.binary });
    expect(await file.read({ format: formats.binary })).toEqual(new Uint8Array([7, 8]).buffer);
    expect(await file.getMetadata()).toMatchObject({ name: 'frame.bin', size: 2 });
  });
});

it('keeps secrets as bytes, and may lose them', async () => {
  const sim = simulator();
  const { secureStorage } = sim.uxp.storage;
  await secureStorage.setItem('token', 'abc');
  expect([...(await secureStorage.getItem('token'))]).toEqual([97, 98, 99]);
  await expect(secureStorage.setItem('empty', '')).rejects.toThrow();
  sim.runtime.loseSecureStorage();
  expect(await secureStorage.getItem('token')).toBeNull();
});

it('opens only schemes that the manifest lists, and only with consent', async () => {
  const sim = simulator({ launchProcess: { schemes: ['inbetween'] } });
  expect(await sim.uxp.shell.openExternal('inbetween://start', 'Start the companion')).toBe('');
  expect(await sim.uxp.shell.openExternal('https://example.test')).not.toBe('');
  sim.runtime.consents.push(false);
  expect(await sim.uxp.shell.openExternal('inbetween://start')).not.toBe('');
  expect(sim.runtime.opened).toEqual(['inbetween://start']);
});

it('sets entry points up once', () => {
  const { uxp, runtime } = simulator();
  const panels = { panels: {} };
  uxp.entrypoints.setup(panels);
  expect(runtime.setup).toBe(panels);
  expect(() => uxp.entrypoints.setup(panels)).toThrow();
});

describe('a bundle', () => {
  it('finds the host’s modules, and not the globals that UXP lacks', async () => {
    const sim = simulator();
    sim.addProject({ name: 'Boards.prproj' });
    const code = `
      const missing = ['TextEncoder', 'TextDecoder', 'structuredClone', 'queueMicrotask', 'MutationObserver', 'process', 'Buffer'];
      module.exports = {
        found: missing.filter((name) => name in globalThis),
        name: require('premierepro').Project.getActiveProject().then((project) => project.name),
      };`;
    const exported = runBundle(sim, code);
    expect(exported).toMatchObject({ found: [] });
    expect(await Promise.resolve(Reflect.get(Object(exported), 'name'))).toBe('Boards.prproj');
    expect(() => runBundle(sim, "require('crypto')")).toThrow('Module not found');
  });

  it('cannot pass an asynchronous callback either', async () => {
    const sim = simulator();
    sim.addProject();
    const run = runBundle(
      sim,
      `module.exports = require('premierepro').Project.getActiveProject().then((project) => project.lockedAccess(async () => 1));`,
    );
    await expect(Promise.resolve(run)).rejects.toThrow('asynchronous');
  });
});

describe('clocks', () => {
  it('jump when virtual, in order of time', async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const late = clock.sleep(3_600_000).then(() => order.push('late'));
    const early = clock.sleep(500).then(async () => {
      order.push('early');
      await clock.sleep(1000);
      order.push('after early');
    });
    await Promise.all([late, early]);
    expect(order).toEqual(['early', 'after early', 'late']);
    expect(clock.now()).toBe(3_600_000);
  });

  it('stand still while files are worked on', async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const work = clock.during(new Promise((resolve) => setTimeout(resolve, 30))).then(() => order.push('work'));
    await Promise.all([clock.sleep(1).then(() => order.push('sleeper')), work]);
    expect(order).toEqual(['work', 'sleeper']);
  });

  it('wait when real', async () => {
    const clock = realClock();
    const order: string[] = [];
    await Promise.all([
      clock.sleep(200).then(() => order.push('late')),
      clock.sleep(1).then(() => order.push('early')),
    ]);
    expect(order).toEqual(['early', 'late']);
  });
});

it('leaves nothing behind', () => {
  const sim = createSimulator();
  const folder = path.dirname(sim.addProject().session.path);
  expect(existsSync(folder)).toBe(true);
  sim.dispose();
  expect(existsSync(folder)).toBe(false);
});

it('grants what the panel’s own manifest asks for, and no more', () => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../manifest.json'), 'utf8'));
  const sim = createSimulator({ manifest });
  sims.push(sim);
  const socket = new sim.WebSocket('ws://localhost:47810');
  socket.close();
  expect(() => new sim.WebSocket('ws://localhost:80')).toThrow();
});
