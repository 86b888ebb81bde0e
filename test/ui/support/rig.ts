/** The companion's pages in a real Chromium against a real daemon: built anew, paired, watched for errors. */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startDaemon, type Daemon, type DaemonConfig } from '../../../companion-app/daemon';
import { builtOnce } from '../../built';
import { Panel } from '../../daemon/fixtures/panel';
import { tempFolder } from '../../queue/fixtures/specs';
import { launch } from './chromium';

const root = path.resolve(__dirname, '..', '..', '..');
const fakeRender = path.join(root, 'test', 'queue', 'fixtures', 'fake-render.cjs');

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light' | 'system';
  readonly language?: 'en' | 'fr' | 'de' | 'es' | 'ja';
  readonly reducedMotion?: boolean;
}

export interface PagesRig {
  readonly daemon: Daemon;
  readonly url: string;
  readonly browser: Browser;
  /** A panel that is paired: submits jobs, uploads boards. */
  readonly panel: Panel;
  /** Opens a page as a paired browser would; `where` is "queue" or "shot-editor/<job>". */
  open(where: string, look?: Look): Promise<Page>;
  /** A browser that is not paired. */
  stranger(look?: Look): Promise<Page>;
  /** What any page complained about since the last call: errors, refused styles and scripts. Empty when all is well. */
  complaints(): string[];
  /** Stops the daemon and starts it again over the same folder, on the same port. */
  restart(): Promise<void>;
  stopDaemon(): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of it. The render process is the tests' own (it obeys the note, see fake-render.cjs) unless `config` names another. */
export async function startPages(config: Partial<DaemonConfig> = {}): Promise<PagesRig> {
  const pages = await builtOnce('ui', (made) =>
    promisify(execFile)(process.execPath, [path.join(root, 'tools', 'build-ui.mjs'), made]),
  );
  const folder = await tempFolder();
  const start = (ports: number[]): Promise<Daemon> =>
    startDaemon({ dataDir: folder.path, renderEntry: fakeRender, ...config, ports, pagesDir: pages });
  let daemon = await start([0]);
  const { port } = daemon;
  const url = `http://127.0.0.1:${port}`;
  const browser = await launch();
  const { panel, hello } = await Panel.connect(port, { code: daemon.pairingCode });
  // A client that stays silent is cut off.
  const alive = setInterval(() => {
    panel.ask({ type: 'ping', ref: panel.ref() }, 'pong').catch(() => undefined);
  }, 10_000);
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];

  const newPage = async (look: Look, token: string | undefined): Promise<Page> => {
    const { width = 1280, height = 800, theme = 'dark', language = 'en', reducedMotion = true } = look;
    const context = await browser.newContext({
      viewport: { width, height },
      locale: { en: 'en-GB', fr: 'fr-FR', de: 'de-DE', es: 'es-ES', ja: 'ja-JP' }[language],
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    contexts.push(context);
    const known = { ...(token !== undefined && { 'inbetween.token': token }) };
    await daemon.settings.change({ language: 'auto', theme });
    const preferences = JSON.stringify({ language: 'auto', theme });
    await context.addInitScript(
      ([entries, wanted]) => {
        if (localStorage.getItem('inbetween.preferences') !== null) return;
        for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
        localStorage.setItem('inbetween.preferences', wanted);
      },
      [known, preferences] as const,
    );
    const page = await context.newPage();
    // Tests share their cores with others: what comes in a moment alone may take many.
    page.setDefaultTimeout(40_000);
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const lost = /net::ERR_|WebSocket connection|status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !lost) complaints.push(message.text());
    });
    return page;
  };

  return {
    get daemon() {
      return daemon;
    },
    url,
    browser,
    panel,
    open: async (where, look = {}) => {
      const page = await newPage(look, hello.token);
      await page.goto(`${url}/#/${where}`);
      await page.locator('h1').waitFor();
      return page;
    },
    stranger: (look = {}) => newPage(look, undefined),
    complaints: () => complaints.splice(0),
    restart: async () => {
      await daemon.stop();
      daemon = await start([port]);
    },
    stopDaemon: () => daemon.stop(),
    close: async () => {
      clearInterval(alive);
      panel.close();
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await daemon.stop();
      await folder.remove();
    },
  };
}

/** Violations of WCAG 2.2 A and AA on the page as it stands: "rule: what is wrong (where)". */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found: unknown = await page.evaluate(`axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ': ' + failureSummary + ' (' + target.join(' ') + ')')))`);
  if (!Array.isArray(found)) throw new Error('axe gave no answer');
  return found.map(String);
}

/** Writes what the page looks like to <name>.png, for people to look at: into .cache/screens, or into INBETWEEN_SCREENS. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.INBETWEEN_SCREENS ?? path.join(root, '.cache', 'screens');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
