/** "New sequence from storyboard": from the real companion through the built panel onto the simulated timeline. */
import type { Page } from 'playwright-core';
import { sequencePlanEndpoint, storyboardsEndpoint, wantSequenceEndpoint } from '../../shared/protocol';
import { boardsEntry, drawing, removeBuilt } from '../ui/boards-rig';
import { apiOf, sendStoryboard, type Api } from '../ui/boards-send';
import { describeInChromium } from '../ui/support/chromium';
import { screenshot, violations } from '../ui/support/rig';
import { escaped, hazards, pair, undoStack, until } from './support/look';
import { startPanel, type PanelRig } from './support/rig';

jest.setTimeout(120_000);

/** Ten boards as an EDL at 29.97 drop-frame: seven shots, the longest longer than a still's usual length. */
const LENGTHS = [
  ['SH010_A', 24],
  ['SH010_B', 7],
  ['SH020', 1],
  ['SH030', 211],
  ['SH040_A', 33],
  ['SH040_B', 12],
  ['SH040_C', 58],
  ['SH050', 90],
  ['SH060', 15],
  ['SH070', 1801],
] as const;

/** Drop-frame timecode of a frame at 29.97, after SMPTE 12M. */
function timecode(frame: number): string {
  const [tens, rest] = [Math.floor(frame / 17_982), frame % 17_982];
  const shown = frame + tens * 18 + (rest > 1 ? 2 * Math.floor((rest - 2) / 1_798) : 0);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(shown / 30);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)};${two(shown % 30)}`;
}

function edl(): Buffer {
  let at = 107_892; // one hour
  const events = LENGTHS.flatMap(([name, frames], i) => {
    const [from, to] = [timecode(at), timecode(at + frames)];
    at += frames;
    return [
      `${String(i + 1).padStart(3, '0')}  AX       V     C        ${timecode(0)} ${timecode(frames)} ${from} ${to}`,
      `* FROM CLIP NAME: ${name}.png`,
      ...(name === 'SH030' ? ['* COMMENT: whip pan right, then hold'] : []),
    ];
  });
  return Buffer.from(['TITLE: SQ010', 'FCM: DROP FRAME', '', ...events, ''].join('\n'));
}

interface Seen {
  readonly file: string;
  readonly startFrame: number;
  readonly frames: number;
}

const laid = (page: Page, name: string): Promise<Seen[]> =>
  page.evaluate((wanted) => {
    const found = window.stage?.sim.projects[0]?.sequences.find((sequence) => sequence.name === wanted);
    return (found?.snapshot().video[0]?.items ?? []).map(({ path, startFrame, frames }) => ({
      ...{ startFrame, frames },
      file: (path.split('/').pop() ?? '').replace(/\.png$/, ''),
    }));
  }, name);

describeInChromium('a new sequence from a storyboard', () => {
  let rig: PanelRig;
  let api: Api;
  beforeAll(async () => {
    rig = await startPanel({ boardsEntry: boardsEntry() });
    api = await apiOf({ port: rig.daemon.port, code: rig.code() });
  });
  afterAll(async () => {
    await rig.close();
    await removeBuilt();
  });

  test('lands frame by frame at 29.97 drop-frame and is read as the same shots with the same notes', async () => {
    const page = await rig.open({});
    await pair(page, rig.code());
    const button = page.locator('sp-button', { hasText: 'New sequence from storyboard' });
    await button.click();
    const card = page.locator('[data-card="storyboards"]');
    await card.locator('text=The companion has no storyboard that is read.').waitFor();
    await screenshot(page, 'panel-storyboards-none');

    const files: Record<string, Buffer> = { 'SQ010/SQ010.edl': edl() };
    for (const [i, [name]] of LENGTHS.entries()) files[`SQ010/${name}.png`] = await drawing(i * 30);
    const view = await sendStoryboard(api, 'SQ010', files);
    expect(view).toMatchObject({ state: 'ready', shots: 7, boards: 10, read: { dropFrame: true } });
    await api.call(wantSequenceEndpoint, { id: view.id, wanted: true });
    await card.locator('sp-button', { hasText: 'Look again' }).click();
    const row = card.locator(`[data-storyboard="${view.name}"]`);
    await row.waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'panel-storyboards');
    await row.locator('sp-button').click();
    await card.locator(`text=${view.name} is laid out.`).waitFor();
    await screenshot(page, 'panel-storyboards-made');

    let at = 0;
    const asked = LENGTHS.map(([file, frames]) => {
      const board = { file, startFrame: at, frames };
      at += frames;
      return board;
    });
    expect(await laid(page, view.name)).toEqual(asked);
    expect((await undoStack(page)).at(-1)).toBe(`Lay out ${view.name}`);
    // The panel's own list is what the normal reading gives.
    const rows = await until(
      () => page.locator('[data-shot]').evaluateAll((all) => all.map((each) => each.getAttribute('data-shot'))),
      (shots) => shots.length === 7,
      'the shots in the list',
    );
    expect(rows).toEqual(['SH010', 'SH020', 'SH030', 'SH040', 'SH050', 'SH060', 'SH070']);
    await page.locator('[data-shot="SH030"]', { hasText: 'whip pan right, then hold' }).waitFor();
    const plan = await api.call(sequencePlanEndpoint, { id: view.id });
    expect(plan).toMatchObject({ rate: { num: 30_000, den: 1_001 }, dropFrame: true, timecodeZero: 107_892 });
    expect((await api.call(storyboardsEndpoint, {})).imports[0]?.wanted).toBe(false);
    expect([await hazards(page), await escaped(page), rig.complaints()]).toEqual([[], [], []]);
  });

  test('what Premiere does otherwise is told in the card, and the next press goes on', async () => {
    const page = await rig.open({ width: 260, theme: 'light', locale: 'de_DE' });
    await pair(page, rig.code());
    await page.evaluate(() => {
      if (window.stage) window.stage.sim.faults.settingsIgnored = true;
    });
    await page.locator('sp-button', { hasText: 'Neue Sequenz aus Storyboard' }).click();
    const card = page.locator('[data-card="storyboards"]');
    const make = card.locator('[data-storyboard] sp-button').first();
    await make.click();
    await card.locator('.storyboard-problem', { hasText: 'Sequenzeinstellungen, stelle 29.97 fps drop-frame' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'panel-storyboards-failed');
    await page.evaluate(() => {
      if (window.stage) window.stage.sim.faults.settingsIgnored = false;
    });
    await make.click();
    await card.locator('text=ist ausgelegt.').waitFor();
    expect(await page.evaluate(() => window.stage?.sim.projects[0]?.sequences.length)).toBe(2);
    expect([await hazards(page), await escaped(page), rig.complaints()]).toEqual([[], [], []]);
  });
});
