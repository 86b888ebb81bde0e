/** The shell's wiring, run against a stand-in for the `electron` module: its binary is not available to tests. */
jest.mock('electron', () => jest.requireActual<typeof import('./stand-in')>('./stand-in').electron, { virtual: true });

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setAutostart } from '../../companion-app/electron/autostart';
import { app, awake, errors, keychain, messages, notifications, permissions, StandInWindow, tray } from './stand-in';
import { electronDesktop } from '../../companion-app/electron/electron-desktop';
import { runShell, type ShellDaemon } from '../../companion-app/electron/shell';

import type { Activity } from '../../companion-app/electron/activity';

let report: (activity: Activity) => void = () => undefined;
let login: (open: boolean) => void = () => undefined;
let stopped = 0;
let paused: boolean[] = [];
const quiet: Activity = { rendering: 0, waiting: 0, done: 0, failed: 0, paused: false, held: false };
const daemon: ShellDaemon = {
  port: 47810,
  pairingCode: () => '123456',
  onActivity: (listener) => {
    report = listener;
    return () => undefined;
  },
  setPaused: (on) => void paused.push(on),
  language: ([wished = 'en']) => (wished.startsWith('de') ? 'de' : 'en'),
  onOpenAtLogin: (listener) => {
    login = listener;
    return () => undefined;
  },
  stop: () => {
    stopped += 1;
    return Promise.resolve();
  },
};

const { argv } = process;
beforeEach(() => {
  app.removeAllListeners();
  StandInWindow.all = [];
  app.quits = 0;
  app.lock = true;
  stopped = 0;
  awake.clear();
  paused = [];
  notifications.length = 0;
  app.byLogin = false;
  app.languages = ['en-GB'];
  process.argv = argv;
});

test('opens one window without privileges, on the daemon of this machine', async () => {
  const folders: string[] = [];
  await runShell(electronDesktop(), (folder) => {
    folders.push(folder);
    return Promise.resolve(daemon);
  });
  expect(folders).toEqual(['/data/inbetween']);
  app.emit('second-instance');
  app.emit('activate');
  expect(StandInWindow.all).toHaveLength(1);
  const [window] = StandInWindow.all;
  expect(window!.url).toBe('http://localhost:47810/#code=123456');
  expect(window!.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  expect(window!.openHandler!()).toEqual({ action: 'deny' });
  const { ask, check } = permissions;
  for (const permission of ['media', 'notifications', 'geolocation', 'clipboard-read', 'openExternal']) {
    expect(ask(permission, 'http://localhost:47810/')).toBe(false);
    expect(check(permission, 'http://localhost:47810')).toBe(false);
  }
  // Buttons copy text; pages from elsewhere do not even that.
  expect([
    ask('clipboard-sanitized-write', 'http://localhost:47810/'),
    check('clipboard-sanitized-write', 'http://localhost:47810'),
  ]).toEqual([true, true]);
  expect([ask('clipboard-sanitized-write', 'https://example.com/'), check('clipboard-sanitized-write', '')]).toEqual([
    false,
    false,
  ]);
  const navigate = (url: string): boolean => {
    let prevented = false;
    window!.contents.emit('will-navigate', { preventDefault: () => (prevented = true) }, url);
    let redirected = false;
    window!.contents.emit('will-redirect', { preventDefault: () => (redirected = true) }, url);
    expect(redirected).toBe(prevented);
    return prevented;
  };
  expect(navigate('https://example.com/')).toBe(true);
  expect(navigate('http://localhost:47811/')).toBe(true);
  expect(navigate('file:///etc/passwd')).toBe(true);
  expect(navigate('http://localhost:47810/queue')).toBe(false);
});

test.each([
  ['by hand', [], 1],
  ['with the system', ['--hidden'], 0],
  ['by the panel', ['inbetween://open'], 0],
])('started %s', async (_how, given, windows) => {
  process.argv = [...argv, ...given];
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  expect(StandInWindow.all).toHaveLength(windows);
  app.emit('second-instance');
  expect(StandInWindow.all).toHaveLength(1);
});

test('started by a link on macOS, or at login there, it shows no window', async () => {
  const desktop = electronDesktop();
  app.emit('open-url', { preventDefault: () => undefined }, 'inbetween://open');
  await runShell(desktop, () => Promise.resolve(daemon));
  expect(StandInWindow.all).toHaveLength(0);
  app.byLogin = true;
  app.removeAllListeners();
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  expect(StandInWindow.all).toHaveLength(0);
});

test('a closed window leaves the daemon running and opens anew', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  app.emit('activate');
  StandInWindow.all[0]!.emit('closed');
  app.emit('window-all-closed');
  expect([stopped, app.quits]).toEqual([0, 0]);
  app.emit('activate');
  expect(StandInWindow.all).toHaveLength(2);
});

test('a page that crashed is opened anew, and no renders are lost', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  app.emit('activate');
  StandInWindow.all[0]!.contents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect([StandInWindow.all[0]!.destroyed, stopped, app.quits]).toEqual([true, 0, 0]);
  app.emit('activate');
  expect(StandInWindow.all).toHaveLength(2);
});

