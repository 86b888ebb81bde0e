/** A panel that cannot have the companion to itself, and a host that changes in the middle of a placement. */
import { createServer } from 'node:http';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { WebSocketServer } from 'ws';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { LIMITS, PROTOCOL } from '../../shared/protocol';
import { describeInChromium } from '../ui/support/chromium';
import { violations } from '../ui/support/rig';
import { escaped, hazards, pair, rowOf, secretsOf, stateOf, takesOn, until } from './support/look';
import { startPanel, type PanelRig } from './support/rig';

const root = path.resolve(__dirname, '..', '..');
jest.setTimeout(180_000);

/** A companion that speaks another major version. */
async function companionOf(major: number): Promise<{ readonly port: number; close(): void }> {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', () => {
      const companion = { name: 'Inbetween', version: `${major}.0.0`, instance: 'other' };
      const { textBytes, chunkBytes, windowBytes, boardBytes } = LIMITS;
      const ack = {
        ...{ type: 'hello-ack', protocol: { major, minor: 0 }, companion, seq: 0 },
        capabilities: { engines: [], codecs: [], providers: [] },
        limits: { textBytes, chunkBytes, windowBytes, boardBytes },
      };
      socket.send(JSON.stringify(ack));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const stepOf = (page: Page): Promise<string | null> => page.locator('[data-step]').getAttribute('data-step');
const buttonsOf = (page: Page): Promise<string[]> => page.locator('.card sp-button').allInnerTexts();

/** Acts in the middle of the panel's next import. */
const duringImport = (page: Page, what: 'other project' | 'sequence deleted'): Promise<void> =>
  page.evaluate((how) => {
    const { sim, sequence } = window.stage ?? {};
    if (!sim || !sequence) return;
    sim.user.during('Project.importFiles', () => {
      if (how === 'other project') sim.addProject({ name: 'Other.prproj' }).addSequence({ name: 'Other' });
      else sim.user.deleteSequence(sequence);
    });
  }, what);

const itemsElsewhere = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const own = window.stage?.sequence.guid;
    const all = window.stage?.sim.projects.flatMap((project) => project.sequences) ?? [];
    return all.filter(({ guid }) => guid !== own).flatMap((each) => each.snapshot().video.flatMap(({ items }) => items))
      .length;
  });

