/** The shell's wiring, run against a stand-in for the `electron` module: its binary is not available to tests. */
jest.mock('electron', () => jest.requireActual<typeof import('./stand-in')>('./stand-in').electron, { virtual: true });

import { answers, app, awake, errors, keychain, messages, notifications, StandInWindow, tray } from './stand-in';
import { electronDesktop } from '../../companion-app/electron/electron-desktop';
import { runShell, type ShellDaemon } from '../../companion-app/electron/shell';

import type { Activity } from '../../companion-app/electron/activity';

let report: (activity: Activity) => void = () => undefined;
let login: (open: boolean) => void = () => undefined;
let stopped = 0;
let paused: boolean[] = [];
const quiet: Activity = { rendering: 0, waiting: 0, done: 0, failed: 0, paused: false };
const daemon: ShellDaemon = {
  port: 47810,
  pairingCode: () => '123456',
  onActivity: (listener) => {
    report = listener;
    return () => undefined;
  },
  setPaused: (on) => void paused.push(on),
  onOpenAtLogin: (listener) => {
    login = listener;
    return () => undefined;
  },
  stop: () => {
    stopped += 1;
    return Promise.resolve();
  },
};

beforeEach(() => {
  app.removeAllListeners();
  StandInWindow.all = [];
  app.quits = 0;
  app.lock = true;
  stopped = 0;
  awake.clear();
  paused = [];
  notifications.length = 0;
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
  expect(answers).toEqual([false, false]);
  const navigate = (url: string): boolean => {
    let prevented = false;
    window!.contents.emit('will-navigate', { preventDefault: () => (prevented = true) }, url);
    return prevented;
  };
  expect(navigate('https://example.com/')).toBe(true);
  expect(navigate('http://localhost:47811/')).toBe(true);
  expect(navigate('file:///etc/passwd')).toBe(true);
  expect(navigate('http://localhost:47810/queue')).toBe(false);
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

  test('a code for a panel is shown when it is asked for', () => {
    report(quiet);
    tray.menu.find((item) => item.label.startsWith('Pair a panel'))!.click();
    expect(messages.at(-1)).toContain('123 456');
  });
});

test('starts with the system when the setting says so, where Electron can', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
  try {
    Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
    login(true);
    expect(app.login).toBe(true);
    Object.defineProperty(process, 'platform', { ...platform, value: 'linux' });
    login(false);
    expect(app.login).toBe(true);
  } finally {
    Object.defineProperty(process, 'platform', platform);
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
