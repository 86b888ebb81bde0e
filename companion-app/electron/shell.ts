/** The shell's whole life: one instance, a daemon, a tray, a window on demand. No logic of rendering lives here. */
import { chooseLanguage, say, trayWords, type Entry, type Language } from '../../shared/words';
import { tell, type Activity, type Batch } from './activity';
import type { Desktop } from './desktop';

/** The running daemon as the shell sees it. */
export interface ShellDaemon {
  readonly port: number;
  /** Six digits for a panel or page, good for some minutes and once; new ones each time. */
  pairingCode(): string;
  /** Calls back with what the queue does, now and after each change, until the returned function is called. */
  onActivity(listener: (activity: Activity) => void): () => void;
  setPaused(paused: boolean): void;
  /** The language of the settings; where they leave it to the system, the best of these. */
  language(system: readonly string[]): Language;
  /** Calls back with whether to start with the system, now and when the setting changes, until the returned function is called. */
  onOpenAtLogin(listener: (open: boolean) => void): () => void;
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
    desktop.showError(
      say(chooseLanguage(desktop.languages()), trayWords.cannotStart),
      error instanceof Error ? error.message : String(error),
    );
    desktop.quit();
    return;
  }
  const home = `http://localhost:${daemon.port}/`;
  // The window pairs itself: the code lies behind the #, which is sent to nobody.
  const open = (): void => desktop.showWindow(home, () => `${home}#code=${daemon.pairingCode()}`);
  const ends = [...follow(desktop, daemon, open), daemon.onOpenAtLogin((wanted) => desktop.setOpenAtLogin(wanted))];
  desktop.onCalled(open);
  if (!desktop.startedQuietly()) open();
  desktop.onQuit((finish) => {
    for (const end of ends) end();
    desktop.keepAwake(false);
    void daemon.stop().finally(finish);
  });
}

/** Keeps tray and notifications true. */
function follow(desktop: Desktop, daemon: ShellDaemon, open: () => void): (() => void)[] {
  let batch: Batch | null = null;
  let shown = '';
  return [
    daemon.onActivity((activity) => {
      const language = daemon.language(desktop.languages());
      const t = (entry: Entry): string => say(language, entry);
      const { told, batch: next } = tell(activity, batch, language);
      batch = next;
      // A menu that is made anew closes under the person's hand: only what changed is shown again.
      const now = JSON.stringify([told.state, told.tooltip, activity.paused, language]);
      if (now !== shown) {
        shown = now;
        desktop.showTray(told.state, told.tooltip, [
          { label: t(trayWords.open), act: open },
          {
            label: t(trayWords.pair),
            act: () =>
              desktop.showMessage(
                t(trayWords.pairingCode),
                `${spaced(daemon.pairingCode())}\n\n${t(trayWords.pairingHow)}`,
              ),
          },
          activity.paused
            ? { label: t(trayWords.resume), act: () => daemon.setPaused(false) }
            : { label: t(trayWords.pause), act: () => daemon.setPaused(true) },
          { label: t(trayWords.quit), act: () => desktop.quit() },
        ]);
      }
      if (told.news) desktop.notify(told.news.title, told.news.body, open);
    }),
  ];
}

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
