/** Takes in an artist's hands: longer boards, A/B, reject, take off, delete, handles, words for a model, a Premiere that plays. */
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import type { JobRow } from '../../shared/protocol';
import { describeInChromium } from '../ui/support/chromium';
import { violations } from '../ui/support/rig';
import { choose, coloursOf, escaped, hazards, pair, rowOf, stateOf, takesOn, undoStack, until } from './support/look';
import { startPanel, type PanelRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
jest.setTimeout(180_000);

const SHOT = 'SH060'; // the last one: what is longer covers nobody

const action = (row: Locator, text: string | RegExp): Locator => row.locator('sp-action-button', { hasText: text });

/** Drags the end of the last board. */
const endBoardAt = (page: Page, frame: number): Promise<void> =>
  page.evaluate((end) => {
    const { sim, sequence } = window.stage ?? {};
    const name = sequence?.snapshot().video[0]?.items.at(-1)?.name ?? '';
    if (sequence) sim?.user.trim(sequence.clip(name), { endFrame: end });
  }, frame);

/** In point of the take that is shown, and its start and end, in ticks of the simulated timeline. */
const ticksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const takes = (window.stage?.sequence.snapshot().video ?? []).slice(1).flatMap(({ items }) => items);
    return takes.filter(({ disabled }) => !disabled).map((t) => `${t.start} ${t.end} ${t.inPoint}`);
  });

