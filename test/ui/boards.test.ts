/** The Storyboards page: dropped, chosen, read by the real reading process, shown, queued, offered to the panel, removed. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { tempFolder, until } from '../queue/fixtures/specs';
import { boardsEntry, drawing, folderWithTable, removeBuilt, storyboarderProject } from './boards-rig';
import { describeInChromium } from './support/chromium';
import { screenshot, startPages, violations, type PagesRig } from './support/rig';

describeInChromium('storyboards', () => {
  let rig: PagesRig;
  let given: Awaited<ReturnType<typeof tempFolder>>;
  beforeAll(async () => {
    process.env.FAKE_RENDER_ENGINES = 'parallax,inbetween,diffusion';
    rig = await startPages({ boardsEntry: boardsEntry() });
    given = await tempFolder();
    rig.daemon.queue.setPaused(true);
  });
  afterAll(async () => {
    delete process.env.FAKE_RENDER_ENGINES;
    await rig.close();
    await given.remove();
    await removeBuilt();
  });
  afterEach(() => expect(rig.complaints()).toEqual([]));

  /** Drops files or folders from the disk, as a person does from their desktop. */
  async function drop(page: Page, files: string[]): Promise<void> {
    const area = page.getByRole('region', { name: 'Drop a storyboard here' });
    await area.waitFor();
    const box = await area.boundingBox();
    const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 };
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  const shots = (page: Page): Promise<string[]> => page.locator('.shot-card h3').allTextContents();

  it('says so when there is none, and is usable without a mouse', async () => {
    const page = await rig.open('boards');
    await page.getByText('No storyboard yet.').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-empty');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files…' }).focus();
    await page.keyboard.press('Enter');
    expect((await chooser).isMultiple()).toBe(true);
  });

  it('takes a dropped folder with a table: boards, timing, words, and what was left out', async () => {
    const page = await rig.open('boards');
    await drop(page, [await folderWithTable(given.path)]);
    await page.getByRole('heading', { name: 'Market square' }).waitFor();
    await page.getByRole('button', { name: 'Animate' }).waitFor();
    expect(await shots(page)).toEqual(['SH010', 'SH020', 'SH030']);
    const first = page.locator('.shot-card').first();
    await first.getByText('1.5 s (36 frames)').waitFor();
    await first.getByText('slow push in on Anna').waitFor();
    await first.getByText('Dialogue: Where is he?').waitFor();
    await page.getByText('3 shots, 4 boards · 24 fps').waitFor();
    await page.getByText(/^3 shots · 11\.8 s · not measured yet on this machine/).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.board-picture img').length === 4);
    expect(await page.locator('.board-picture img').first().getAttribute('alt')).toContain('SH010_A');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-storyboard');
  });

  it('queues its shots once, and says what was there already', async () => {
    const page = await rig.open('boards');
    // Where it cannot be estimated that is said, and nobody is kept from animating.
    const why = { code: 'busy', message: 'No.', safe: '', action: 'Try again.', retry: true };
    await page.route('**/api/cost/estimate', (route) => route.fulfill({ status: 409, json: { problem: why } }));
    await page.getByRole('link', { name: 'Market square' }).click();
    await page.getByText('No estimate for now.').waitFor();
    await page.unroute('**/api/cost/estimate');
    await page.locator('.estimate').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.estimate-line').waitFor();
    await page.getByRole('button', { name: 'Animate' }).click();
    await page.getByText('3 shots were queued.').waitFor();
    const { jobs } = rig.daemon.queue.list();
    expect(jobs.map(({ spec: { shot } }) => [shot.name, shot.startFrame, shot.frames, shot.notes]).sort()).toEqual([
      ['SH010', 0, 36, 'slow push in on Anna'],
      ['SH020', 36, 200, 'whip pan right'],
      ['SH030', 236, 48, 'static'],
    ]);
    const boards = await readdir(path.join(rig.daemon.dataDir, 'boards'));
    expect(boards).toEqual(expect.arrayContaining(jobs.flatMap(({ spec }) => spec.shot.boards.map((b) => b.board))));
    await page.getByRole('button', { name: 'Animate' }).click();
    await page.getByText('Nothing new was queued. 3 were in the queue already.').waitFor();
    expect(rig.daemon.queue.list().jobs).toHaveLength(3);
    await page.getByRole('button', { name: 'Make a sequence in Premiere' }).click();
    await page.getByText('It waits for the panel', { exact: false }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-queued');
    await page.getByRole('button', { name: 'Show the queue' }).click();
    await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor();
  });

  it('queues them anew as next takes for another engine; words are asked for where an engine reads them', async () => {
    const page = await rig.open('boards', { language: 'de' });
    await page.getByRole('link', { name: 'Market square' }).click();
    await page.getByRole('button', { name: /Automatisch/ }).waitFor();
    expect(await page.getByLabel('Stilzeile für jede Einstellung').count()).toBe(0);
    await page.getByRole('button', { name: /Automatisch/ }).click();
    await page.getByRole('option', { name: 'Diffusion' }).click();
    await page.getByLabel('Stilzeile für jede Einstellung').fill('pencil storyboard');
    await page.getByLabel('Zu vermeiden').fill('colour');
    expect(await page.getByLabel('Prompt dieser Einstellung').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-words-de');
    await page.getByRole('button', { name: 'Animieren' }).click();
    const made = await until(() => {
      const rows = rig.daemon.queue.list().jobs.filter(({ spec }) => spec.engine === 'diffusion');
      return rows.length === 3 && rows;
    });
    for (const { spec } of made)
      expect(spec).toMatchObject({ take: 2, styleLine: 'pencil storyboard', negative: 'colour' });
    expect(made.every(({ spec }) => spec.prompt === undefined)).toBe(true);
    rig.daemon.queue.cancel(made.map(({ spec }) => spec.id));
  });

  it('takes a Storyboarder project with its layers, and tells of a board without a picture', async () => {
    const page = await rig.open('boards', { theme: 'light' });
    await drop(page, [await storyboarderProject(given.path)]);
    await page.getByRole('button', { name: 'Animate' }).waitFor();
    expect(await shots(page)).toEqual(['SH010', 'SH020', 'SH030']);
    await page.getByText('Action: He runs.').waitFor();
    await page.locator('.board-warnings summary').click();
    await page.getByText('Board 3 has no picture', { exact: false }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.board-picture img').length === 3);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-warnings-light');
  });

  it('takes several chosen pictures and a chosen folder', async () => {
    const page = await rig.open('boards');
    const pictures = ['SH010.png', 'SH020.png'].map((name) => path.join(given.path, name));
    for (const [i, file] of pictures.entries()) await writeFile(file, await drawing(i * 50));
    await page.locator('[data-choose="files"]').setInputFiles(pictures);
    await page.getByRole('button', { name: 'Animate' }).waitFor();
    expect(await shots(page)).toEqual(['SH010', 'SH020']);
    await page.getByRole('link', { name: 'All storyboards' }).click();
    await page.getByRole('button', { name: 'Frame rate' }).click();
    await page.getByRole('option', { name: '23.976' }).click();
    await page.locator('[data-choose="folder"]').setInputFiles(await folderWithTable(given.path, 'Chosen folder'));
    await page.getByRole('heading', { name: 'Chosen folder' }).waitFor();
    await page.getByText('23.976 fps', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Animate' }).waitFor();
    expect(await shots(page)).toEqual(['SH010', 'SH020', 'SH030']);
  });

  it('says what it left out, and what could not be read and why', async () => {
    const page = await rig.open('boards');
    const nothing = path.join(given.path, 'letter.docx');
    await writeFile(nothing, 'Dear all');
    await page.locator('[data-choose="files"]').setInputFiles([nothing]);
    await page.getByText('There is nothing in it that belongs to a storyboard', { exact: false }).waitFor();
    await page.getByText('1 file was left out', { exact: false }).waitFor();
    const project = path.join(given.path, 'Film.sboard');
    await writeFile(project, 'somebody else’s');
    await page.locator('[data-choose="files"]').setInputFiles([project]);
    await page.getByText('Film.sboard is a Storyboard Pro project', { exact: false }).waitFor();
    await page.getByText('Export it there as Final Cut Pro XML', { exact: false }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-failed');
  });

  it('is whole after a restart, and can be removed', async () => {
    await rig.restart();
    const page = await rig.open('boards');
    await page.getByRole('link', { name: 'Market square' }).waitFor();
    const folders = (): Promise<string[]> => readdir(path.join(rig.daemon.dataDir, 'storyboards'));
    const before = (await folders()).length;
    await page.getByRole('button', { name: 'Remove – Film' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('link', { name: 'Film' }).waitFor({ state: 'detached' });
    expect((await folders()).length).toBe(before - 1);
    await screenshot(page, 'companion-boards-list');
  });

  it('stops half way without leaving anything', async () => {
    const page = await rig.open('boards', { language: 'de', width: 420 });
    const big = path.join(
      given.path,
      'Ein sehr langer Name von einem Storyboard mit vielen Seiten und Anmerkungen.pdf',
    );
    await writeFile(big, Buffer.alloc(60_000_000, 1));
    const folders = (): Promise<string[]> => readdir(path.join(rig.daemon.dataDir, 'storyboards'));
    const before = await folders();
    await page.locator('[data-choose="files"]').setInputFiles([big]);
    const stop = page.getByRole('button', { name: 'Anhalten' });
    await stop.waitFor();
    await screenshot(page, 'companion-boards-busy-de');
    expect(await violations(page)).toEqual([]);
    await stop.click();
    await stop.waitFor({ state: 'detached' });
    await until(async () => (await folders()).length === before.length);
  });

  it('keeps long names readable in Japanese and narrow', async () => {
    const name = `絵コンテ ${'とても長い名前'.repeat(12)}`.slice(0, 60);
    const folder = path.join(given.path, name);
    await mkdir(folder);
    await writeFile(
      path.join(folder, 'SH010_A a very long note about what she does at the window in the rain.png'),
      await drawing(10, 180, 320),
    );
    await writeFile(path.join(folder, 'SH020.png'), await drawing(200));
    const page = await rig.open('boards', { language: 'ja', width: 420 });
    await page.locator('[data-choose="folder"]').setInputFiles(folder);
    await page.getByRole('button', { name: 'アニメーション化' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.board-picture img').length === 2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'companion-boards-ja');
  });
});
