/** What an artist does while takes are made: closes the panel, moves boards, opens another project, has no companion. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { describeInChromium } from '../ui/support/chromium';
import { violations } from '../ui/support/rig';
import { escaped, hazards, pair, rowOf, secretsOf, stateOf, takesOn, undoStack, until } from './support/look';
import { startPanel, type PanelRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
jest.setTimeout(180_000);

/** Waits until the panel has looked at the timeline so many times more. */
async function looks(page: Page, times: number): Promise<void> {
  const made = (): Promise<number> =>
    page.evaluate(() => window.stage?.sim.calls.filter((call) => call === 'Sequence.getSelection').length ?? 0);
  const before = await made();
  await until(made, (n) => n >= before + times, 'the panel to look');
}

describeInChromium('while takes are made', () => {
  let rig: PanelRig;
  let example: ExampleSequence;

  beforeAll(async () => {
    const size = { width: 320, height: 180 };
    example = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 6, size);
    rig = await startPanel();
  });
  afterAll(() => rig.close());

  const cutOf = (sequenceId: string) => {
    const facts = rig.daemon.queue.list({ offset: 0, limit: 50, sequenceId }).jobs;
    return facts.filter(({ state }) => state === 'placed').length;
  };

  test('no companion: it is asked to start; Premiere closed in mid-batch: everything lands when both are back', async () => {
    const { queue } = rig.daemon;
    await rig.stopDaemon();
    const page = await rig.open({ example, locale: 'de_DE' });
    await page.locator('[data-step="disconnected"]').waitFor();
    await page.locator('sp-button', { hasText: 'Begleiter starten' }).click();
    await page.locator('[data-step="starting"]').waitFor();
    expect(await page.evaluate(() => window.stage?.sim.runtime.opened)).toEqual(['inbetween://start']);
    await rig.startDaemon();
    await page.locator('[data-step="pairing"]').waitFor();
    await pair(page, rig.code());

    rig.daemon.queue.setPaused(true);
    await page.locator('.toolbar sp-button').nth(1).click();
    await until(
      async () => rig.daemon.queue.list({ offset: 0, limit: 50 }).jobs.length,
      (n) => n === 6,
      'six jobs',
    );
    expect(queue).not.toBe(rig.daemon.queue);
    const secrets = await secretsOf(page);
    await page.context().close(); // Premiere is gone, with the panel
    rig.daemon.queue.setPaused(false);
    await until(
      async () =>
        rig.daemon.queue.list({ offset: 0, limit: 50 }).jobs.filter(({ state }) => state === 'rendered').length,
      (n) => n === 6,
      'six rendered takes',
      120,
    );

    const later = await rig.open({ example, secrets });
    await later.locator('[data-step="connected"]').waitFor();
    const takes = await until(
      () => takesOn(later),
      (all) => all.length === 6,
      'all takes on the timeline',
      60,
    );
    expect(takes.map(({ startFrame, frames }) => [startFrame, frames])).toEqual(
      example.shots.map((shot) => [shot.start, shot.frames]),
    );
    // They came home one at a time, each an Undo step of its own.
    const steps = (await undoStack(later)).filter((name) => name.startsWith('Animate'));
    expect(steps).toEqual(example.shots.map(({ name }) => `Animate ${name} (take 1)`));
    await until(
      async () => cutOf(rig.daemon.queue.list({ offset: 0, limit: 1 }).jobs[0]!.spec.sequence.sequenceId),
      (n) => n === 6,
      'all placed',
    );
    expect(await hazards(later)).toEqual([]);
    expect(await escaped(later)).toEqual([]);

    // A board goes elsewhere: its take follows once, says so, and an Undo of that stays undone.
    const far = example.shots.reduce((end, shot) => Math.max(end, shot.start + shot.frames), 0) + 40;
    await later.evaluate((frame) => {
      const { sim, sequence } = window.stage ?? {};
      const name = sequence?.snapshot().video[0]?.items.at(-1)?.name ?? '';
      if (sequence) sim?.user.move(sequence.clip(name), { frame });
    }, far);
    await until(
      () => takesOn(later),
      (all) => all.at(-1)?.startFrame === far,
      'the take to follow',
    );
    await later.locator('.notice', { hasText: 'followed its board' }).waitFor();
    expect((await undoStack(later)).at(-1)).toBe('Move SH060 (take 1) to its board');
    const agreed = (await takesOn(later)).length;
    await later.evaluate(() => window.stage?.sim.user.undo());
    await looks(later, 3); // at a still timeline
    const after = await takesOn(later);
    expect(after).toHaveLength(agreed);
    expect(after.some(({ startFrame }) => startFrame === far)).toBe(false);

    // A shot chosen in the list is selected on the timeline, and back.
    await rowOf(later, 'SH020').locator('.row-click').click();
    await until(
      () =>
        later.evaluate(() => window.stage?.sequence.snapshot().video[0]?.items.filter((item) => item.selected).length),
      (n) => n === 1,
      'one board to be selected',
    );
    await later.evaluate(() => {
      const { sim, sequence } = window.stage ?? {};
      const name = sequence?.snapshot().video[0]?.items[0]?.name ?? '';
      if (sequence) sim?.user.select(sequence.clip(name));
    });
    await later.locator('[data-shot="SH010"].chosen').waitFor();
    expect(await later.locator('.row.chosen').count()).toBe(1);

    // Another project in front: its own (empty) sequence is shown, nothing of ours lands there; back again, all is as it was.
    rig.daemon.queue.setPaused(true);
    await rowOf(later, 'SH030').focus();
    await later.keyboard.press('Enter');
    await until(
      () => stateOf(later, 'SH030'),
      (state) => state === 'waiting',
      'the shot to wait',
    );
    await later.evaluate(() => {
      const other = window.stage?.sim.addProject({ name: 'Other.prproj' });
      other?.addSequence({ name: 'Other' });
    });
    await until(
      () => later.locator('[data-shot]').count(),
      (n) => n === 0,
      'the other sequence',
    );
    rig.daemon.queue.setPaused(false);
    await until(
      async () =>
        rig.daemon.queue
          .list({ offset: 0, limit: 50 })
          .jobs.filter(({ state }) => ['rendered', 'delivered'].includes(state)).length,
      (n) => n >= 1,
      'a take to wait',
      60,
    );
    expect(
      await later.evaluate(() =>
        window.stage?.sim.projects
          .flatMap((p) => p.sequences)
          .find((s) => s.snapshot().name === 'Other')
          ?.snapshot()
          .video.flatMap((t) => t.items),
      ),
    ).toEqual([]);
    await later.evaluate(() => {
      const { sim } = window.stage ?? {};
      const [first] = sim?.projects ?? [];
      if (first) sim?.user.switchProject(first);
    });
    await until(
      () => stateOf(later, 'SH030').catch(() => null),
      (state) => state === 'done',
      'the take in its own sequence',
      60,
    );
    expect(await violations(later)).toEqual([]);
    expect(await escaped(later)).toEqual([]);
    expect(rig.complaints()).toEqual([]);
  });
});
