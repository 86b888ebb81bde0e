/** The panel's composition inside Premiere. Every handler is wrapped: an uncaught exception can take Premiere down. */
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { z } from 'zod';
import { InbetweenError, toProblem } from '../shared/problem';
import { settingsEndpoint } from '../shared/protocol/pages';
import { chooseLanguage } from '../shared/words';
import { askerAt } from './ask';
import { composePanel, newJobId } from './compose';
import { estimatesOver } from './estimates';
import { galleryOver, type Fetch } from './gallery';
import { sha256OfBytes } from './link';
import { initialState, type PanelState } from './panel/state/state';
import { createStore } from './panel/state/store';
import { PanelContext } from './panel/view/context';
import { PanelView } from './panel/view/panel';
import { Storyboards } from './panel/storyboards';
import { Desk } from './panel/work/desk';
import { Estimates } from './panel/work/estimates';
import { storyboardsOver } from './storyboards';
import { readRuntime, type Uxp } from './uxp/runtime';
import { panelInstance, uxpTokens } from './uxp/secrets';
import { temporaryFolder, uxpFiles } from './uxp/files';

declare const require: (name: string) => unknown;
/** Replaced by the bundler. */
declare const process: { readonly env: { readonly INBETWEEN_VERSION?: string } };

// UXP forbids building functions from text.
z.config({ jitless: true });

const VERSION = process.env.INBETWEEN_VERSION ?? '0.0.0';
/** What the system opens the companion by; the manifest lists the scheme. */
const DEEP_LINK = 'inbetween://start';

const random32 = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const clock = {
  now: (): number => Date.now(),
  after(ms: number, act: () => void): () => void {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const fetchPicture: Fetch = (url, options) => fetch(url, options);

/** Premiere's language. */
const localeOf = (uxp: Uxp): string[] => {
  const locale: unknown = uxp.host?.uiLocale;
  return typeof locale === 'string' ? [locale] : [];
};

async function startCompanion(uxp: Uxp): Promise<void> {
  const refused = await uxp.shell.openExternal(DEEP_LINK, 'Starts the Inbetween companion.');
  if (typeof refused === 'string' && refused !== '')
    throw new InbetweenError({
      code: 'companion-unavailable',
      message: `The system did not start the companion: ${refused}`,
      safe: 'What was submitted is safe.',
      action: 'Start the companion app by hand; the panel connects by itself.',
    });
}

async function start(root: HTMLElement): Promise<void> {
  const { ppro, uxp, fs } = readRuntime((name) => require(name));
  const files = uxpFiles(fs);
  const link = { kind: 'connecting' } as const;
  const store = createStore<PanelState>(initialState(chooseLanguage(localeOf(uxp)), link, clock.now()));
  let desk: Desk | null = null;
  const panel = composePanel({
    ppro,
    openSocket: (url) => new WebSocket(url),
    clock,
    tokens: uxpTokens(uxp),
    files,
    clips: { files, fetch: (url, options) => fetch(url, options) },
    tempFolder: await temporaryFolder(uxp),
    random32,
    client: {
      name: 'Inbetween panel',
      version: VERSION,
      instance: await panelInstance(uxp, () => newJobId(clock.now(), random32)),
    },
    view: Desk.viewFor(store, () => desk),
  });
  const ask = askerAt(
    () => panel.link.door,
    (url, options) => fetch(url, options),
  );
  desk = new Desk({
    ...{ store, clock, files },
    host: panel.host,
    link: panel.link,
    companion: panel.companion,
    animator: panel.animator,
    gallery: galleryOver(() => panel.link.door, fetchPicture),
    hash: sha256OfBytes,
    storyboards: new Storyboards(storyboardsOver(ask), panel.host),
    estimates: new Estimates({ source: estimatesOver(ask), store, clock }),
    async languageSet() {
      const { language } = await ask(settingsEndpoint, {});
      return language === 'auto' ? null : language;
    },
    startCompanion: () => startCompanion(uxp),
    wish: { engine: 'auto', codec: 'prores-proxy', seed: 1, version: VERSION },
  });
  const shown = desk;
  const failed = (error: unknown): void => {
    root.textContent = toProblem(error).message;
  };
  flushSync(() =>
    createRoot(root, { onUncaughtError: failed, onRecoverableError: () => undefined }).render(
      <PanelContext desk={shown} store={store}>
        <PanelView />
      </PanelContext>,
    ),
  );
  desk.start();
}

const root = document.getElementById('root');
if (root) {
  start(root).catch((error: unknown) => {
    root.textContent = toProblem(error).message;
  });
}
