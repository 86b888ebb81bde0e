/** The shot editor in a real Chromium: a box that is dragged becomes a take whose measured camera is that box. */
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { grabFrames } from '../../companion-app/media';
import type { JobRow } from '../../shared/protocol';
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
  }, 60_000);
  afterAll(() => rig.close());
  afterEach(() => expect(rig.complaints()).toEqual([]));

  const pause = (paused: boolean) => rig.panel.ask({ type: 'pause', ref: rig.panel.ref(), paused }, 'pause-ack');
  const submit = async (n: number, notes: string, parts: Parameters<typeof jobOf>[2] = {}): Promise<string> => {
    const job = jobOf(n, board, { notes, ...parts });
    await rig.panel.submit([job], []);
    return job.id;
  };
  const jobs = (shot: string): JobRow[] => rig.daemon.queue.list().jobs.filter(({ spec }) => spec.shot.id === shot);
  const open = async (jobId: string, look = {}): Promise<Page> => {
    const page = await rig.open(`editor/${jobId}`, { width: 1400, height: 900, ...look });
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
    await pause(true);
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
    await screenshot(page, 'editor-drawn');
    await page.getByRole('button', { name: 'Render take 2' }).click();
    const made = await until(() => jobs('shot 1').find(({ spec }) => spec.take === 2));
    expect(made.spec.sequence).toEqual(jobs('shot 1').find(({ spec }) => spec.take === 1)?.spec.sequence);
    expect(made.spec.shot.boards).toEqual(jobOf(1, board).shot.boards);
    await page.getByText('Take 2 waits in the queue').waitFor();
    await pause(false);
    const row = await until(() => {
      const now = rig.daemon.queue.find(made.spec.id);
      if (now?.problem) throw new Error(now.problem.message);
      return now?.take && now;
    }, 60_000);
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
});
