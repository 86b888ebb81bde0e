/** The shot editor in a real Chromium: a box that is dragged becomes a take whose measured camera is that box. */
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { grabFrames } from '../../companion-app/media';
import type { JobRow, JobSpec } from '../../shared/protocol';
import { until } from '../queue/fixtures/specs';
import { measureBox } from './editor-measure';
import { BOARD, drawBoard, jobOf, startEditor, type EditorRig } from './editor-rig';
import { describeInChromium } from './support/chromium';
import { screenshot, violations } from './support/rig';

describeInChromium('the shot editor', () => {
  let rig: EditorRig;
  let drawing: Buffer;
  let board: string;
  beforeAll(async () => {
    rig = await startEditor();
    drawing = await drawBoard();
    board = await rig.store(drawing);
  }, 120_000);
  afterAll(() => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const pause = (paused: boolean): void => rig.daemon.queue.setPaused(paused);
  const send = async (job: JobSpec): Promise<string> => {
    const { jobs: outcomes } = await rig.daemon.queue.submit([job]);
    expect(outcomes.map(({ problem }) => problem)).toEqual([undefined]);
    return job.id;
  };
  const submit = (n: number, notes: string, parts: Parameters<typeof jobOf>[2] = {}): Promise<string> =>
    send(jobOf(n, board, { notes, ...parts }));
  const jobs = (shot: string): JobRow[] => rig.daemon.queue.list().jobs.filter(({ spec }) => spec.shot.id === shot);
  const open = async (jobId: string, look = {}): Promise<Page> => {
    const page = await rig.open(`editor/${jobId}`, { width: 1400, height: 900, ...look });
    // The first picture waits for the preview process to start and to read the board.
    page.setDefaultTimeout(60_000);
    await page.locator('.editor-stage image').waitFor();
    await page.locator('canvas[data-pictures]:not([data-pictures="0"])').waitFor();
    return page;
  };
  const box = (page: Page, i: number): Locator => page.locator(`.editor-box[data-key="${i}"]`);
  /** Where a point of the frame is on the screen. */
  const screenOf = async (page: Page, x: number, y: number): Promise<{ x: number; y: number }> => {
    const frame = await page.locator('.editor-frame').boundingBox();
    if (!frame) throw new Error('no frame on the screen');
    return { x: frame.x + x * frame.width, y: frame.y + y * frame.height };
  };
  const drag = async (
    page: Page,
    from: readonly [number, number],
    to: readonly [number, number],
    steps = 8,
  ): Promise<void> => {
    const [a, b] = [await screenOf(page, ...from), await screenOf(page, ...to)];
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y, { steps });
    await page.mouse.up();
  };
  const pictures = (page: Page): Promise<number> =>
    page.locator('canvas[data-pictures]').getAttribute('data-pictures').then(Number);

  test('an end box dragged by its corner becomes a take whose measured camera is that box', async () => {
    pause(true);
    const jobId = await submit(1, 'Static. "Wait for me!"');
    const page = await open(jobId);
    // The note makes the camera stand: its last box is the whole frame. Its corner is pulled in, then the box moved.
    await box(page, 1).waitFor();
    const before = await pictures(page);
    await box(page, 1).focus();
    await drag(page, [1, 1], [0.5, 0.5], 24);
    await drag(page, [0.25, 0.25], [0.6, 0.45]);
    await until(async () => (await pictures(page)) > before);
    const note = await page.getByRole('textbox', { name: 'Note' }).inputValue();
    expect(note).toMatch(/push in 2(\.\d+)?x/);
    expect(note).toContain('"Wait for me!"');
    expect(await violations(page)).toEqual([]);
    await page.locator('.estimate-line', { hasText: 'This take · 1 s ·' }).waitFor();
    await screenshot(page, 'editor-drawn');
    await page.getByRole('button', { name: 'Render take 2' }).click();
    const made = await until(() => jobs('shot 1').find(({ spec }) => spec.take === 2));
    expect(made.spec.sequence).toEqual(jobs('shot 1').find(({ spec }) => spec.take === 1)?.spec.sequence);
    expect(made.spec.shot.boards).toEqual(jobOf(1, board).shot.boards);
    await page.getByText('Take 2 waits in the queue').waitFor();
    await screenshot(page, 'editor-busy');
    pause(false);
    const row = await until(() => {
      const now = rig.daemon.queue.find(made.spec.id);
      if (now?.problem) throw new Error(now.problem.message);
      return now?.take && now;
    }, 120_000);
    const take = row.take;
    if (!take) throw new Error('no take');
    await page.getByText('Take 2 is rendered.').waitFor();

    const [first, last] = await grabFrames(take, [0, take.frames - 1]);
    const { data, info } = await sharp(drawing).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const whole = { width: info.width, height: info.height, rgb: new Uint8Array(data) };
    if (!first || !last) throw new Error('no frames');
    const drawn = made.spec.shot.framing ?? [];
    expect(drawn.map(({ frame }) => frame)).toEqual([0, 23]);
    const end = drawn[1];
    expect(end?.scale).toBeCloseTo(0.5, 1);
    expect(end?.center.x).toBeGreaterThan(0.55);
    [first, last].forEach((picture, i) => {
      const seen = measureBox(whole, picture);
      expect(Math.abs(seen.x - (drawn[i]?.center.x ?? 9))).toBeLessThan(0.006);
      expect(Math.abs(seen.y - (drawn[i]?.center.y ?? 9))).toBeLessThan(0.006);
      expect(Math.abs(seen.scale - (drawn[i]?.scale ?? 9))).toBeLessThan(0.008);
    });
    expect(BOARD.width).toBe(info.width);
  }, 120_000);

  test('keys alone draw a camera: boxes, keys, eases, undo and redo; the note says the same all along', async () => {
    pause(true);
    const page = await open(await submit(2, 'Push in 1.5x'));
    const note = page.getByRole('textbox', { name: 'Note' });
    await box(page, 1).focus();
    for (const key of ['-', '-', 'Shift+ArrowLeft', ']', ']']) await page.keyboard.press(key);
    await until(async () => (await note.inputValue()).includes('roll clockwise 2°'));
    expect(await box(page, 1).getAttribute('aria-label')).toContain('roll 2°');
    const drawn = await note.inputValue();
    await page.keyboard.press('Control+z');
    await until(async () => (await note.inputValue()) === 'Push in 1.5x');
    await page.keyboard.press('Control+Shift+z');
    await until(async () => (await note.inputValue()) === drawn);
    // A key in the middle, its ease, and the note that follows.
    await page.getByRole('slider', { name: 'Playhead' }).fill('11');
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('button', { name: 'Key at frame 12', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Key at frame 13', exact: true }).waitFor();
    await page.getByRole('button', { name: /Way to the next key/ }).click();
    await page.getByRole('option', { name: 'Hold' }).click();
    await until(async () => (await note.inputValue()).includes('hold linear from f12 to f24'));
    // The artist's drawing outlives another note, until the note is let rule again.
    await note.fill('Pan left 5°');
    await page.getByText('Your drawing is kept.').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-disagrees');
    await page.getByRole('button', { name: 'Follow the note' }).click();
    await page.getByText('Read from the note:').waitFor();
    // Nothing unsent is lost with the page.
    await page.reload();
    await page.getByText('Read from the note:').waitFor();
    expect(await note.inputValue()).toBe('Pan left 5°');
    await page.getByRole('button', { name: 'Back to the shot as sent' }).click();
    await until(async () => (await note.inputValue()) === 'Push in 1.5x');
  }, 120_000);

  test('what is circled moves its way, what is painted nearer is nearer, and both are sent with the shot', async () => {
    pause(true);
    const page = await open(await submit(3, 'Static'), { theme: 'light' });
    await page.getByRole('radio', { name: 'Moving regions' }).click();
    const corners = [
      [0.3, 0.3],
      [0.5, 0.28],
      [0.52, 0.6],
      [0.31, 0.62],
      [0.3, 0.31],
    ] as const;
    const [start, ...others] = await Promise.all(corners.map(([x, y]) => screenOf(page, x, y)));
    if (!start) throw new Error('no start');
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    for (const { x, y } of others) await page.mouse.move(x, y, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: '1. Region 1' }).waitFor();
    await drag(page, [0.4, 0.45], [0.6, 0.4]);
    expect(await page.getByLabel('Goes across').inputValue()).toMatch(/^\+20/);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-regions');
    await page.getByRole('radio', { name: 'Near and far' }).click();
    await page.locator('.editor-stage image').nth(1).waitFor();
    await drag(page, [0.7, 0.2], [0.9, 0.3]);
    await page.getByText('1 correction on this board').waitFor();
    await page.getByRole('group', { name: 'Board of' }).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('2 corrections on this board').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-depth');
    await page.getByRole('button', { name: 'Render take 2' }).click();
    const { spec } = await until(() => jobs('shot 3').find(({ spec }) => spec.take === 2));
    const [region] = spec.shot.regions ?? [];
    expect(region?.path.at(-1)?.x).toBeCloseTo(0.2, 1);
    expect(region?.outline.length).toBeGreaterThanOrEqual(4);
    expect(spec.shot.reliefEdits?.map(({ board: on, amount }) => [on, amount])).toEqual([
      [board, 0.3],
      [board, 0.3],
    ]);
    expect(spec.shot.reliefEdits?.[1]?.points).toEqual([{ x: 0.5, y: 0.55 }]);
  }, 120_000);

  test('fingers draw too, on a narrow window, and the preview follows while they do', async () => {
    const page = await open(await submit(6, 'Push in 1.5x'), { width: 700, height: 1000 });
    await box(page, 1).waitFor();
    const before = await pictures(page);
    const label = await box(page, 1).getAttribute('aria-label');
    const touch = await page.context().newCDPSession(page);
    const [from, to] = [await screenOf(page, 0.5, 0.6), await screenOf(page, 0.42, 0.52)];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
    for (const part of [0.25, 0.5, 0.75, 1]) {
      const at = { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
    }
    // Still held: the picture has followed already, the note has not been written yet.
    await until(async () => (await pictures(page)) > before);
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Push in 1.5x');
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await until(async () => (await page.getByRole('textbox', { name: 'Note' }).inputValue()).includes('truck left'));
    expect(await box(page, 1).getAttribute('aria-label')).not.toBe(label);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-narrow');
  }, 120_000);

  test('the last take is compared with: beside, and wiped', async () => {
    const page = await open(jobs('shot 1').find(({ take }) => take)?.spec.id ?? '');
    await page.getByRole('radio', { name: 'Beside take 2' }).click();
    await page.locator('video.editor-monitor, img.editor-monitor').waitFor();
    await until(async () =>
      page.evaluate(() => {
        const shown = document.querySelector('video.editor-monitor, img.editor-monitor');
        return shown instanceof HTMLVideoElement
          ? shown.readyState >= 2
          : shown instanceof HTMLImageElement && shown.complete;
      }),
    );
    await screenshot(page, 'editor-beside');
    await page.getByRole('radio', { name: 'Wipe' }).click();
    await page.getByRole('slider', { name: 'Wipe position' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-wipe');
  }, 120_000);

  test('shots are chosen from a list; one that is not there any more, or whose board is gone, says what to do', async () => {
    await submit(4, `A very long note that goes on and on: ${'pan left past the shelves, '.repeat(12)}`, {
      name: `SH040_${'long-name-'.repeat(9)}`,
    });
    const page = await rig.open('editor');
    page.setDefaultTimeout(60_000);
    await page.getByRole('link', { name: /SH030/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-picker');
    await page.getByRole('searchbox').fill('shelves');
    await page.getByRole('link', { name: /SH030/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /SH040/ }).click();
    await page.locator('.editor-stage image').waitFor();
    await screenshot(page, 'editor-long-names');
    await page.goto(`${rig.url}/#/editor/job-that-is-gone`);
    await page.getByText('does not know this shot any more').waitFor();
    await page.getByRole('button', { name: 'All shots' }).click();
    await page.getByText('Choose a shot to edit.').waitFor();
    // The queue leads here too.
    await page.goto(`${rig.url}/#/queue`);
    await page.getByRole('row', { name: /SH030/ }).first().click();
    await page.getByRole('button', { name: 'Edit shot' }).click();
    await page.getByRole('heading', { name: 'SH030 SQ01' }).waitFor();
    const lost = jobOf(5, 'b'.repeat(64), { notes: 'Static' });
    await send(lost);
    await page.goto(`${rig.url}/#/editor/${lost.id}`);
    await page.getByText('did not arrive').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-failed');
  }, 120_000);

  test('with nothing sent yet the page says how to begin', async () => {
    const page = await rig.open('editor', { language: 'de' });
    await page.route('**/api/editor/shots', (route) => route.fulfill({ json: { shots: [] } }));
    await page.reload();
    await page.getByText('Es wurde noch keine Einstellung gesendet.').waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-empty');
  });

  test('a shot for the diffusion engine is sent with its words; another engine leaves them and the pack out', async () => {
    pause(true);
    const sha256 = 'ab'.repeat(32);
    const made = { ...jobOf(90, board, { notes: 'static' }), engine: 'diffusion' as const };
    const jobId = await send({ ...made, styleLine: 'pencil', pack: { name: 'ltx', sha256 } });
    const page = await open(jobId);
    expect(await page.getByLabel('Style line for every shot').inputValue()).toBe('pencil');
    await page.getByLabel('Prompt of this shot').fill('The boy waves.');
    await page.getByLabel('To be avoided').fill('blur');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'editor-words');
    await page.getByRole('button', { name: 'Render take 2' }).click();
    const second = await until(() => jobs('shot 90').find(({ spec }) => spec.take === 2));
    expect(second.spec).toMatchObject({
      ...{ engine: 'diffusion', styleLine: 'pencil', prompt: 'The boy waves.', negative: 'blur' },
      pack: { name: 'ltx', sha256 },
    });
    await page.getByRole('button', { name: /^Diffusion/ }).click();
    await page.getByRole('option', { name: 'Parallax' }).click();
    expect(await page.getByLabel('Prompt of this shot').count()).toBe(0);
    await page.getByRole('button', { name: 'Render take 3' }).click();
    const third = await until(() => jobs('shot 90').find(({ spec }) => spec.take === 3));
    expect(third.spec.engine).toBe('parallax');
    expect(Object.keys(third.spec)).not.toEqual(expect.arrayContaining(['pack']));
    expect([third.spec.styleLine, third.spec.prompt, third.spec.negative]).toEqual([undefined, undefined, undefined]);
    rig.daemon.queue.cancel([jobId, second.spec.id, third.spec.id]);
  });
});
