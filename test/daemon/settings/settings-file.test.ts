/** Settings outlive the companion, one change at a time, and a broken file loses nothing. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/protocol';
import { openSettings } from '../../../companion-app/daemon/settings';
import { silent, tempFolder } from '../../queue/fixtures/specs';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let file: string;
beforeEach(async () => {
  folder = await tempFolder();
  file = path.join(folder.path, 'settings.json');
});
afterEach(() => folder.remove());

const open = () => openSettings({ file, log: silent, now: () => 1_700_000_000_000 });

it('begins with the defaults and finds every change again', async () => {
  const first = await open();
  expect(first.get()).toEqual(DEFAULT_SETTINGS);
  await first.change({ language: 'ja', night: { window: { from: '22:00', to: '07:00' } } });
  await first.change({ night: { deadline: '08:00' }, cost: { pricePerKWh: 0.5 } });
  const again = await open();
  expect(again.get()).toEqual(first.get());
  expect(again.get()).toMatchObject({
    language: 'ja',
    night: { window: { from: '22:00', to: '07:00' }, deadline: '08:00', order: 'submitted' },
    cost: { pricePerKWh: 0.5, currency: 'EUR' },
  });
  expect(again.setAside).toBeUndefined();
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
});

it('makes changes asked for at once one after the other, and tells of each', async () => {
  const keeper = await open();
  const heard: Settings[] = [];
  keeper.subscribe(() => {
    throw new Error('a deaf listener');
  });
  const leave = keeper.subscribe((settings) => heard.push(settings));
  await Promise.all([
    keeper.change({ theme: 'light' }),
    keeper.change({ openAtLogin: true }),
    keeper.change({ night: { order: 'shot' } }),
  ]);
  leave();
  await keeper.change({ theme: 'system' });
  expect(heard.map(({ theme, openAtLogin, night }) => [theme, openAtLogin, night.order])).toEqual([
    ['light', false, 'submitted'],
    ['light', true, 'submitted'],
    ['light', true, 'shot'],
  ]);
  expect((await open()).get()).toMatchObject({ theme: 'system', openAtLogin: true, night: { order: 'shot' } });
});

it.each([
  ['time of day', { night: { deadline: '25:00' } }],
  ['number of retries', { night: { retriesOfFailedChecks: 6 } }],
  ['currency', { cost: { currency: 'euro' } }],
])('refuses a wrong %s, and goes on with what was there', async (_what, patch) => {
  const keeper = await open();
  await keeper.change({ theme: 'light' });
  await expect(keeper.change(patch)).rejects.toMatchObject({ problem: { code: 'bad-message' } });
  expect((await open()).get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
  expect((await keeper.change({ theme: 'dark' })).theme).toBe('dark');
});

it.each(['', 'no JSON at all', '{"theme":"purple"}', '[]'])(
  'sets a file that says "%s" aside and tells',
  async (text) => {
    await writeFile(file, text);
    const keeper = await open();
    expect(keeper.get()).toEqual(DEFAULT_SETTINGS);
    expect(await readFile(keeper.setAside!, 'utf8')).toBe(text);
    await keeper.change({ theme: 'light' });
    expect((await open()).get().theme).toBe('light');
  },
);

it('reads a file of an older companion, whose settings were fewer', async () => {
  await writeFile(file, JSON.stringify({ language: 'fr', night: { stayAwake: false } }));
  const { night } = (await open()).get();
  expect(night).toEqual({ ...DEFAULT_SETTINGS.night, stayAwake: false });
});

it('changes nothing when it cannot be written', async () => {
  const keeper = await open();
  await mkdir(`${file}.part`);
  await writeFile(path.join(`${file}.part`, 'in the way'), '');
  await expect(keeper.change({ theme: 'light' })).rejects.toThrow();
  expect(keeper.get().theme).toBe('dark');
  expect(await readdir(folder.path)).toEqual(['settings.json.part']);
});
