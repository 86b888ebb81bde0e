/** The queue's page against the real queue: order, cancel, retry, prune, and hundreds of jobs. */
import type { Page } from 'playwright-core';
import { until } from '../queue/fixtures/specs';
import { describeInChromium } from './support/chromium';
import { BOARD, job, reaches } from './support/jobs';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('the queue', () => {
  let rig: PagesRig;
  beforeAll(async () => (rig = await startPages()));
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const waiting = (): string[] =>
    rig.daemon.queue.list({ states: ['queued'], limit: 2_000 }).jobs.map(({ spec: { id } }) => id);
  const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}\\b`) });
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const select = async (page: Page, ...names: string[]): Promise<void> => {
    for (const name of names) await row(page, name).click();
  };

  it('says what to do while it is empty', async () => {
    const page = await rig.open('queue');
    await page.getByText('The queue is empty.').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-queue-empty');
  });

  it('shows what goes on, and changes the order by buttons and keys', async () => {
    const page = await rig.open('queue');
    const busy = job(1, { notes: 'steps=2000 delay=20' });
    const failing = job(2, { notes: 'throw=1' });
    await rig.panel.submit([failing], [BOARD]);
    await reaches(rig, failing.id, 'failed');
    await rig.panel.submit([busy, job(3), job(4), job(5), job(6)], []);
    await reaches(rig, busy.id, 'rendering');
    await row(page, 'SH060').waitFor();
    const names = (await page.getByRole('row').allTextContents()).map((text) => /SH\d+/.exec(text)?.[0]);
    expect(names).toEqual(['SH010', 'SH030', 'SH040', 'SH050', 'SH060', 'SH020']);
    // What is left of the night: nothing was measured here yet, others publish their prices.
    await page.getByText(/^Still to come: 4 takes · 4 s · not measured yet .* at published cloud prices$/).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-queue');

    await select(page, 'SH060');
    await press(page, 'To the front');
    await until(() => waiting()[0] === 'job-000006');
    await press(page, 'Down');
    await until(() => waiting()[1] === 'job-000006');
    await row(page, 'SH060').press('Alt+End');
    await until(() => waiting().at(-1) === 'job-000006');
    await row(page, 'SH060').press('Alt+ArrowUp');
    await until(() => waiting()[2] === 'job-000006');
    expect(waiting()).toEqual(['job-000003', 'job-000004', 'job-000006', 'job-000005']);
  });

  it('changes the order by dragging, with the mouse and with keys', async () => {
    const page = await rig.open('queue');
    await row(page, 'SH050').dragTo(row(page, 'SH030'), { targetPosition: { x: 200, y: 3 } });
    await until(() => waiting()[0] === 'job-000005');
    expect(waiting()).toEqual(['job-000005', 'job-000003', 'job-000004', 'job-000006']);
    await row(page, 'SH030').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await screenshot(page, 'companion-queue-dragging');
    await page.keyboard.press('Escape');
    expect(waiting()).toEqual(['job-000005', 'job-000003', 'job-000004', 'job-000006']);
  });

  it('says of a failed job what to do, and retries it', async () => {
    const page = await rig.open('queue');
    await select(page, 'SH020');
    await page.getByText('Ended at step 1.').first().waitFor();
    await screenshot(page, 'companion-queue-failed');
    await page.getByRole('alert').getByRole('button', { name: 'Retry' }).click();
    await until(() => waiting().includes('job-000002'));
  });

  it('cancels this one, then all but one, asking first', async () => {
    const page = await rig.open('queue');
    await select(page, 'SH050');
    await press(page, 'Cancel');
    await reaches(rig, 'job-000005', 'cancelled');
    await select(page, 'SH050', 'SH030');
    await press(page, 'Cancel all but these');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel all but these' }).click();
    await reaches(rig, 'job-000001', 'cancelled');
    await until(() => waiting().length === 0);
    await reaches(rig, 'job-000003', 'rendered');
  });

  it('pauses and goes on, and clears what is over', async () => {
    const page = await rig.open('queue');
    await press(page, 'Pause');
    await page.getByText('The queue is paused').first().waitFor();
    expect(rig.daemon.queue.paused).toBe(true);
    await press(page, 'Go on');
    await until(() => !rig.daemon.queue.paused);
    await press(page, 'Clear the list');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Clear the list' }).click();
    await row(page, 'SH050').waitFor({ state: 'detached' });
    expect(rig.daemon.queue.list().jobs.map(({ state }) => state)).toEqual(['rendered']);
  });

  it('stays smooth with six hundred jobs: draws those in sight, and reaches the last', async () => {
    rig.daemon.queue.setPaused(true);
    const many = Array.from({ length: 600 }, (_, i) => job(1_000 + i));
    await rig.panel.submit(many.slice(0, 400), []);
    await rig.panel.submit(many.slice(400), []);
    const page = await rig.open('queue');
    await row(page, 'SH10000').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByText('1 of 601 done').waitFor();
    await row(page, 'SH10000').click();
    await row(page, 'SH10000').press('End');
    await page.getByRole('row').last().waitFor();
    await press(page, 'To the back');
    await until(() => waiting().at(-1) === 'job-001000');
    await screenshot(page, 'companion-queue-many');
  });

  it('bears long names, light and a narrow window', async () => {
    const name = `SH_0450_the_courtyard_at_dusk_with_everybody_leaving_through_the_gate_${'retake_'.repeat(14)}v12`;
    rig.daemon.queue.cancel(waiting());
    rig.daemon.queue.prune(['cancelled']);
    await rig.panel.submit([job(9_000, { name, sequence: 'Reel 3 – the long goodbye, director’s version' })], []);
    for (const look of [{ theme: 'light' }, { width: 420, language: 'de' }] as const) {
      const page = await rig.open('queue', look);
      await row(page, 'SH_0450').or(page.getByText('SH_0450')).first().waitFor();
      // By now something was measured; all of it is a press away.
      await page.locator('.estimate-line', { hasText: '€' }).waitFor();
      await page.locator('.estimate summary').first().click();
      await page.locator('.estimate dd', { hasText: '2025-09' }).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await screenshot(page, `companion-queue-${'theme' in look ? 'light' : 'narrow'}`);
    }
  });

  it('tells what takes came to, and leaves it open when another one is there', async () => {
    rig.daemon.queue.setPaused(false);
    await reaches(rig, 'job-009000', 'rendered');
    const page = await rig.open('queue');
    const came = page.locator('details.estimate');
    await came.locator('summary').click();
    await came.getByText('One take was expected', { exact: false }).waitFor();
    await rig.panel.submit([job(9_001)], []);
    await came.getByText('2 takes were expected', { exact: false }).waitFor();
    expect(await came.getAttribute('open')).not.toBeNull();
  });
});
