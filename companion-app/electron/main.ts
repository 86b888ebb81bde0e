/** The companion with a window: Electron around the same daemon that `inbetween serve` runs. */
import { startDaemon, thisMachine } from '../daemon';
import type { JobState } from '../../shared/protocol';
import type { Desktop } from './desktop';
import { electronDesktop } from './electron-desktop';
import { runShell, type ShellDaemon } from './shell';

/** The daemon in this folder, as the shell sees it. */
async function shellDaemon(dataDir: string, desktop: Desktop): Promise<ShellDaemon> {
  const daemon = await startDaemon({
    dataDir,
    keepAwake: (on) => desktop.keepAwake(on),
    seal: desktop.keychain,
    machine: thisMachine(() => Promise.resolve(desktop.idleSeconds())),
  });
  const { queue, settings } = daemon;
  const watching = new Set<() => void>();
  const count = (...states: JobState[]): number => queue.list({ states, limit: 1 }).total;
  return {
    port: daemon.port,
    pairingCode: () => daemon.openPairing(),
    setPaused(paused) {
      queue.setPaused(paused);
      for (const tell of watching) tell();
    },
    onActivity(listener) {
      const tell = (): void =>
        listener({
          rendering: count('rendering'),
          waiting: count('queued'),
          done: count('rendered', 'delivered', 'placed'),
          failed: count('failed'),
          paused: queue.paused,
        });
      tell();
      watching.add(tell);
      const end = queue.subscribe({ event: tell, work: tell });
      return () => {
        watching.delete(tell);
        end();
      };
    },
    onOpenAtLogin(listener) {
      listener(settings.get().openAtLogin);
      return settings.subscribe(({ openAtLogin }) => listener(openAtLogin));
    },
    stop: () => daemon.stop(),
  };
}

const desktop = electronDesktop();
void runShell(desktop, (dataFolder) => shellDaemon(dataFolder, desktop));
