/** Electron as a Desktop: a sandboxed window without Node, no foreign content, a tray, a power blocker. */
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  Tray,
} from 'electron';
import { setAutostart } from './autostart';
import { TRAY_SIDE, trayBitmap } from './tray-icon';
import type { Desktop, TrayState } from './desktop';

const SCHEME = 'inbetween';
/** As packaging/electron-builder.cjs names the app: Windows shows notifications under this name only. */
const APP_ID = 'com.inbetween.companion';
/** What pages of our own may do beyond showing themselves: their buttons copy text. */
const PERMITTED = 'clipboard-sanitized-write';
const HIDDEN = '--hidden';

/** True for pages of the daemon on this machine. */
const isOurs = (url: string, home: string): boolean =>
  URL.canParse(url) && URL.canParse(home) && new URL(url).origin === new URL(home).origin;

export function electronDesktop(): Desktop {
  let window: BrowserWindow | null = null;
  let tray: Tray | null = null;
  let blocker: number | null = null;
  let finished = false;
  let home = '';
  let byLink = process.argv.some((arg) => arg.startsWith(`${SCHEME}:`));
  // On macOS the link comes as an event, before the app is ready.
  app.once('open-url', () => (byLink = true));

  const openWindow = (first: string): BrowserWindow => {
    const opened = new BrowserWindow({
      width: 1200,
      height: 800,
      show: false,
      backgroundColor: '#1d1d1d',
      title: 'Inbetween',
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    opened.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const stay = (event: { preventDefault(): void }, target: string): void => {
      if (!isOurs(target, home)) event.preventDefault();
    };
    opened.webContents.on('will-navigate', stay);
    opened.webContents.on('will-redirect', stay);
    opened.webContents.on('will-attach-webview', (event) => event.preventDefault());
    opened.webContents.on('render-process-gone', () => {
      // The page crashed, the renders did not: the next time a fresh window opens.
      window = null;
      opened.destroy();
    });
    opened.once('ready-to-show', () => opened.show());
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    void opened.loadURL(first);
    return opened;
  };

  return {
    claimSingleInstance: () => app.requestSingleInstanceLock(),
    async whenReady() {
      await app.whenReady();
      app.setAsDefaultProtocolClient(SCHEME);
      app.setAppUserModelId(APP_ID);
      // Electron's own menu leads out of the app; macOS needs one for copy and paste.
      Menu.setApplicationMenu(
        process.platform === 'darwin'
          ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
          : null,
      );
      session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
        answer(permission === PERMITTED && isOurs(requestingUrl, home)),
      );
      session.defaultSession.setPermissionCheckHandler(
        (_contents, permission, origin) => permission === PERMITTED && isOurs(origin, home),
      );
      // Closing the window must not end the renders: the tray stays.
      app.on('window-all-closed', () => undefined);
    },
    startedQuietly: () => byLink || process.argv.includes(HIDDEN) || app.getLoginItemSettings().wasOpenedAtLogin,
    languages: () => app.getPreferredSystemLanguages(),
    onCalled(listener) {
      app.on('second-instance', () => listener());
      app.on('activate', () => listener());
      app.on('open-url', (event) => {
        event.preventDefault();
        listener();
      });
    },
    onQuit(listener) {
      app.on('before-quit', (event) => {
        if (finished) return;
        event.preventDefault();
        listener(() => {
          finished = true;
          app.quit();
        });
      });
    },
    quit: () => app.quit(),
    dataFolder: () => app.getPath('userData'),
    showWindow(at, first) {
      home = at;
      if (!window) {
        window = openWindow(first());
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    showTray(state: TrayState, tooltip, menu) {
      const image = nativeImage.createFromBitmap(trayBitmap(state), { width: TRAY_SIDE, height: TRAY_SIDE });
      if (tray) tray.setImage(image);
      else tray = new Tray(image);
      tray.setToolTip(tooltip);
      tray.setContextMenu(Menu.buildFromTemplate(menu.map(({ label, act }) => ({ label, click: () => act() }))));
    },
    keepAwake(on) {
      if (on === (blocker !== null)) return;
      if (blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
      else {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
    keychain: {
      // On Linux without a keyring Electron seals with a key that is in its own source: that hides nothing.
      available: async () =>
        (await safeStorage.isAsyncEncryptionAvailable()) &&
        !(process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'),
      seal: (text) => safeStorage.encryptStringAsync(text),
      open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
    },
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    notify(title, body, act) {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', act);
      notification.show();
    },
    setOpenAtLogin(open) {
      // Linux has no such setting in Electron.
      if (process.platform === 'linux') setAutostart(open, [process.env.APPIMAGE ?? process.execPath, HIDDEN]);
      else if (app.getLoginItemSettings().openAtLogin !== open)
        app.setLoginItemSettings({ openAtLogin: open, args: [HIDDEN] });
    },
    showMessage: (title, message) => void dialog.showMessageBox({ type: 'info', title, message, buttons: ['OK'] }),
    showError: (title, message) => dialog.showErrorBox(title, message),
  };
}
