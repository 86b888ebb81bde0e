/** The companion with a window: Electron around the same daemon that `inbetween serve` runs. */
import { startDaemon, thisMachine } from '../daemon';
import type { Desktop } from './desktop';
import { electronDesktop } from './electron-desktop';
import { runShell, type ShellDaemon } from './shell';

/** The daemon in this folder, as the shell sees it. */
async function shellDaemon(dataDir: string, desktop: Desktop): Promise<ShellDaemon> {
  const daemon = await startDaemon({
    dataDir,
    keepAwake: (on) => desktop.keepAwake(on),
    machine: thisMachine(() => Promise.resolve(desktop.idleSeconds())),
  });
  const count = (state: 'rendering' | 'queued' | 'failed'): number =>
    daemon.queue.list({ states: [state], limit: 1 }).total;
  return {
    port: daemon.port,
    pairingCode: () => daemon.openPairing(),
    onActivity(listener) {
      const tell = (): void =>
        listener({ rendering: count('rendering'), waiting: count('queued'), failed: count('failed') });
      tell();
      return daemon.queue.subscribe({ event: tell });
    },
    stop: () => daemon.stop(),
  };
}

const desktop = electronDesktop();
void runShell(desktop, (dataFolder) => shellDaemon(dataFolder, desktop));
