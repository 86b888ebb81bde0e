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
import { TRAY_SIDE, trayBitmap } from './tray-icon';
import type { Desktop, TrayState } from './desktop';

const SCHEME = 'inbetween';

/** True for pages of the daemon on this machine. */
const isOurs = (url: string, home: string): boolean =>
  URL.canParse(url) && URL.canParse(home) && new URL(url).origin === new URL(home).origin;

export function electronDesktop(): Desktop {
  let window: BrowserWindow | null = null;
  let tray: Tray | null = null;
  let blocker: number | null = null;
  let finished = false;

  const openWindow = (home: string, first: string): BrowserWindow => {
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
    opened.webContents.on('will-navigate', (event, target) => {
      if (!isOurs(target, home)) event.preventDefault();
    });
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
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
      session.defaultSession.setPermissionCheckHandler(() => false);
      // Closing the window must not end the renders: the tray stays.
      app.on('window-all-closed', () => undefined);
    },
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
    showWindow(home, first) {
      if (!window) {
        window = openWindow(home, first());
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
      // Linux has no such setting in Electron; a package puts its own autostart entry.
      if (process.platform === 'linux' || app.getLoginItemSettings().openAtLogin === open) return;
      app.setLoginItemSettings({ openAtLogin: open, args: ['--hidden'] });
    },
    showMessage: (title, message) => void dialog.showMessageBox({ type: 'info', title, message, buttons: ['OK'] }),
    showError: (title, message) => dialog.showErrorBox(title, message),
  };
}
