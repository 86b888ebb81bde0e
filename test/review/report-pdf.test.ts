/** The report on paper: which browser prints it, and what comes out. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { findBrowser, printPdf } from '../../companion-app/daemon/print-pdf';
import { reportHtml } from '../../companion-app/review/report';
import { tempFolder } from '../queue/fixtures/specs';

const among = (...files: string[]) => ({
  exists: async (file: string) => files.includes(file),
});

test('the browser that is named wins, then the usual places, then the path', async () => {
  const edge = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
  const windows = { platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files', PATH: 'C:\\bin' } } as const;
  expect(await findBrowser({ ...windows, ...among(edge) })).toBe(edge);
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(await findBrowser({ platform: 'darwin', env: {}, ...among(mac) })).toBe(mac);
  const linux = { platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin', CHROMIUM: '/opt/mine' } } as const;
  expect(await findBrowser({ ...linux, ...among('/usr/bin/google-chrome') })).toBe('/usr/bin/google-chrome');
  expect(await findBrowser({ ...linux, ...among('/usr/bin/chromium', '/opt/mine') })).toBe('/opt/mine');
  expect(await findBrowser({ ...linux, ...among() })).toBeNull();
});

test('without a browser it says so plainly, with the one thing to do', async () => {
  const printed = printPdf('<p>', '/nowhere.pdf', { platform: 'linux', env: {}, ...among() });
  await expect(printed).rejects.toMatchObject({
    problem: { code: 'not-found', action: expect.stringContaining('--html') as string },
  });
});

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].some(
  (file) => file !== undefined && existsSync(file),
);
const printing = chromium || process.env.CI !== undefined ? test : test.skip;

printing(
  chromium ? 'it is printed onto A4' : 'it is printed onto A4 (no Chromium here)',
  async () => {
    const folder = await tempFolder();
    const out = path.join(folder.path, 'the report.pdf');
    const shots = Array.from({ length: 30 }, (_, i) => ({
      ...{ key: `${i}`, name: `SH${i}0`, notes: 'slow push in on the gate', moves: ['push in 12 %, f0–47'] },
      ...{
        timecode: '01:00:00:00',
        frames: 48,
        state: 'rendered' as const,
        engine: 'parallax',
        provider: 'cpu',
        seed: 1,
      },
      ...{ take: 1, takes: 1, seconds: 3, videoSeconds: 2, checks: [], warnings: [], pictures: [] },
    }));
    const about = { title: 'Film', made: 'now', version: '1', machine: 'here', rate: '24' };
    await printPdf(reportHtml({ ...about, shots, files: [], charts: [] }), out);
    const library = await PDFiumLibrary.init();
    const document = await library.loadDocument(await readFile(out));
    const pages = [...document.pages()];
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    }
    expect(pages.map((page) => page.getText()).join(' ')).toContain('SH290');
    document.destroy();
    library.destroy();
    await folder.remove();
  },
  90_000,
);
