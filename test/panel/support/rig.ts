/** The built panel in a real Chromium, a simulated Premiere behind it, a real daemon behind that. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { ExampleSequence } from '../../../examples/demo/sequence-file';
import { startDaemon, type Daemon, type DaemonConfig } from '../../../companion-app/daemon';
import { builtOnce } from '../../built';
import { launch } from '../../ui/support/chromium';
import { startBridge, type Bridge } from './bridge';
import { pack } from './wire';

const root = path.resolve(__dirname, '..', '..', '..');
const support = path.join(root, 'test', 'panel', 'support', 'page');

export interface PanelLook {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  /** Premiere's language: "en_US", "ja_JP". */
  readonly locale?: string;
  /** The sequence on the timeline; without one, an empty one. */
  readonly example?: ExampleSequence;
  /** What secure storage holds from earlier. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Projects opened before, so that this one's ids are other ones than those of a Premiere elsewhere. */
  readonly projectsBefore?: number;
}

export interface PanelRig {
  readonly browser: Browser;
  readonly bridge: Bridge;
  daemon: Daemon;
  /** Opens Premiere with the panel. */
  open(look?: PanelLook): Promise<Page>;
  /** Six digits that pair a panel. */
  code(): string;
  stopDaemon(): Promise<void>;
  startDaemon(): Promise<void>;
  /** What any page complained about since the last call. */
  complaints(): string[];
  close(): Promise<void>;
}

const SHIMMED = /^(node:(fs|fs\/promises|os|path|url)|ws)$/;

/** Node's modules and the simulator's own doors to the outside become the page's shims. */
const shims: Plugin = {
  name: 'shims',
  setup(bundle) {
    const file = path.join(support, 'shims.ts');
    bundle.onResolve({ filter: SHIMMED }, () => ({ path: file }));
    bundle.onResolve({ filter: /\/(media\/probe|media\/picture|transport)$/ }, () => ({ path: file }));
  },
};

/** The panel and the page around it, in folders of these names. */
async function buildPage(built: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, 'tools', 'build-panel.mjs'), path.join(built, 'panel')]);
  await build({
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    entryPoints: [path.join(support, 'entry.ts')],
    outfile: path.join(built, 'page', 'page.js'),
    inject: [path.join(support, 'globals.ts')],
    plugins: [shims],
    logLevel: 'error',
  });
  await writeFile(path.join(built, 'page', 'index.html'), PAGE);
}

/** Premiere's colours around a panel, as its dark and its light look have them. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>Inbetween</title>
<link rel="stylesheet" href="/panel/panel.css" />
<style>
  body { background: #323232; }
  .light { --uxp-host-background-color: #f3f3f3; --uxp-host-text-color: #222222; --uxp-host-border-color: #b3b3b3; }
  .dark { --uxp-host-background-color: #323232; --uxp-host-text-color: #e6e6e6; --uxp-host-border-color: #5a5a5a; }
  sp-theme { display: block; width: 100%; height: 100%; }
  sp-heading, sp-body { display: block; }
  sp-button[variant="warning"] { --mod-button-background-color-default: #b02a30; --mod-button-content-color-default: #fff; }
  sp-heading { font-size: 15px; font-weight: 700; }
  sp-body { font-size: 12px; }
  sp-label { font-size: 11px; }
</style></head>
<body><script src="/page/page.js"></script></body></html>`;

export async function startPanel(config: Partial<DaemonConfig> = {}): Promise<PanelRig> {
  const built = await builtOnce('panel', buildPage);
  const bridge = await startBridge({ page: path.join(built, 'page'), panel: path.join(built, 'panel') });
  const folder = mkdtempSync(path.join(tmpdir(), 'inbetween-panel-'));
  const browser = await launch();
  const complaints: string[] = [];
  const begin = (): Promise<Daemon> =>
    startDaemon({
      dataDir: path.join(folder, 'data'),
      renderEntry: path.join(root, 'dist', 'render.cjs'),
      logLevel: 'error',
      ...config,
      ports: [0],
    });
  let daemon = await begin();
  bridge.target = daemon.port;

  const open = async (look: PanelLook = {}): Promise<Page> => {
    const {
      width = 360,
      height = 720,
      theme = 'dark',
      locale = 'en_US',
      example,
      secrets = {},
      projectsBefore = 0,
    } = look;
    const premiere = mkdtempSync(path.join(folder, 'premiere-'));
    for (const name of ['data', 'temp', 'plugin']) mkdirSync(path.join(premiere, name));
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      colorScheme: theme,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of [45]\d\d|WebSocket connection/.test(message.text()))
        complaints.push(message.text());
    });
    await page.goto(`${bridge.url}/page/index.html?folder=${encodeURIComponent(premiere)}`);
    await page.evaluate((colour) => {
      const theme = document.createElement('sp-theme');
      theme.setAttribute('system', 'spectrum');
      theme.setAttribute('color', colour);
      theme.setAttribute('scale', 'medium');
      theme.className = colour;
      const panel = document.createElement('div');
      panel.id = 'root';
      theme.append(panel);
      document.body.append(theme);
    }, theme);
    await page.evaluate((options) => window.mountPanel?.(options), {
      example: example ? pack(example) : null,
      locale,
      secrets,
      projectsBefore,
    });
    await page.locator('.panel').waitFor();
    return page;
  };

  const rig: PanelRig = {
    browser,
    bridge,
    get daemon() {
      return daemon;
    },
    open,
    code: () => daemon.openPairing(),
    async stopDaemon() {
      bridge.target = null;
      await daemon.stop();
    },
    async startDaemon() {
      daemon = await begin();
      bridge.target = daemon.port;
    },
    complaints: () => complaints.splice(0),
    async close() {
      await browser.close();
      await bridge.close();
      await daemon.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}
