/** What the night does by itself and what goes wrong is shown with its time, in the person's language. */
import { until } from '../queue/fixtures/specs';
import { describeInChromium } from './support/chromium';
import { BOARD, job, reaches } from './support/jobs';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('the night told', () => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPages();
    await rig.daemon.settings.change({ night: { retriesOfFailedChecks: 1 } });
    const shaky = { ...job(1, { name: 'SH010', notes: 'steps=1 unsound=7' }), seed: 7 };
    const doomed = job(2, { name: 'SH020', notes: 'steps=1 throw=1' });
    await rig.panel.submit([shaky, doomed], [BOARD]);
    await reaches(rig, shaky.id, 'rendered');
    await reaches(rig, doomed.id, 'failed');
    const hour = (new Date().getHours() + 3) % 24;
    const two = (n: number): string => `${String(n).padStart(2, '0')}:00`;
    await rig.panel.submit([job(3, { name: 'SH030', notes: 'steps=400 delay=50' })], [BOARD]);
    await reaches(rig, 'job-000003', 'rendering');
    await rig.panel.submit([job(4, { name: 'SH040' })], [BOARD]);
    await rig.daemon.settings.change({ night: { window: { from: two(hour), to: two((hour + 1) % 24) } } });
    await until(() => rig.daemon.queue.holds().length > 0);
  });
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  it('on the night page, in English and in German', async () => {
    const page = await rig.open('night');
    await page.getByText('it is made again with another seed (1 of 1)', { exact: false }).waitFor();
    await page.locator('.notice-held').first().waitFor();
    expect(await page.locator('.happened time').first().getAttribute('datetime')).toMatch(/^\d{4}-/);
    expect(await violations(page)).toEqual([]);
    const german = await rig.open('night', { language: 'de', height: 1400 });
    const list = german.locator('.happened');
    await list.getByText('Ein Take hat die Prüfung „Bewegung“ nicht bestanden', { exact: false }).waitFor();
    await list.getByText('aufgeschoben').first().waitFor();
    await list.getByText('Begonnen wird von', { exact: false }).waitFor();
    expect(await list.getByText('anderer Seed').count()).toBe(1);
    expect(await violations(german)).toEqual([]);
    await screenshot(german, 'companion-night-de');
  });

  it('on the page of what goes on now: the newest, and where all of it is', async () => {
    const page = await rig.open('now', { language: 'fr' });
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
    expect(await page.locator('.happened li').count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-now-notices-fr');
  });

  it('in the morning report', async () => {
    const page = await rig.open('report', { language: 'es' });
    await page.getByRole('heading', { name: 'Qué pasó' }).waitFor();
    await page.getByText('otra semilla', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('a problem is said in the language of the page, its English copied', async () => {
    const page = await rig.open('queue', { language: 'ja' });
    await page.getByRole('row', { name: /SH020/ }).click();
    const box = page.locator('.problem');
    await box.getByText('レンダリング', { exact: false }).first().waitFor();
    await box.getByRole('button').last().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/\(render-failed\)$/);
    expect(copied).toMatch(/^[\x20-\x7e\n’“”–…]+$/);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-queue-failed-ja');
  });
});
