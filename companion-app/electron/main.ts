/** The companion with a window: Electron around the same daemon that `inbetween serve` runs. */
import { startDaemon, thisMachine } from '../daemon';
import type { JobState } from '../../shared/protocol';
import { chooseLanguage } from '../../shared/words';
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
      let due = false;
      const look = (): void => {
        due = false;
        listener({
          rendering: count('rendering'),
          waiting: count('queued'),
          done: count('rendered', 'delivered', 'placed'),
          failed: count('failed'),
          paused: queue.paused,
          held: queue.holds().length > 0,
        });
      };
      // Hundreds of jobs may change in one turn: they are counted once, after it.
      const tell = (): void => {
        if (!due) setImmediate(look);
        due = true;
      };
      look();
      watching.add(tell);
      const ends = [queue.subscribe({ event: tell, work: tell }), settings.subscribe(tell)];
      return () => {
        watching.delete(tell);
        for (const end of ends) end();
      };
    },
    language(system) {
      const { language } = settings.get();
      return language === 'auto' ? chooseLanguage(system) : language;
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
