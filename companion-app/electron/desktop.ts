/** What the shell asks of the desktop; electron-desktop.ts answers with Electron, the tests with a stand-in. */

/** What the tray shows. */
export type TrayState = 'idle' | 'rendering' | 'attention' | 'paused';

export interface Desktop {
  /** False when another companion runs already: this one must go. */
  claimSingleInstance(): boolean;
  whenReady(): Promise<void>;
  /** Somebody started the companion again, or followed an inbetween: link. */
  onCalled(listener: () => void): void;
  /** The person quits; `finish` must be called once the daemon has stopped. */
  onQuit(listener: (finish: () => void) => void): void;
  quit(): void;
  /** Folder for data that survives updates. */
  dataFolder(): string;
  /** Shows the one window at this address, or brings it to the front. Closing it stops nothing. */
  showWindow(url: string): void;
  showTray(state: TrayState, tooltip: string, menu: readonly { label: string; act: () => void }[]): void;
  /** Keeps the machine from sleeping while true; the display may sleep. */
  keepAwake(on: boolean): void;
  /** Seconds since somebody touched keyboard or mouse. */
  idleSeconds(): number;
  showError(title: string, message: string): void;
}
