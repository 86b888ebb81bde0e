/** The shell's wiring, run against a stand-in for the `electron` module: its binary is not available to tests. */
jest.mock('electron', () => jest.requireActual<typeof import('./stand-in')>('./stand-in').electron, { virtual: true });

import { answers, app, awake, errors, StandInWindow, tray } from './stand-in';
import { electronDesktop } from '../../companion-app/electron/electron-desktop';
import { runShell, type ShellDaemon } from '../../companion-app/electron/shell';

type Activity = { rendering: number; waiting: number; failed: number };
let report: (activity: Activity) => void = () => undefined;
let stopped = 0;
const daemon: ShellDaemon = {
  port: 47810,
  pairingCode: () => '123456',
  onActivity: (listener) => {
    report = listener;
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
  expect(window!.url).toBe('http://127.0.0.1:47810/');
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
  expect(navigate('http://127.0.0.1:47811/')).toBe(true);
  expect(navigate('file:///etc/passwd')).toBe(true);
  expect(navigate('http://127.0.0.1:47810/queue')).toBe(false);
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

test('says in the tray what goes on', async () => {
  await runShell(electronDesktop(), () => Promise.resolve(daemon));
  report({ rendering: 1, waiting: 4, failed: 0 });
  expect(tray.tooltip).toBe('Inbetween: rendering, 4 waiting');
  report({ rendering: 0, waiting: 0, failed: 2 });
  expect(tray.tooltip).toBe('Inbetween: 2 failed');
  expect(tray.menu.map((item) => item.label)).toContain('Pairing code 123456');
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
