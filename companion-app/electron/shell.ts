/** The shell's whole life: one instance, a daemon, a tray, a window on demand. No logic of rendering lives here. */
import type { Desktop } from './desktop';

/** The running daemon as the shell sees it. */
export interface ShellDaemon {
  readonly port: number;
  /** Six digits for the panel, as the daemon shows them now. */
  pairingCode(): string;
  /** Calls back with the number of jobs that render or wait, now and after each change, until the returned function is called. */
  onActivity(listener: (activity: { rendering: number; waiting: number; failed: number }) => void): () => void;
  stop(): Promise<void>;
}

export type StartDaemon = (dataFolder: string) => Promise<ShellDaemon>;

/** Runs until the person quits. A daemon that cannot start is shown as an error and ends the shell. */
export async function runShell(desktop: Desktop, startDaemon: StartDaemon): Promise<void> {
  if (!desktop.claimSingleInstance()) {
    desktop.quit();
    return;
  }
  await desktop.whenReady();
  let daemon: ShellDaemon;
  try {
    daemon = await startDaemon(desktop.dataFolder());
  } catch (error) {
    desktop.showError('Inbetween could not start', error instanceof Error ? error.message : String(error));
    desktop.quit();
    return;
  }
  const open = (): void => desktop.showWindow(`http://127.0.0.1:${daemon.port}/`);
  const menu = [
    { label: 'Open Inbetween', act: open },
    { label: `Pairing code ${daemon.pairingCode()}`, act: open },
    { label: 'Quit', act: () => desktop.quit() },
  ];
  desktop.showTray('idle', 'Inbetween', menu);
  desktop.onCalled(open);
  const quiet = daemon.onActivity(({ rendering, waiting, failed }) => {
    const busy = rendering > 0;
    const tooltip = busy
      ? `Inbetween: rendering, ${waiting} waiting`
      : failed > 0
        ? `Inbetween: ${failed} failed`
        : 'Inbetween';
    desktop.showTray(busy ? 'rendering' : failed > 0 ? 'attention' : 'idle', tooltip, menu);
  });
  desktop.onQuit((finish) => {
    quiet();
    desktop.keepAwake(false);
    void daemon.stop().finally(finish);
  });
}
