/** From an open panel to an approved take on the timeline, as an artist goes; nothing between is not real but Premiere. */
import path from 'node:path';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { describeInChromium } from '../ui/support/chromium';
import { violations } from '../ui/support/rig';
import { choose, coloursOf, escaped, hazards, pair, rowOf, stateOf, takesOn, undoStack, until } from './support/look';
import { startPanel, type PanelRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
jest.setTimeout(120_000);

const GREEN_IS_NOT_IMPORTED = (label: number): boolean => label !== 1;

describeInChromium('the panel in front of an artist', () => {
  let rig: PanelRig;
  let example: ExampleSequence;

  beforeAll(async () => {
    const size = { width: 320, height: 180 };
    example = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 8, size);
    rig = await startPanel();
  });
  afterAll(() => rig.close());

  /** The companion stops before each next job, so that every step can be seen. */
  const oneJobAtATime = (): (() => void) => {
    const { queue } = rig.daemon;
    return queue.subscribe({
      event: ({ state }) => {
        if (state === 'rendering') queue.setPaused(true);
      },
    });
  };

  test('open, pair, six shots, a corrected chip, Animate, preview then take, approve, Undo, Redo', async () => {
    const { queue } = rig.daemon;
    const page = await rig.open({ example });
    await page.locator('[data-step="pairing"]').waitFor();
    await pair(page, rig.code());
    expect(await page.locator('[data-shot]').count()).toBe(6);
    // Each with its board's picture, made small by the companion.
    await until(
      () => page.locator('img.thumb').count(),
      (n) => n === 6,
      'six pictures',
    );

    // What the night would take, before anything is sent: nothing was measured here yet, others have their prices.
    const estimate = page.locator('.estimate-line').first();
    await until(
      () => estimate.innerText(),
      (text) =>
        /^Overnight: 6 shots · 2 s · not measured yet .* \$0\.10 to \$0\.80 at published cloud prices$/.test(text),
      'the estimate of the night',
    );

    // By keys alone: arrows go, Space chooses on the timeline too, right and left open and close.
    await rowOf(page, 'SH010').focus();
    for (const key of ['ArrowDown', ' ', 'ArrowRight']) await page.keyboard.press(key);
    await rowOf(page, 'SH020').locator('.details').waitFor();
    const chosen = (): Promise<string[]> =>
      page.evaluate(() =>
        (window.stage?.sequence.snapshot().video[0]?.items ?? []).flatMap((item) => (item.selected ? [item.name] : [])),
      );
    await until(chosen, (names) => names.length === 1, 'the board of SH020 to be selected');
    for (const key of ['ArrowLeft', ' ', 'ArrowUp']) await page.keyboard.press(key);
    await until(chosen, (names) => names.length === 0, 'nothing to be selected');
    expect(await page.locator('.details').count()).toBe(0);

    // The note's push in is a truck to the left after all: the correction is kept with the shot, one Undo step.
    const row = rowOf(page, 'SH010');
    await row.locator('sp-action-button', { hasText: '▸' }).click();
    await row.locator('.chip-button', { hasText: 'Push in' }).click();
    await choose(page, row, 'Kind of move', 'Truck left');
    await row.locator('.chip-button', { hasText: 'Truck left 15 %' }).waitFor();
    expect(await undoStack(page)).toEqual(['Change the move of SH010']);

    // Animate: one key on the row. The preview is placed first, then the take in the same slot.
    const unsubscribe = oneJobAtATime();
    await row.focus();
    await page.keyboard.press('Enter');
    const [preview] = await until(
      () => takesOn(page),
      (takes) => takes.length === 1,
      'the preview',
    );
    expect(preview).toMatchObject({ startFrame: 0, frames: 8, disabled: false });
    await until(
      () => stateOf(page, 'SH010'),
      (state) => state === 'waiting' || state === 'preview',
      'the take to wait',
    );
    unsubscribe();
    queue.setPaused(false);
    const [take, ...more] = await until(
      () => takesOn(page),
      (takes) => takes.length === 1 && takes[0]?.file !== preview?.file,
      'the take in the slot of its preview',
    );
    expect(more).toEqual([]);
    expect(take).toMatchObject({ startFrame: 0, frames: 8, track: preview?.track, disabled: false });
    await until(
      () => stateOf(page, 'SH010'),
      (state) => state === 'done',
      'the row to be done',
    );
    // What was measured is known: the shot chosen by now has a time, a finish, a price and a price of a second.
    await rowOf(page, 'SH010').locator('.row-click').click();
    await until(
      () => estimate.innerText(),
      (text) =>
        /^1 chosen shot · 0\.33 s · about .+ · done about \d\d:\d\d · about €[\d.]+ · €[\d.]+ a second$/.test(text),
      'the estimate of the shot',
    );
    await page.locator('.estimate-top sp-action-button').click();
    await page.locator('.estimate-all', { hasText: 'Runway Gen-4 Turbo' }).waitFor();
    const jobs = queue.list({ offset: 0, limit: 10 }).jobs;
    expect(jobs.map(({ spec }) => [spec.quality, spec.shot.moves?.[0]?.kind])).toEqual([
      ['preview', 'truck-left'],
      ['full', 'truck-left'],
    ]);

    // Approve: a colour in Premiere, a fact in the companion.
    const before = (await coloursOf(page))[take?.file ?? ''];
    const verdict = (): string | undefined => queue.list({ offset: 0, limit: 10 }).jobs[1]?.verdict?.verdict;
    const approve = row.locator('sp-action-button', { hasText: 'Approve' });
    await approve.click();
    await row.locator('.take.approved').waitFor();
    expect(verdict()).toBe('approved');
    const green = (await coloursOf(page))[take?.file ?? ''] ?? 0;
    expect(green).not.toBe(before);
    expect(GREEN_IS_NOT_IMPORTED(green)).toBe(true);

    // Undo takes the approval back, on both sides, and the panel says so; Redo gives it again.
    await page.evaluate(() => window.stage?.sim.user.undo());
    await row.locator('.take.open').waitFor();
    await until(
      async () => verdict(),
      (said) => said === undefined,
      'the verdict to be taken back',
    );
    await page.locator('.notice', { hasText: 'undone in Premiere' }).waitFor();
    await page.evaluate(() => window.stage?.sim.user.redo());
    await row.locator('.take.approved').waitFor();
    await until(
      async () => verdict(),
      (said) => said === 'approved',
      'the verdict to be given again',
    );

    // Undo past the placement: the panel notices that the take is gone, and places it again on request.
    await page.evaluate(() => [1, 2, 3].map(() => window.stage?.sim.user.undo()));
    await until(
      () => takesOn(page),
      (takes) => takes.length === 0,
      'the timeline without takes',
    );
    await until(
      () => stateOf(page, 'SH010'),
      (state) => state === 'away',
      'the panel to notice',
    );
    await row.locator('sp-action-button', { hasText: 'Place again' }).click();
    await until(
      () => takesOn(page),
      (takes) => takes[0]?.file === take?.file,
      'the take back in its place',
    );
    await until(
      () => stateOf(page, 'SH010'),
      (state) => state === 'done',
      'the row to be done again',
    );

    expect(await violations(page)).toEqual([]);
    expect(await hazards(page)).toEqual([]);
    expect(await escaped(page)).toEqual([]);
    expect(rig.complaints()).toEqual([]);
  });
});
