/** As much of the `electron` module as the shell uses, without a desktop behind it. */
import { EventEmitter } from 'node:events';

export class StandInWindow extends EventEmitter {
  static all: StandInWindow[] = [];
  openHandler: (() => { action: string }) | null = null;
  readonly contents = new EventEmitter();
  readonly webContents = Object.assign(this.contents, {
    setWindowOpenHandler: (handler: () => { action: string }) => {
      this.openHandler = handler;
    },
  });
  shown = 0;
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
  url = '';
  constructor(readonly options: { webPreferences: Record<string, unknown> }) {
    super();
    StandInWindow.all.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.shown += 1;
  }
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }
}

export const app = Object.assign(new EventEmitter(), {
  lock: true,
  quits: 0,
  requestSingleInstanceLock: () => app.lock,
  whenReady: () => Promise.resolve(),
  setAsDefaultProtocolClient: (scheme: string) => scheme === 'inbetween',
  getPath: () => '/data/inbetween',
  login: false,
  getLoginItemSettings: () => ({ openAtLogin: app.login, wasOpenedAtLogin: app.byLogin }),
  byLogin: false,
  languages: ['en-GB'],
  getPreferredSystemLanguages: () => app.languages,
  setAppUserModelId: (id: string) => id,
  setLoginItemSettings: ({ openAtLogin }: { openAtLogin: boolean }) => {
    app.login = openAtLogin;
  },
  quit: () => {
    app.quits += 1;
  },
});
export const tray = { image: 0, menus: 0, tooltip: '', menu: [] as { label: string; click: () => void }[] };
export const awake = new Set<number>();
/** What the session answers of permissions. */
export const permissions = {
  ask: (_permission: string, _url: string): boolean | null => null,
  check: (_permission: string, _origin: string): boolean | null => null,
};
type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (yes: boolean) => void,
  details: { requestingUrl: string },
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;
export const errors: string[] = [];
export const messages: string[] = [];
export const notifications: { title: string; body: string; click: () => void }[] = [];
class StandInNotification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  constructor(readonly options: { title: string; body: string }) {
    super();
  }
  show(): void {
    notifications.push({ ...this.options, click: () => this.emit('click') });
  }
}

/** What safeStorage says of the system's keychain. */
export const keychain = { there: true, backend: 'gnome_libsecret' };

/** The module's exports. */
export const electron: Record<string, unknown> = {
  app: app,
  BrowserWindow: StandInWindow,
  dialog: {
    showErrorBox: (_title: string, message: string) => errors.push(message),
    showMessageBox: ({ message }: { message: string }) => Promise.resolve(messages.push(message)),
  },
  Notification: StandInNotification,
  Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: (menu: unknown) => menu },
  nativeImage: { createFromBitmap: (pixels: Buffer, size: { width: number; height: number }) => ({ pixels, size }) },
  safeStorage: {
    isAsyncEncryptionAvailable: () => Promise.resolve(keychain.there),
    getSelectedStorageBackend: () => keychain.backend,
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).map((byte) => byte ^ 0x5a)),
    decryptStringAsync: (sealed: Buffer) =>
      Promise.resolve({ result: Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(), shouldReEncrypt: false }),
  },
  powerMonitor: { getSystemIdleTime: () => 42 },
  powerSaveBlocker: {
    start: () => {
      awake.add(1);
      return 1;
    },
    stop: (id: number) => awake.delete(id),
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: RequestHandler) => {
        permissions.ask = (permission, requestingUrl) => {
          let given: boolean | null = null;
          handler(null, permission, (yes) => (given = yes), { requestingUrl });
          return given;
        };
      },
      setPermissionCheckHandler: (handler: CheckHandler) => {
        permissions.check = (permission, origin) => handler(null, permission, origin);
      },
    },
  },
  Tray: class {
    setImage(): void {
      tray.image += 1;
    }
    setToolTip(text: string): void {
      tray.tooltip = text;
    }
    setContextMenu(menu: { label: string; click: () => void }[]): void {
      tray.menu = menu;
      tray.menus += 1;
    }
  },
};
