/** What renders now: a real shot with its frames as they are made, and the machine as it is. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeBundle } from '../built';
import { sha, spec } from '../queue/fixtures/specs';
import { describeInChromium } from './support/chromium';
import { reaches } from './support/jobs';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');

describeInChromium('now', () => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPages({ renderEntry: await nodeBundle('companion-app/render/main.ts') });
  });
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  it('says that nothing is rendered, and how the machine is', async () => {
    const page = await rig.open('now');
    await page.getByText('The queue is empty.').waitFor();
    await page.getByRole('meter', { name: 'Memory' }).waitFor();
    const memory = Number(await page.getByRole('meter', { name: 'Memory' }).getAttribute('aria-valuenow'));
    expect(memory).toBeGreaterThan(0);
    expect(memory).toBeLessThanOrEqual(100);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-now-empty');
  });

  it('shows the frames of the shot at work, its steps and what waits', async () => {
    const board = await readFile(path.join(root, 'examples', 'boards', 'SH010.png'));
    const shot = (n: number) => {
      const plain = spec(n, {
        board: sha(board),
        notes: 'slow push in',
        name: `SH0${n}0`,
        sequence: 'The courtyard',
        frames: 240,
      });
      return { ...plain, shot: { ...plain.shot, size: { width: 1280, height: 720 } } };
    };
    const page = await rig.open('now');
    await rig.panel.submit([shot(1), shot(2), shot(3)], [board]);
    const frame = page.getByRole('img', { name: 'Newest frame of SH010' });
    await frame.waitFor();
    const size = await frame.evaluate((img) =>
      img instanceof HTMLImageElement ? [img.naturalWidth, img.naturalHeight] : [],
    );
    expect(size).toEqual([480, 270]);
    const first = await frame.getAttribute('src');
    await page.waitForFunction((src) => document.querySelector('.live-frame img')?.getAttribute('src') !== src, first);
    await page.getByText('2 shots wait').waitFor();
    await page.getByRole('progressbar', { name: /SH010/ }).waitFor();
    await page.getByText(/^\d+ of 240 · \d+%$/).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-now');
    const light = await rig.open('now', { theme: 'light', width: 420, language: 'ja' });
    await light.locator('.live-frame img').waitFor();
    expect(await violations(light)).toEqual([]);
    await screenshot(light, 'companion-now-narrow');
    rig.daemon.queue.cancel(['job-000001', 'job-000002', 'job-000003']);
    await reaches(rig, 'job-000001', 'cancelled');
    await page.getByText('Nothing is being rendered at this moment.').waitFor();
  });
});
