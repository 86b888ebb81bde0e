/** A real Chromium for tests of pages. Where there is none the tests are skipped and say so; a continuous build must have one. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = PLACES.find((place) => place !== undefined && existsSync(place));

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `describe`, or a skipped one whose name says that Chromium is missing. Fails in a continuous build without one. */
export function describeInChromium(name: string, tests: () => void): void {
  if (executable === undefined && process.env.CI === undefined) describe.skip(`${name} (no Chromium here)`, tests);
  else describe(name, tests);
}

/** Starts it; the caller closes it. */
export function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error('There is no Chromium at /usr/bin/chromium or in CHROMIUM.');
  return chromium.launch({ executablePath: executable, args: FLAGS });
}