describeInChromium('takes', () => {
  let rig: PanelRig;
  let page: Page;
  let example: ExampleSequence;
  let end = 0;
  const jobs = (): readonly JobRow[] => rig.daemon.queue.list({ offset: 0, limit: 50 }).jobs;
  const done = (): Promise<unknown> =>
    until(
      () => stateOf(page, SHOT),
      (state) => state === 'done',
      'the shot to be done',
    );

  beforeAll(async () => {
    example = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 6, {
      width: 320,
      height: 180,
    });
    end = Math.max(...example.shots.map(({ start, frames }) => start + frames));
    rig = await startPanel();
    page = await rig.open({ example, height: 900 });
    await pair(page, rig.code());
    await rowOf(page, SHOT).focus();
    await page.keyboard.press('Enter');
    await done();
    await action(rowOf(page, SHOT), '▸').click();
  });
  afterEach(async () => {
    expect(await violations(page)).toEqual([]);
    expect(await hazards(page)).toEqual([]);
    expect(await escaped(page)).toEqual([]);
    expect(rig.complaints()).toEqual([]);
  });
  afterAll(() => rig.close());

  test('a board made longer is animated again, says so, and the old take stays beside the new one', async () => {
    const [old] = await takesOn(page);
    await endBoardAt(page, end + 4);
    await page.locator('.notice', { hasText: `${SHOT} is longer than its take now` }).waitFor();
    const takes = await until(
      () => takesOn(page),
      (all) =>
        all.length === 2 && all.some(({ frames, file }) => frames === (old?.frames ?? 0) + 4 && file.includes('_t02_')),
      'a longer take',
    );
    await done();
    const shown = (await takesOn(page)).filter(({ disabled }) => !disabled);
    expect(shown.map(({ file }) => file.slice(0, 9))).toEqual([`${SHOT}_t02`]);
    expect(takes.map(({ file }) => file)).toContain(old?.file);
    await until(
      async () => jobs().filter(({ state, spec }) => state === 'placed' && spec.quality === 'full').length,
      (n) => n === 2,
      'both takes placed',
    );
    expect(Object.keys(await coloursOf(page)).filter((file) => file.endsWith('.mov')).length).toBeGreaterThanOrEqual(2);
  });

  test('A/B goes from one to the other and back, one Undo step each', async () => {
    const row = rowOf(page, SHOT);
    const shown = async (): Promise<string[]> =>
      (await takesOn(page)).filter(({ disabled }) => !disabled).map(({ file }) => file.slice(6, 9));
    for (const [wanted, step] of [
      ['t01', `Use ${SHOT} (take 1)`],
      ['t02', `Use ${SHOT} (take 2)`],
    ] as const) {
      await action(row, 'A/B').click();
      await until(shown, (names) => names.join() === wanted, wanted);
      expect((await undoStack(page)).at(-1)).toBe(step);
    }
    await row.locator('.take.chosen', { hasText: 'Take 2' }).waitFor();
  });

  test('rejected with a reason: a colour, a word, and both gone again', async () => {
    const row = rowOf(page, SHOT);
    await action(row, /^\s*Reject/).click();
    await row.locator('.line sp-textfield input').fill('too slow for the dialogue');
    await row.locator('.line sp-textfield input').press('Enter');
    await row.locator('.take.rejected').waitFor();
    await row.getByText('too slow for the dialogue').waitFor();
    const said = () => jobs().find(({ spec }) => spec.take === 2 && spec.quality === 'full')?.verdict;
    expect(said()).toMatchObject({ verdict: 'rejected', reason: 'too slow for the dialogue' });
    await action(row, /^\s*Reject/).click();
    await row.locator('.take.rejected').waitFor({ state: 'detached' });
    expect(said()).toBeUndefined();
  });

  test('taken off, then deleted: one step each, Undo brings it back, the other take is not touched', async () => {
    const row = rowOf(page, SHOT);
    const others = (await takesOn(page)).filter(({ file }) => file.includes('_t01_'));
    await action(row, 'Take off').click();
    await until(
      () => takesOn(page),
      (takes) => takes.length === 1,
      'the take to be off',
    );
    await row.locator('.take', { hasText: 'Take 2' }).locator('sp-action-button').click();
    await action(row, 'Delete').click();
    await row.locator('.take', { hasText: 'Take 2' }).waitFor({ state: 'detached' });
    expect((await undoStack(page)).slice(-2)).toEqual([`Take off ${SHOT} (take 2)`, `Delete ${SHOT} (take 2)`]);
    const bin = Object.keys(await coloursOf(page));
    expect([
      bin.some((file) => file.includes('_t02_') && file.startsWith(SHOT)),
      bin.some((f) => f.includes('_t01_')),
    ]).toEqual([false, true]);
    expect(await takesOn(page)).toEqual(others);
    // No renumbering: another take of this shot is the third.
    await page.evaluate(() => [1, 2].map(() => window.stage?.sim.user.undo()));
    await row.locator('.take', { hasText: 'Take 2' }).waitFor();
    await until(
      () => takesOn(page),
      (takes) => takes.length === 2,
      'the take to be back',
    );
  });

  test('handles: rendered around the shot, not on the timeline; a longer board opens the take into them', async () => {
    await page.locator('sp-action-button', { hasText: 'For all takes of this sequence' }).click();
    for (const [name, frames] of [
      ['Before', '5'],
      ['After', '7'],
    ] as const) {
      await page.locator(`sp-textfield[aria-label$=": ${name}"] input`).fill(frames);
      await page.locator(`sp-textfield[aria-label$=": ${name}"] input`).press('Tab');
      await until(
        () => undoStack(page),
        (stack) => stack.at(-1) === 'Change the handles of takes',
        'the handles to be kept',
      );
    }
    await page.locator('sp-action-button', { hasText: 'For all takes of this sequence' }).click();
    await rowOf(page, SHOT).focus();
    await page.keyboard.press('Enter');
    await until(
      () => takesOn(page),
      (all) => all.some(({ file, disabled }) => file.includes('_t03_') && !disabled),
      'the third take',
    );
    await done();
    const full = await until(
      async () => jobs().find(({ spec, state }) => spec.take === 3 && spec.quality === 'full' && state === 'placed'),
      (row) => row !== undefined,
      'the take to be placed',
    );
    expect(full?.spec.handles).toEqual({ before: 5, after: 7 });
    const perFrame = await page.evaluate(() => String(window.stage?.sequence.ticksPerFrame));
    const at = (frame: number): bigint => BigInt(frame) * BigInt(perFrame);
    const start = example.shots.at(-1)?.start ?? 0;
    expect(await ticksOf(page)).toEqual([`${at(start)} ${at(end + 4)} ${at(5)}`]);
    await rowOf(page, SHOT).locator('.take', { hasText: 'handles 5 + 7' }).waitFor();

    const before = jobs().length;
    await endBoardAt(page, end + 10);
    await page.locator('.notice', { hasText: 'was opened to its board' }).waitFor();
    await until(
      () => ticksOf(page),
      (ticks) => ticks.join() === `${at(start)} ${at(end + 10)} ${at(5)}`,
      'the take to be opened',
    );
    expect(jobs()).toHaveLength(before);
  });

  test('words for a model are there where a model is asked for, and go into its jobs', async () => {
    const row = rowOf(page, SHOT);
    const prompt = row.locator('sp-textarea[aria-label="Prompt of this shot"] textarea');
    expect(await prompt.count()).toBe(0);
    await choose(page, row, 'Engine', 'Diffusion');
    await prompt.waitFor();
    await prompt.fill('she opens the door, rain outside');
    await prompt.press('Tab');
    await until(
      () => undoStack(page),
      (stack) => stack.at(-1) === `Change the prompt of ${SHOT}`,
      'the prompt to be kept',
    );
    await page.locator('sp-action-button', { hasText: 'For all takes of this sequence' }).click();
    const style = page.locator('sp-textarea[aria-label="Style line for every shot"] textarea');
    await style.fill('pencil storyboard');
    await style.press('Tab');
    const negative = page.locator('sp-textarea[aria-label="To be avoided"] textarea');
    await negative.fill('colour');
    await negative.press('Tab');
    await until(
      () => undoStack(page),
      (stack) => stack.slice(-2).join() === 'Change the style line,Change the negative prompt',
      'both to be kept',
    );
    rig.daemon.queue.setPaused(true);
    const before = jobs().length;
    await row.focus();
    await page.keyboard.press('Enter');
    const asked = await until(
      async () => jobs().slice(before),
      (rows) => rows.length === 2,
      'the jobs',
    );
    for (const { spec } of asked)
      expect(spec).toMatchObject({
        engine: 'diffusion',
        prompt: 'she opens the door, rain outside',
        styleLine: 'pencil storyboard',
        negative: 'colour',
      });
    await page.locator('.batch sp-button', { hasText: 'Stop' }).click();
    await until(
      async () => jobs().filter(({ state }) => state === 'cancelled').length,
      (n) => n === 2,
      'the jobs to be stopped',
    );
  });

  test('while Premiere plays or exports no job is begun', async () => {
    const { queue } = rig.daemon;
    queue.setPaused(false);
    const held = (): Promise<boolean> => Promise.resolve(queue.holds().some(({ kind }) => kind === 'premiere'));
    const sets = [
      ['play', 'halt'],
      ['progress', 'complete'],
    ] as const;
    for (const [begin, over] of sets) {
      const act = (what: string): Promise<void> =>
        page.evaluate((how) => {
          const { sim, sequence } = window.stage ?? {};
          if (!sim || !sequence) return;
          if (how === 'play' || how === 'halt') sim.user[how](sequence);
          else if (how === 'progress' || how === 'complete') sim.user.export(how);
        }, what);
      await act(begin);
      await until(held, (yes) => yes, `${begin} to hold the queue`);
      await act(over);
      await until(held, (yes) => !yes, `${over} to let it go`);
    }
    // Forgotten with the panel.
    await page.evaluate(() => {
      if (window.stage) window.stage.sim.user.play(window.stage.sequence);
    });
    await until(held, (yes) => yes, 'playing to hold the queue');
  });

  test('the language set in the companion wins over that of Premiere', async () => {
    await rig.daemon.settings.change({ language: 'fr' });
    const french = await rig.open({ example, locale: 'de_DE', projectsBefore: 2, theme: 'light' });
    await pair(french, rig.code());
    await french.locator('sp-action-button', { hasText: 'Nouvelle séquence' }).waitFor();
    // In Premiere's light looks, with a shot chosen.
    await rowOf(french, 'SH020').locator('.row-click').click();
    await french.locator('[data-shot="SH020"].chosen').waitFor();
    expect(await violations(french)).toEqual([]);
    await french.context().close();
    await rig.daemon.settings.change({ language: 'auto' });
  });
});
