/** What the shell asks of the desktop; electron-desktop.ts answers with Electron, the tests with a stand-in. */

/** What the tray shows. */
export type TrayState = 'idle' | 'rendering' | 'attention' | 'paused';

export interface Desktop {
  /** False when another companion runs already: this one must go. */
  claimSingleInstance(): boolean;
  whenReady(): Promise<void>;
  /** True when nobody asked for a window: started with the system, or by the panel's inbetween: link. */
  startedQuietly(): boolean;
  /** The person's languages by their wish, "fr-CA" before "en". */
  languages(): readonly string[];
  /** Somebody started the companion again, or followed an inbetween: link. */
  onCalled(listener: () => void): void;
  /** The person quits; `finish` must be called once the daemon has stopped. */
  onQuit(listener: (finish: () => void) => void): void;
  quit(): void;
  /** Folder for data that survives updates. */
  dataFolder(): string;
  /**
   * Shows the one window, or brings it to the front; a new one begins at the address that `first` gives. It never leaves `home`. Closing it
   * stops nothing, and when its page crashes it is opened anew the next time.
   */
  showWindow(home: string, first: () => string): void;
  showTray(state: TrayState, tooltip: string, menu: readonly { label: string; act: () => void }[]): void;
  /** Keeps the machine from sleeping while true; the display may sleep. */
  keepAwake(on: boolean): void;
  /** Seconds since somebody touched keyboard or mouse. */
  idleSeconds(): number;
  /** The system's keychain. */
  readonly keychain: {
    available(): Promise<boolean>;
    seal(text: string): Promise<Uint8Array>;
    open(sealed: Uint8Array): Promise<string>;
  };
  /** A notification of the system; `act` when it is clicked. */
  notify(title: string, body: string, act: () => void): void;
  setOpenAtLogin(open: boolean): void;
  /** A box with an OK button. */
  showMessage(title: string, message: string): void;
  showError(title: string, message: string): void;
}