describe('tray and notifications', () => {
  beforeEach(() => runShell(electronDesktop(), () => Promise.resolve(daemon)));

  test('count a stretch of work from its first job', () => {
    report({ ...quiet, done: 30, failed: 1 });
    expect(tray.tooltip).toBe('Inbetween: 1 shot failed');
    report({ ...quiet, done: 30, failed: 1, rendering: 1, waiting: 4 });
    expect(tray.tooltip).toBe('Inbetween: rendering 1 of 5');
    report({ ...quiet, done: 32, failed: 2, rendering: 1, waiting: 1 });
    expect(tray.tooltip).toBe('Inbetween: rendering 4 of 5, 1 failed');
    expect(notifications).toEqual([]);
    report({ ...quiet, done: 34, failed: 2 });
    expect(notifications.map(({ title }) => title)).toEqual(['4 shots ready, 1 failed']);
    notifications[0]!.click();
    expect(StandInWindow.all).toHaveLength(1);
  });

  test('say nothing when nothing was made', () => {
    report({ ...quiet, waiting: 3 });
    report(quiet);
    expect(notifications).toEqual([]);
    expect(tray.tooltip).toBe('Inbetween');
  });

  test('show a pause and end it from the menu', () => {
    report({ ...quiet, waiting: 3, paused: true });
    expect(tray.tooltip).toBe('Inbetween: paused, 3 shots waiting');
    tray.menu.find((item) => item.label === 'Resume the queue')!.click();
    report({ ...quiet, waiting: 3 });
    tray.menu.find((item) => item.label === 'Pause the queue')!.click();
    expect(paused).toEqual([false, true]);
  });

  test('wait with the night, and leave an open menu alone while nothing they say changes', () => {
    report({ ...quiet, waiting: 3, held: true });
    expect(tray.tooltip).toBe('Inbetween: 3 shots wait');
    expect(tray.menu.map(({ label }) => label)).toContain('Pause the queue');
    const before = tray.menus;
    report({ ...quiet, waiting: 3, held: true });
    expect(tray.menus).toBe(before);
    report({ ...quiet, waiting: 2, rendering: 1, held: true });
    expect(tray.tooltip).toBe('Inbetween: rendering 1 of 3');
  });

  test('speak the person’s language', () => {
    app.languages = ['de-AT'];
    report({ ...quiet, rendering: 1, failed: 1 });
    report({ ...quiet, failed: 1, done: 1 });
    expect(notifications.at(-1)).toMatchObject({
      title: '1 Einstellung fertig',
      body: 'Öffne das Bedienfeld, um sie zu platzieren.',
    });
    expect(tray.tooltip).toBe('Inbetween: 1 Einstellung fehlgeschlagen');
    expect(tray.menu.map(({ label }) => label)).toEqual([
      'Inbetween öffnen',
      'Bedienfeld koppeln …',
      'Warteschlange anhalten',
      'Beenden',
    ]);
  });

  test('a code for a panel is shown when it is asked for', () => {
    report(quiet);
    tray.menu.find((item) => item.label.startsWith('Pair a panel'))!.click();
    expect(messages.at(-1)).toContain('123 456');
  });
});

test('starts with the system when the setting says so', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
  const config = await mkdtemp(path.join(tmpdir(), 'inbetween-autostart-'));
  const before = process.env.XDG_CONFIG_HOME;
  const entry = path.join(config, 'autostart', 'inbetween.desktop');
  try {
    Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
    login(true);
    expect(app.login).toBe(true);
    Object.defineProperty(process, 'platform', { ...platform, value: 'linux' });
    process.env.XDG_CONFIG_HOME = config;
    login(true);
    expect(await readFile(entry, 'utf8')).toBe(
      `[Desktop Entry]\nType=Application\nName=Inbetween\nExec="${process.execPath}" "--hidden"\nTerminal=false\n`,
    );
    login(false);
    await expect(readFile(entry)).rejects.toThrow('ENOENT');
    expect(app.login).toBe(true);
    setAutostart(true, ['/opt/a "b" $c%'], path.join(config, 'autostart'));
    expect(await readFile(entry, 'utf8')).toContain('Exec="/opt/a \\"b\\" \\$c%%"');
  } finally {
    Object.defineProperty(process, 'platform', platform);
    if (before === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = before;
    await rm(config, { recursive: true });
  }
});

test('keeps the machine awake as long as the daemon asks for it, and no longer than it runs', async () => {
  const desktop = electronDesktop();
  await runShell(desktop, () => Promise.resolve(daemon));
  const asked = [true, true, false, false, true].map((on) => {
    desktop.keepAwake(on);
    return awake.size;
  });
  expect(asked).toEqual([1, 1, 0, 0, 1]);
  app.emit('before-quit', { preventDefault: () => undefined });
  expect(awake.size).toBe(0);
  expect(desktop.idleSeconds()).toBe(42);
});

test('quitting waits until the daemon has stopped', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  let prevented = 0;
  app.emit('before-quit', { preventDefault: () => (prevented += 1) });
  expect([prevented, stopped, app.quits]).toEqual([1, 1, 0]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(app.quits).toBe(1);
  app.emit('before-quit', { preventDefault: () => (prevented += 1) });
  expect(prevented).toBe(1);
});

test('a second instance goes at once; a daemon that cannot start is told', async () => {
  app.lock = false;
  let started = 0;
  await runShell(electronDesktop(), () => Promise.resolve(daemon).finally(() => (started += 1)));
  expect([started, app.quits]).toEqual([0, 1]);
  app.lock = true;
  await runShell(electronDesktop(), () => Promise.reject(new Error('The port is taken.')));
  expect(errors).toEqual(['The port is taken.']);
  expect(app.quits).toBe(2);
});

test('the keychain is the system’s, and Linux without a keyring has none', async () => {
  const { keychain: own } = electronDesktop();
  expect(await own.available()).toBe(true);
  const sealed = await own.seal('who is paired');
  expect(Buffer.from(sealed).toString()).not.toContain('paired');
  expect(await own.open(sealed)).toBe('who is paired');
  keychain.there = false;
  expect(await own.available()).toBe(false);
  keychain.there = true;
  keychain.backend = 'basic_text';
  expect(await own.available()).toBe(process.platform !== 'linux');
});
