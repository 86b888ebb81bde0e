/** The frame around the pages: pairing, the connection, and what a browser must never complain about. */
import type { Page } from 'playwright-core';
import { describeInChromium } from './support/chromium';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('the pages as a whole', () => {
  let rig: PagesRig;
  beforeAll(async () => (rig = await startPages()));
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const visible = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

  it('asks for six digits, says what is wrong with others, and lets the right ones in for good', async () => {
    const page = await rig.stranger();
    const code = rig.daemon.openPairing();
    await page.goto(rig.url);
    await page.getByLabel('Six digits').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-pairing');
    await page.keyboard.type(code === '000000' ? '111111' : '000000');
    await page.keyboard.press('Enter');
    await visible(page, 'That is not the code the companion shows.');
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // the companion looks at no guess for a second
    await page.getByLabel('Six digits').fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Now' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Now' }).waitFor();
  });

  it('pairs at once with the digits in its address, and takes them out of it', async () => {
    const page = await rig.stranger();
    await page.goto(`${rig.url}/#code=${rig.daemon.openPairing()}`);
    await page.getByRole('heading', { name: 'Now' }).waitFor();
    expect(page.url()).not.toContain('code');
  });

  it('asks anew when its token is not known any more', async () => {
    const page = await rig.stranger();
    await page.goto(rig.url);
    await page.evaluate(() => localStorage.setItem('inbetween.token', 'long-forgotten'));
    await page.reload();
    await page.getByLabel('Six digits').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('inbetween.token'))).toBeNull();
  });

  it('keeps its page while the companion is away, says so, and goes on by itself', async () => {
    const page = await rig.open('now');
    await rig.stopDaemon();
    await visible(page, 'The companion does not answer.');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-disconnected');
    await rig.restart();
    await page.getByText('The companion does not answer.').waitFor({ state: 'detached' });
  });

  it('is used by keys alone: every stop is seen, and the first one leads past the navigation', async () => {
    const page = await rig.open('queue');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('page');
    await page.reload();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Now' }).waitFor();
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${outlineStyle} ${outlineWidth}`;
    });
    expect(outline).toBe('solid 2px');
  });

  it('bears every page in longer languages, light and dark, wide and narrow, without a violation', async () => {
    const looks = [
      { language: 'fr', width: 1280, theme: 'light' },
      { language: 'de', width: 400, theme: 'dark' },
    ] as const;
    for (const look of looks) {
      const page = await rig.open('now', look);
      const links = page.getByRole('navigation').getByRole('link');
      for (let i = 0; i < (await links.count()); i += 1) {
        await links.nth(i).click();
        await page.locator('h1').waitFor();
        const where = page.url().replace(/.*#/, `${look.language} `);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([where, ...(await violations(page)), Math.max(0, wide)]).toEqual([where, 0]);
      }
    }
  });

  it('gives way to a second window with its name, and takes over again when asked', async () => {
    const first = await rig.open('now');
    const instance = await first.evaluate(() => sessionStorage.getItem('inbetween.window'));
    const second = await first.context().newPage();
    await second.addInitScript((name) => sessionStorage.setItem('inbetween.window', name ?? ''), instance);
    await second.goto(`${rig.url}/#/now`);
    await visible(first, 'This page was opened a second time');
    expect(await violations(first)).toEqual([]);
    await first.getByRole('button', { name: 'Go on here' }).click();
    await first.getByRole('heading', { name: 'Now' }).waitFor();
    await visible(second, 'This page was opened a second time');
  });

  it.each([
    [{ major: 0, minor: 9 }, 'This page is older than the companion that runs.'],
    [{ major: 9, minor: 0 }, 'This page is newer than the companion that runs.'],
  ])('says which side is older when a page speaks %j', async (protocol, text) => {
    const page = await rig.open('now');
    await page.routeWebSocket('**/*', (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const sent: unknown = JSON.parse(String(message));
        server.send(JSON.stringify({ ...(sent as object), protocol }));
      });
    });
    await page.reload();
    await visible(page, text);
    await page.getByRole('button', { name: 'Load this page again' }).waitFor();
  });
});