describeInChromium('apart', () => {
  let rig: PanelRig;
  let example: ExampleSequence;

  beforeAll(async () => {
    example = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 6, {
      width: 320,
      height: 180,
    });
    rig = await startPanel();
  });
  afterAll(() => rig.close());

  const clean = async (...pages: Page[]): Promise<void> => {
    for (const page of pages) {
      expect(await hazards(page)).toEqual([]);
      expect(await escaped(page)).toEqual([]);
    }
    expect(rig.complaints()).toEqual([]);
  };

  test('a companion of another version: the panel says which side to update, with one action', async () => {
    const { target } = rig.bridge;
    const page = await rig.open({ example });
    await pair(page, rig.code());
    const secrets = await secretsOf(page);
    await page.context().close();
    for (const [major, step, says] of [
      [PROTOCOL.major + 1, 'old-panel', 'Update the panel in Premiere.'],
      [PROTOCOL.major - 1, 'old-companion', 'Update the companion app.'],
    ] as const) {
      const other = await companionOf(major);
      rig.bridge.target = other.port;
      const met = await rig.open({ example, secrets });
      await met.locator(`[data-step="${step}"]`).waitFor();
      expect(await met.locator('.card').innerText()).toContain(says);
      expect(await buttonsOf(met)).toEqual(['Try again']);
      expect(await met.locator('[data-shot]').count()).toBe(6);
      expect(await violations(met)).toEqual([]);
      // Updated meanwhile: the one action is enough.
      rig.bridge.target = target;
      other.close();
      // Or none: when the other one's line ends the panel looks for the companion by itself, and the button may be gone before it is met.
      await met
        .locator('.card sp-button')
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await met.locator('[data-step="connected"]').waitFor();
      await clean(met);
      await met.context().close();
    }
  });

  test('the same panel twice: the older one is superseded, and takes over again on request', async () => {
    const first = await rig.open({ example });
    await pair(first, rig.code());
    const second = await rig.open({ example, secrets: await secretsOf(first) });
    await second.locator('[data-step="connected"]').waitFor();
    await first.locator('[data-step="superseded"]').waitFor();
    expect(await buttonsOf(first)).toHaveLength(1);
    // It does not fight for the line by itself.
    expect(await stepOf(second)).toBe('connected');
    await first.locator('.card sp-button').click();
    await first.locator('[data-step="connected"]').waitFor();
    await second.locator('[data-step="superseded"]').waitFor();
    await clean(first, second);
    for (const page of [first, second]) await page.context().close();
  });

  test('two Premieres, one companion: each take lands in its own sequence, once', async () => {
    const here = await rig.open({ example });
    const there = await rig.open({ example, projectsBefore: 2 });
    await pair(here, rig.code());
    await pair(there, rig.code());
    await rowOf(here, 'SH010').focus();
    await here.keyboard.press('Enter');
    await rowOf(there, 'SH020').focus();
    await there.keyboard.press('Enter');
    for (const [page, shot] of [
      [here, 'SH010'],
      [there, 'SH020'],
    ] as const) {
      await until(
        () => stateOf(page, shot),
        (state) => state === 'done',
        `${shot} to be done`,
      );
      const takes = await takesOn(page);
      expect(takes.map(({ file }) => file.slice(0, 5))).toEqual([shot]);
      expect(await itemsElsewhere(page)).toBe(0);
      // Nothing is said of takes that wait for somebody else's Premiere.
      await until(
        () => page.locator('.batch').count(),
        (n) => n === 0,
        'the batch bar to go',
      );
    }
    await clean(here, there);
    for (const page of [here, there]) await page.context().close();
  });

  test('project switched in mid-placement: the take waits, and lands once its own is back', async () => {
    const page = await rig.open({ example, projectsBefore: 4 });
    await pair(page, rig.code());
    await duringImport(page, 'other project');
    await rowOf(page, 'SH030').focus();
    await page.keyboard.press('Enter');
    await until(
      () => page.locator('[data-shot]').count(),
      (n) => n === 0,
      'the other project in front',
    );
    const jobs = () => rig.daemon.queue.list({ offset: 0, limit: 100 }).jobs;
    const waiting = () => jobs().filter(({ state }) => state === 'rendered' || state === 'delivered');
    await until(
      async () => waiting().length,
      (n) => n === 1,
      'one take to wait',
    );
    expect(await itemsElsewhere(page)).toBe(0);
    await page.evaluate(() => {
      const { sim } = window.stage ?? {};
      const own = sim?.projects.find((project) =>
        project.sequences.some(({ guid }) => guid === window.stage?.sequence.guid),
      );
      if (own) sim?.user.switchProject(own);
    });
    await until(
      () => stateOf(page, 'SH030').catch(() => null),
      (state) => state === 'done',
      'the take in its own sequence',
    );
    const takes = await takesOn(page);
    expect(takes.map(({ file }) => file.slice(0, 5))).toEqual(['SH030']);
    expect(await itemsElsewhere(page)).toBe(0);
    await clean(page);
    await page.context().close();
  });

  test('sequence deleted in mid-placement: nothing lands elsewhere; undone, the take lands', async () => {
    const page = await rig.open({ example, projectsBefore: 6 });
    await pair(page, rig.code());
    await duringImport(page, 'sequence deleted');
    await rowOf(page, 'SH040').focus();
    await page.keyboard.press('Enter');
    await until(
      () => page.locator('[data-shot]').count(),
      (n) => n === 0,
      'no sequence',
    );
    expect(await itemsElsewhere(page)).toBe(0);
    await page.evaluate(() => window.stage?.sim.user.undo());
    await page.evaluate(() => {
      if (window.stage) window.stage.sim.user.switchSequence(window.stage.sequence);
    });
    await until(
      () => stateOf(page, 'SH040').catch(() => null),
      (state) => state === 'done',
      'the take in the sequence that is back',
    );
    await clean(page);
    await page.context().close();
  });

  test('a companion that fails to estimate says so, an older one is not asked again; shots are sent all the same', async () => {
    const page = await rig.open({ example });
    let [asked, code] = [0, 'internal'];
    await page.route(
      (url) => url.searchParams.get('url')?.endsWith('/api/cost/estimate') ?? false,
      (route) => {
        asked += 1;
        const why = { code, message: 'The table is away.', safe: '', action: 'Wait.', retry: true };
        return route.fulfill({ status: code === 'internal' ? 500 : 404, json: { problem: why } });
      },
    );
    await page.locator('[data-step="pairing"]').waitFor();
    await pair(page, rig.code());
    const line = page.locator('.estimate-line', { hasText: 'No estimate for now.' });
    await line.waitFor();
    expect(await violations(page)).toEqual([]);
    code = 'not-found';
    await line.locator('sp-action-button').click();
    await page.locator('.estimate').waitFor({ state: 'detached' });
    const before = asked;
    const jobs = (): number => rig.daemon.queue.list().jobs.length;
    const had = jobs();
    rig.daemon.queue.setPaused(true);
    await rowOf(page, 'SH020').focus();
    await page.keyboard.press('Enter');
    await until(
      () => Promise.resolve(jobs()),
      (n) => n === had + 2,
      'a preview and a take to wait',
    );
    await until(
      () => stateOf(page, 'SH020'),
      (state) => state === 'waiting',
      'the row to know',
    );
    expect([asked, await page.locator('.estimate').count()]).toEqual([before, 0]);
    rig.daemon.queue.cancel(rig.daemon.queue.list({ states: ['queued'] }).jobs.map(({ spec }) => spec.id));
    rig.daemon.queue.setPaused(false);
    await clean(page);
  });
});
