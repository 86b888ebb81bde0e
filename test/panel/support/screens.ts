/** Pictures of the panel for people to look at: real boards, real takes, a real companion; only Premiere is simulated. */
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readExample, shortened, type ExampleSequence } from '../../../examples/demo/sequence-file';
import { choose, pair, rowOf, stateOf, takesOn, until } from './look';
import { startPanel, type PanelLook, type PanelRig } from './rig';

const root = path.resolve(__dirname, '..', '..', '..');

/** Names and notes as long as people make them. */
function longWinded(example: ExampleSequence): ExampleSequence {
  const tail = ' – Anna crosses the market square in the rain, second unit pickup, alternate ending B';
  return {
    ...example,
    name: `${example.name}${tail}`,
    shots: example.shots.map((shot, i) =>
      i > 1
        ? shot
        : {
            ...shot,
            marker: `${shot.marker ?? 'slow push in'}. Then she turns, looks at the tower for a very long time, whip pan right to the door, handheld, and everything shakes${tail}`,
          },
    ),
  };
}

async function connected(rig: PanelRig, look: PanelLook): Promise<Page> {
  const page = await rig.open(look);
  await page.locator('[data-step="pairing"]').waitFor();
  await pair(page, rig.code());
  await until(
    () => page.locator('img.thumb').count(),
    (n) => n === 6,
    'the pictures of the boards',
  );
  return page;
}

/** Makes docs/screens/panel-*.png, or the same in another folder. Takes a minute or two. Answers the files' names. */
export async function takePanelScreens(folder: string): Promise<readonly string[]> {
  const rig = await startPanel();
  const made: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.join(folder, `panel-${name}.png`), animations: 'disabled' });
    made.push(`panel-${name}.png`);
  };
  try {
    const whole = await readExample(path.join(root, 'examples', 'sequence.json'));
    const example = shortened(whole, 48, { width: 640, height: 360 });
    const { queue } = rig.daemon;

    const empty = await rig.open({});
    await empty.locator('[data-step="pairing"]').waitFor();
    await shoot(empty, 'empty');
    await empty.context().close();

    for (const [theme, width] of [
      ['dark', 360],
      ['light', 360],
      ['dark', 260],
    ] as const) {
      const page = await connected(rig, { example, theme, width });
      await rowOf(page, 'SH020').locator('.row-click').click();
      await page.locator('[data-shot="SH020"].chosen').waitFor();
      await page.locator('.estimate-line', { hasText: '1 chosen shot' }).waitFor();
      await shoot(page, width === 260 ? 'narrow' : `shots-${theme}`);
      await rowOf(page, 'SH010').locator('sp-action-button', { hasText: '▸' }).click();
      await rowOf(page, 'SH010').locator('.chip-button').first().click();
      await shoot(page, width === 260 ? 'narrow-move' : `move-${theme}`);
      await page.context().close();
    }

    for (const locale of ['en_US', 'de_DE', 'ja_JP']) {
      const long = await connected(rig, { example: longWinded(example), width: 260, locale });
      await long.locator('[data-shot]').first().locator('sp-action-button').click();
      await shoot(long, locale === 'en_US' ? 'long-names' : `long-names-${locale.slice(0, 2)}`);
      await long.context().close();
    }

    // What holds for all takes, and the words for a model, where one is asked for.
    for (const width of [360, 260]) {
      const settings = await connected(rig, { example, width, ...(width === 260 ? { locale: 'de_DE' } : {}) });
      await rowOf(settings, 'SH010').locator('sp-action-button').first().click();
      await choose(settings, rowOf(settings, 'SH010'), 'Engine', 'Diffusion');
      await rowOf(settings, 'SH010').locator('sp-textarea').waitFor();
      await shoot(settings, width === 260 ? 'narrow-prompt' : 'prompt');
      await rowOf(settings, 'SH010').locator('sp-action-button').first().click();
      await settings.locator('.settings sp-action-button').click();
      await settings.locator('.settings-open sp-checkbox').first().click();
      await settings.locator('.settings-open').evaluate((element) => element.scrollIntoView({ block: 'end' }));
      await shoot(settings, width === 260 ? 'narrow-settings' : 'settings');
      await settings.context().close();
    }

    // A batch under way, with one shot whose board is broken.
    const page = await connected(rig, { example });
    queue.setPaused(true);
    await page.locator('.toolbar sp-button').nth(1).click();
    await until(
      async () => queue.list({ offset: 0, limit: 50 }).jobs.length,
      (n) => n === 6,
      'six jobs',
    );
    const broken = queue.list({ offset: 0, limit: 50 }).jobs.find(({ spec }) => spec.shot.name === 'SH020');
    const boards = path.join(rig.daemon.dataDir, 'boards');
    const stored = (await readdir(boards)).find((file) => file === broken?.spec.shot.boards[0]?.board);
    if (stored !== undefined) await writeFile(path.join(boards, stored), 'no picture');
    queue.setPaused(false);
    await until(
      () => stateOf(page, 'SH030'),
      (state) => state === 'rendering',
      'a shot to render',
    );
    await page.locator('.batch-text', { hasText: 'about' }).waitFor();
    await shoot(page, 'busy');
    await until(
      () => takesOn(page),
      (takes) => takes.length >= 5,
      'five takes',
      180,
    );
    await until(
      () => stateOf(page, 'SH060'),
      (state) => state === 'done',
      'the last take',
      180,
    );
    await rowOf(page, 'SH020').locator('sp-action-button', { hasText: '▸' }).click();
    await shoot(page, 'failed');

    // A second take of a shot beside the first, one approved, one rejected.
    const row = rowOf(page, 'SH010');
    await row.locator('sp-action-button', { hasText: '▸' }).click();
    await row.locator('sp-action-button', { hasText: 'Reject' }).click();
    await row.locator('.line sp-textfield input').fill('too slow for the dialogue');
    await row.locator('.line sp-button', { hasText: 'Reject' }).click();
    await row.locator('sp-button', { hasText: 'Animate shot' }).click();
    await until(
      () => takesOn(page),
      (takes) => takes.filter((take) => take.startFrame === 0).length === 2,
      'a second take',
      180,
    );
    await until(
      () => stateOf(page, 'SH010'),
      (state) => state === 'done',
      'the second take',
      180,
    );
    await row.locator('.take').nth(1).locator('sp-action-button').click();
    await row.locator('sp-action-button', { hasText: 'Approve' }).click();
    await row.locator('.take.approved').waitFor();
    await row.locator('sp-action-button', { hasText: /^\s*Play\s*$/ }).click();
    await until(
      () => page.locator('.take img').count(),
      (n) => n === 2,
      'the pictures of the takes',
    );
    await page.locator('img.player, video.player').waitFor();
    await shoot(page, 'takes');

    // All of what the shot chosen and the night would take and cost, and what the last batch came to.
    await row.locator('sp-action-button', { hasText: '▾' }).click();
    await rowOf(page, 'SH040').locator('.row-click').click();
    await page.locator('.estimate-line', { hasText: '1 chosen shot' }).waitFor();
    await page.locator('.estimate-line', { hasText: 'came to' }).waitFor();
    await page.locator('.estimate-top sp-action-button').click();
    await page.locator('.estimate-fact').first().waitFor();
    await shoot(page, 'estimate');
    await page.context().close();

    await rig.stopDaemon();
    const alone = await rig.open({ example, width: 300 });
    await alone.locator('[data-step="disconnected"]').waitFor();
    await shoot(alone, 'disconnected');
    return made;
  } finally {
    await rig.close();
  }
}
