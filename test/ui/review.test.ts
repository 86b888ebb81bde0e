/** Review, report and cost with takes that were really rendered, in a real Chromium. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { FactKind, FactOf } from '../../shared/protocol';
import { nodeBundle } from '../built';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { describeInChromium } from './support/chromium';
import { reaches } from './support/jobs';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
/** What is rendered here is only looked at small. */
const SMALL = { size: { width: 320, height: 180 } };
const LONG = `SH_0450_the_courtyard_at_dusk_with_everybody_leaving_through_the_gate_${'retake_'.repeat(8)}v12`;

describeInChromium('review, report and cost', () => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPages({ renderEntry: await nodeBundle('companion-app/render/main.ts') });
  }, 60_000);
  afterAll(async () => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const seen = async (page: Page, name: string): Promise<void> => {
    // What fades in is looked at when it is there.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))));
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    // Pictures are for people: those that nobody asked for are not taken.
    if (process.env.INBETWEEN_SCREENS !== undefined) await screenshot(page, name);
  };
  const facts = <K extends FactKind>(kind: K): FactOf<K>[] =>
    rig.daemon.queue.facts({ kinds: [kind] }).filter((fact): fact is FactOf<K> => fact.kind === kind);
  const verdictOf = (id: string) => rig.daemon.queue.find(id)?.verdict;
  /** The frame that is shown, from 1, and the shot, from 1. */
  const place = async (page: Page): Promise<{ shot: number; frame: number }> => {
    const text = (await page.locator('.counter').textContent()) ?? '';
    const [, shot, frame] = /Shot (\d+) of \d+ · Frame (\d+) of/.exec(text) ?? [];
    return { shot: Number(shot), frame: Number(frame) };
  };

  it('says what to do while there is nothing', async () => {
    const page = await rig.open('queue');
    for (const [where, text] of [
      ['review', 'There is nothing to review yet.'],
      ['report', 'There is nothing to report yet'],
      ['cost', 'Nothing has been spent yet.'],
    ] as const) {
      await page.goto(`${rig.url}/#/${where}`);
      await page.getByText(text).waitFor();
      await seen(page, `companion-${where}-empty`);
    }
  });

  it('plays takes as a cut, by keys and buttons', async () => {
    const boards = await Promise.all(
      ['SH010', 'SH020', 'SH040', 'SH050'].map((name) =>
        sharp(path.join(root, 'examples', 'boards', `${name}.png`))
          .resize(SMALL.size.width)
          .png()
          .toBuffer(),
      ),
    );
    const shot = (n: number, name: string, at: number, more: Partial<Parameters<typeof spec>[1]> = {}) => {
      const board = boards[(at - 1) % boards.length]!;
      const plain = spec(n, { board: sha(board), name, sequence: 'The courtyard', notes: 'slow push in', ...more });
      return { ...plain, shot: { ...plain.shot, ...SMALL, id: `shot ${name}`, startFrame: at * 24 } };
    };
    await rig.panel.submit(
      [
        shot(1, 'SH010', 1),
        shot(2, 'SH010', 1, { take: 2, notes: 'truck left' }),
        shot(3, 'SH020', 2, { notes: 'hold' }),
      ],
      boards,
    );
    for (const id of ['job-000001', 'job-000002', 'job-000003']) await reaches(rig, id, 'rendered');
    rig.daemon.queue.setPaused(true);
    await rig.panel.submit([shot(4, LONG, 3, { notes: `pan right, ${'and on '.repeat(30)}` })], boards);

    const page = await rig.open('review');
    await page.locator('video:not(.behind)').waitFor();
    await page.waitForFunction(
      () => (document.querySelector<HTMLVideoElement>('video:not(.behind)')?.readyState ?? 0) >= 2,
    );
    expect(await place(page)).toEqual({ shot: 1, frame: 1 });
    await page.getByRole('button', { name: 'Take 2' }).and(page.locator('[aria-pressed="true"]')).waitFor();
    await seen(page, 'companion-review');
    // The next shot's clip waits behind the picture.
    expect(await page.locator('video').count()).toBe(2);

    await page.keyboard.press('l');
    await until(async () => (await place(page)).shot === 2);
    await page.keyboard.press('k');
    const stood = await place(page);
    expect(stood.frame).toBeGreaterThan(0);
    await page.keyboard.press('j');
    await until(async () => (await place(page)).shot === 1);
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowRight');
    expect(await place(page)).toEqual({ shot: 2, frame: 1 });
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    expect(await place(page)).toEqual({ shot: 2, frame: 3 });
    const shown = await page.locator('video:not(.behind)').evaluate((video) => (video as HTMLVideoElement).currentTime);
    expect(Math.floor((shown * 24_000) / 1001)).toBe(2);
    // A shot without a take is played as its board, for as long as it lasts.
    await page.getByRole('button', { name: 'Next shot' }).click();
    await page.getByText('No take yet: the board stands in.').waitFor();
    await page.getByRole('img', { name: /^Board of SH_0450/ }).waitFor();
    await page.keyboard.press('l');
    await until(async () => (await place(page)).frame === 24);
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await seen(page, 'companion-review-long');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Take 1' }).and(page.locator('[aria-pressed="true"]')).waitFor();
  }, 90_000);

  it('takes verdicts and notes, and measures the time it is looked at', async () => {
    const page = await rig.open('review');
    await page.locator('video:not(.behind)').waitFor();
    await page.keyboard.press('a');
    await until(() => verdictOf('job-000002')?.verdict === 'approved');
    await page.getByRole('status').getByText('approved').waitFor();
    await page.keyboard.press('a');
    await until(() => verdictOf('job-000002') === undefined);
    await page.getByRole('status').getByText('approved').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '✓ Approve' }).click();
    await until(() => verdictOf('job-000002')?.verdict === 'approved');
    await page.keyboard.press('1');
    await page.keyboard.press('x');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'drawing is distorted' }).check({ force: true });
    await dialog.getByLabel('In your own words').fill('the gate bends; jkl axn 2');
    await seen(page, 'companion-review-reject');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await until(() => verdictOf('job-000001')?.reason === 'drawing is distorted: the gate bends; jkl axn 2');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await dialog.getByLabel('Note').fill('Slower, please');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await until(() => facts('note').length > 0);
    await page.locator('.verdict-bar').getByText('Slower, please').waitFor();
    expect(facts('note').map(({ jobId, text }) => [jobId, text])).toEqual([['job-000001', 'Slower, please']]);
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await dialog.getByText('previous or next shot').waitFor();
    await seen(page, 'companion-review-keys');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.getByRole('button', { name: /SH020/ }).waitFor();
    await seen(page, 'companion-review-sheet');
    await until(() => facts('review').some(({ jobId, seconds }) => jobId === 'job-000001' && seconds >= 0.5));
    // The contact sheet is of no take: once what was looked at before is told, its time counts for none.
    await until(async () => {
      const counted = facts('review').length;
      await page.waitForTimeout(1_500);
      return facts('review').length === counted;
    });
    // On the sheet the keys speak of the shot that is marked, and play nothing.
    const marked = page.locator('.contacts [aria-current="true"]');
    expect(await marked.textContent()).toContain('SH010');
    await page.keyboard.press('l');
    await page.keyboard.press('ArrowRight');
    await until(async () => (await marked.textContent())?.includes('SH020') ?? false);
    await page.keyboard.press('x');
    // The first reason has the focus, Enter takes the one that is chosen.
    await dialog.getByRole('radio', { name: 'wrong move' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'radio');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(() => verdictOf('job-000003')?.reason === 'wrong timing');
    await dialog.waitFor({ state: 'detached' });
    rig.daemon.queue.judge('job-000003', { verdict: 'none', by: 'page' });
    await until(() => verdictOf('job-000003') === undefined);
    await page.getByRole('button', { name: /SH020/ }).click();
    await page.getByRole('heading', { name: 'SH020' }).waitFor();
  });

  it('bears light, other languages and a phone', async () => {
    const page = await rig.open('review', { theme: 'light', width: 360, height: 780, language: 'de' });
    await page.locator('video:not(.behind)').waitFor();
    await seen(page, 'companion-review-phone');
    await page
      .getByRole('button', { name: 'Nächste Einstellung' })
      .tap()
      .catch(() => page.getByRole('button', { name: 'Nächste Einstellung' }).click());
    await page.getByText('Einstellung 2 von 3').waitFor();
  });

  it('reports what was made, keeps it as a file, and says the next time what has changed', async () => {
    await rig.panel.ask(
      {
        type: 'cut',
        ref: rig.panel.ref(),
        sequenceId: 'id of The courtyard',
        takes: [{ jobId: 'job-000002', frames: 24 }],
      },
      'cut-ack',
    );
    const page = await rig.open('report', { height: 1400 });
    await page
      .getByText(/^2 of 3 shots are animated: 2.0 s of video .* 1 still waits; a usable second costs/)
      .waitFor();
    await page.getByRole('img', { name: 'SH010, first frame' }).waitFor();
    await seen(page, 'companion-report');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const html = await readFile(await download.path(), 'utf8');
    expect(html).not.toMatch(/<script|src="(?!data:)/);
    expect(html.match(/class="loop" src="data:image\/webp/g)).toHaveLength(2);

    const folder = await tempFolder();
    const file = path.join(folder.path, 'report.html');
    await writeFile(file, html);
    const alone = await rig.browser.newPage({
      viewport: { width: 360, height: 780 },
      colorScheme: 'dark',
      offline: true,
      hasTouch: true,
    });
    const asked: string[] = [];
    alone.on('request', (request) => asked.push(request.url().slice(0, 5)));
    await alone.goto(`file://${file}`);
    await seen(alone, 'companion-report-phone');
    const [first, second] = [alone.locator('.sheet .loop').first(), alone.locator('.sheet .loop').nth(1)];
    await alone.locator('.sheet .strip').first().tap();
    await first.waitFor();
    // It moves: what is shown changes by itself.
    const then = await first.screenshot();
    await until(async () => !then.equals(await first.screenshot()));
    await alone.keyboard.press('Tab');
    await alone.keyboard.press('Tab');
    await second.waitFor();
    await alone.mouse.move(1, 1);
    await first.waitFor({ state: 'hidden' });
    await alone.emulateMedia({ reducedMotion: 'reduce' });
    expect(await second.isVisible()).toBe(false);
    expect([...new Set(asked)].sort()).toEqual(['file:']);
    await alone.close();
    await folder.remove();

    rig.daemon.queue.judge('job-000003', { verdict: 'rejected', reason: 'flickers', by: 'panel' });
    rig.daemon.queue.cut('id of The courtyard', []);
    await page.getByRole('button', { name: 'Make it anew' }).click();
    await page.getByRole('heading', { name: /^Since the last report/ }).waitFor();
    await page.getByText('SH020: was rejected').waitFor();
    await page.getByText('SH010: was dropped from the cut').waitFor();
    rig.daemon.queue.cut('id of The courtyard', [{ jobId: 'job-000002', frames: 24 }]);
    const light = await rig.open('report', { theme: 'light', width: 360, height: 1400, language: 'ja' });
    await light.getByText('3ショット中2ショットをアニメート済み').waitFor();
    await seen(light, 'companion-report-narrow');
  });

  it('says what a usable second costs, and keeps a table of prices', async () => {
    const page = await rig.open('cost', { height: 1400 });
    await page.getByText('a usable second', { exact: false }).first().waitFor();
    await page.getByRole('img', { name: /Cost of a usable second by day/ }).waitFor();
    await page.getByRole('rowheader', { name: 'The courtyard / SH010' }).waitFor();
    await seen(page, 'companion-cost');
    await page.getByRole('button', { name: /^Shot/ }).click();
    await page.getByRole('option', { name: 'Reason of rejection' }).click();
    await page.getByRole('rowheader', { name: /drawing is distorted/ }).waitFor();
    await page.getByRole('button', { name: 'Edit the prices' }).click();
    await page.getByRole('button', { name: 'Add a service' }).click();
    const own = page.locator('fieldset').last();
    await own.getByLabel('Service').fill('Ours');
    expect(await page.getByRole('button', { name: 'Keep' }).isDisabled()).toBe(true);
    await own.getByLabel('Price of a second').fill('0,5');
    await own.getByLabel('Source').fill('a letter');
    await own.getByLabel('Published').fill('2026-11');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('rowheader', { name: 'Ours' }).waitFor();
    await page.getByRole('cell', { name: '2026-11', exact: true }).waitFor();
    const narrow = await rig.open('cost', { theme: 'light', width: 360, height: 1400, language: 'fr' });
    await narrow.getByText('par seconde utilisable', { exact: false }).first().waitFor();
    await seen(narrow, 'companion-cost-narrow');
  });

  it('says so when the companion cannot tell', async () => {
    const page = await rig.open('report');
    await page.locator('.report').waitFor();
    await page.route('**/api/report?**', (route) => route.abort());
    await page.getByRole('button', { name: 'Make it anew' }).click();
    await page.getByText('The companion does not answer.').waitFor();
    await seen(page, 'companion-report-failed');
  });
});
