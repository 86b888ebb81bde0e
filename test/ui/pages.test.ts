/** Night, settings and doctor against the real daemon. */
import { readFile } from 'node:fs/promises';
import { unzipSync, strFromU8 } from 'fflate';
import { until } from '../queue/fixtures/specs';
import { describeInChromium } from './support/chromium';
import { BOARD, job, reaches } from './support/jobs';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('the pages', () => {
  let rig: PagesRig;
  beforeAll(async () => (rig = await startPages()));
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  describe('night', () => {
    it('changes what the daemon goes by, at once, and says why nothing is begun', async () => {
      const page = await rig.open('night');
      await page.getByText('Nothing keeps shots from being begun.').waitFor();
      await page.getByRole('switch', { name: 'Begin shots only between two times' }).click({ force: true });
      await until(() => rig.daemon.settings.get().night.window !== null);
      const hour = (new Date().getHours() + 3) % 24;
      await page.getByLabel('From').fill(`${hour}00`);
      await page.getByLabel('To', { exact: true }).fill(`${(hour + 1) % 24}:30`);
      await page.getByLabel('To', { exact: true }).press('Enter');
      const two = (n: number): string => String(n).padStart(2, '0');
      await until(() => rig.daemon.settings.get().night.window?.to === `${two((hour + 1) % 24)}:30`);
      expect(rig.daemon.settings.get().night.window?.from).toBe(`${two(hour)}:00`);
      await page.getByText(`Shots are begun from ${two(hour)}:00`, { exact: false }).waitFor();
      expect(await violations(page)).toEqual([]);
      await screenshot(page, 'companion-night');
      expect(await page.getByLabel('From').inputValue()).toBe(`${two(hour)}:00`);
      await page.getByLabel('From').fill('25:00');
      await page.getByLabel('From').press('Enter');
      expect(await page.getByLabel('From').inputValue()).toBe(`${two(hour)}:00`);
      await page.getByRole('switch', { name: 'Begin shots only between two times' }).click({ force: true });
      await until(() => rig.daemon.settings.get().night.window === null);
      await page.getByRole('button', { name: /Shots are begun/ }).click();
      await page.getByRole('option', { name: 'shortest first' }).click();
      await until(() => rig.daemon.settings.get().night.order === 'shortest-first');
    });
  });

  describe('settings', () => {
    it('speaks another language and wears another theme at once, also after a reload', async () => {
      const page = await rig.open('settings');
      await page.getByRole('button', { name: /Language/ }).click();
      await page.getByRole('option', { name: 'Deutsch' }).click();
      await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
      await page.getByRole('button', { name: /Thema/ }).click();
      await page.getByRole('option', { name: 'Hell' }).click();
      await until(() => rig.daemon.settings.get().theme === 'light');
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
      expect(await violations(page)).toEqual([]);
      await screenshot(page, 'companion-settings-light');
      await page.reload();
      await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    });

    it('keeps prices, and takes no currency that is none', async () => {
      const page = await rig.open('settings');
      await page.getByRole('textbox', { name: 'Price of a kWh' }).fill('0.41');
      await page.getByRole('textbox', { name: 'Price of a kWh' }).press('Tab');
      await until(() => rig.daemon.settings.get().cost.pricePerKWh === 0.41);
      await page.getByLabel('Currency').fill('gb');
      await page.getByLabel('Currency').press('Enter');
      expect(await page.getByLabel('Currency').inputValue()).toBe('EUR');
      await page.getByLabel('Currency').fill('gbp');
      await page.getByLabel('Currency').press('Enter');
      await until(() => rig.daemon.settings.get().cost.currency === 'GBP');
      expect(await violations(page)).toEqual([]);
      await screenshot(page, 'companion-settings');
    });

    it('shows who is paired, pairs another page, and revokes it', async () => {
      const page = await rig.open('settings');
      await page.getByRole('button', { name: 'Pair another panel or page' }).click();
      const code = (await page.locator('.code').textContent()) ?? '';
      const other = await rig.stranger();
      await other.goto(`${rig.url}/#code=${code}`);
      await other.getByRole('heading', { name: 'Now' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Revoke Page in a browser' }).click();
      await page.getByRole('button', { name: 'Revoke Page in a browser' }).waitFor({ state: 'detached' });
      await other.reload();
      await other.getByLabel('Six digits').waitFor();
    });
  });

  describe('doctor', () => {
    it('says what it found, as text to copy', async () => {
      const page = await rig.open('doctor');
      await page.getByRole('rowheader', { name: 'ffmpeg' }).waitFor();
      await page.getByText(`the companion listens on port ${rig.daemon.port}`).waitFor();
      await page.getByText('test panel 1; the companion is', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Copy text' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Inbetween .*\n(ok|FAIL) {2}/);
      expect(await violations(page)).toEqual([]);
      await screenshot(page, 'companion-doctor');
    });

    it('packs an archive without names, notes or pictures unless they are ticked', async () => {
      const secret = job(77, { notes: 'steps=1 the-secret-ending', name: 'SH_SECRET' });
      await rig.panel.submit([secret], [BOARD]);
      await reaches(rig, secret.id, 'rendered');
      const page = await rig.open('doctor');
      const save = async (): Promise<Record<string, string>> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Save the archive' }).click(),
        ]);
        const files = unzipSync(new Uint8Array(await readFile(await download.path())));
        return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
      };
      const plain = await save();
      expect(Object.keys(plain).sort()).toEqual([
        ...['about.json', 'daemon.log', 'findings.json', 'jobs.json', 'settings.json'],
      ]);
      expect(JSON.stringify(plain)).not.toMatch(/secret/i);
      expect(plain['jobs.json']).toContain('"rendered"');
      await page.getByRole('checkbox', { name: 'With names and notes of the shots' }).click({ force: true });
      await page.getByRole('checkbox', { name: 'With pictures of the newest takes' }).click({ force: true });
      const whole = await save();
      expect(whole['jobs.json']).toContain('the-secret-ending');
      expect(Object.keys(whole)).toContain(`pictures/${secret.id}-0.jpg`);
    });
  });
});
