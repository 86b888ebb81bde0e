/** A page on paper: printed to PDF by whatever Chromium, Chrome or Edge this machine has, without a window. */
import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { InbetweenError } from '../../shared/problem';

export interface BrowserPlaces {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => Promise<boolean>;
}

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];
const TIME_MS = 120_000;

/** The first browser that is there: CHROMIUM names one; then the usual places; then the PATH. Null where there is none. */
export async function findBrowser({ platform, env, exists }: BrowserPlaces): Promise<string | null> {
  const { posix, win32 } = path;
  const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
  const usual =
    platform === 'darwin'
      ? MAC
      : platform === 'win32'
        ? folders.flatMap((folder) => (folder ? WINDOWS.map((file) => win32.join(folder, file)) : []))
        : [];
  const inPath = (env.PATH ?? '')
    .split(platform === 'win32' ? ';' : ':')
    .filter(Boolean)
    .flatMap((folder) =>
      NAMES.map((name) => (platform === 'win32' ? win32.join(folder, `${name}.exe`) : posix.join(folder, name))),
    );
  for (const file of [...(env.CHROMIUM ? [env.CHROMIUM] : []), ...usual, ...inPath])
    if (await exists(file)) return file;
  return null;
}

/** This machine as it is. */
export const hereAreBrowsers: BrowserPlaces = {
  platform: process.platform,
  env: process.env,
  exists: (file) =>
    access(file).then(
      () => true,
      () => false,
    ),
};

/** Prints a self-contained page onto A4. Throws InbetweenError: "not-found" without a browser, "encode-failed" when it makes no PDF. */
export async function printPdf(html: string, out: string, places: BrowserPlaces = hereAreBrowsers): Promise<void> {
  const browser = await findBrowser(places);
  if (browser === null) {
    throw new InbetweenError({
      code: 'not-found',
      message: 'No Chromium, Chrome or Edge was found on this machine to print the PDF with.',
      safe: 'The report itself can be saved without one.',
      action: 'Save it with --html and print that page from any browser, or set CHROMIUM to a browser’s file.',
    });
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-print-'));
  try {
    const page = path.join(folder, 'report.html');
    await writeFile(page, html);
    // Root, as in containers, has no sandbox to run in; the page is ours and holds no script.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    await promisify(execFile)(
      browser,
      [
        ...['--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking', ...sandbox],
        ...['--no-pdf-header-footer', `--user-data-dir=${path.join(folder, 'profile')}`],
        ...[`--print-to-pdf=${path.resolve(out)}`, pathToFileURL(page).href],
      ],
      { timeout: TIME_MS },
    ).catch((error: unknown) => {
      throw notPrinted(out, error);
    });
    await stat(out).catch((error: unknown) => {
      throw notPrinted(out, error);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const notPrinted = (out: string, cause: unknown): InbetweenError =>
  new InbetweenError(
    {
      code: 'encode-failed',
      message: `The browser did not write ${path.basename(out)}.`,
      safe: 'The report itself can be saved without it.',
      action: 'Save the report with --html and print that page from any browser.',
      retry: true,
    },
    { cause },
  );
