/** Image-to-video packs on the whole way: panel logic, daemon, queue, render process, placement. Good packs and poisoned ones. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '../../companion-app/daemon/data-folder';
import { startCompanion, type CompanionProcess } from '../../examples/demo/companion-process';
import { ALL_BURNT, firstShotOf, installTinyPack } from '../../examples/demo/one-shot';
import { panelOn } from '../../examples/demo/panel';
import { bell, pairAndStart, ringingView, untilOver } from '../../examples/demo/run-demo';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { stageExample } from '../../examples/demo/stage';
import { NOTICE, type TinyFamily, type TinyOptions } from '../../examples/tiny-pack/write';
import type { Panel } from '../../plugin/compose';
import type { JobRow } from '../../shared/protocol';
import { createSimulator, type SequenceBuilder, type Simulator } from '../premiere-simulator';

jest.setTimeout(120_000);

const root = path.resolve(__dirname, '../..');
const entry = path.join(root, 'dist', 'inbetween.cjs');

let example: ExampleSequence;
let folder: string;
let companion: CompanionProcess;
let simulator: Simulator;
let sequence: SequenceBuilder;
let panel: Panel;
const rang = bell();

beforeAll(async () => {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run "npm run build" first.');
  const whole = await readExample(path.join(root, 'examples', 'sequence.json'));
  example = firstShotOf(shortened(whole, 8, { width: 128, height: 96 }));
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'inbetween-packs-'));
  mkdirSync(packsFolder(), { recursive: true });
  companion = await startCompanion(entry, path.join(folder, 'data'));
  simulator = createSimulator();
  sequence = await stageExample(simulator, example);
  panel = await panelOn(simulator, companion.port, ringingView(rang.ring));
  await pairAndStart(panel, companion.pairing);
});

afterEach(async () => {
  panel.animator.stop();
  panel.link.close();
  await companion.stop();
  simulator.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const packsFolder = (): string => dataLayout(path.join(folder, 'data')).packs;

/** Sends the shot with a pack built for it; resolves with the row of its job. */
async function submit(family: TinyFamily, options: Partial<TinyOptions>): Promise<string> {
  const pack = await installTinyPack(packsFolder(), family, options);
  const wish = { engine: 'diffusion', pack, burnIns: ALL_BURNT, codec: 'prores-proxy', quality: 'full' } as const;
  const [submitted] = await panel.animator.animateSequence({ ...wish, seed: 1, version: 'test' });
  if (submitted?.jobId === undefined) throw new Error(submitted?.problem?.message ?? 'nothing was submitted');
  return submitted.jobId;
}

/** The row of a job once it is over, when so many jobs are. */
async function over(jobId: string, jobs: number): Promise<JobRow> {
  const row = (await untilOver(panel, jobs, rang.wait)).find(({ spec }) => spec.id === jobId);
  if (!row) throw new Error(`The companion does not know ${jobId}.`);
  return row;
}

const placed = () =>
  sequence
    .snapshot()
    .video.slice(1)
    .flatMap((track) => track.items)
    .map((item) => [item.startFrame, item.frames, item.path]);

test.each(['svd', 'ltx'] as const)(
  'a pack of the %s layout: its take lies above the board, and says what made it',
  async (family) => {
    const row = await over(await submit(family, { sway: family === 'svd' }), 1);
    expect([row.state, row.problem]).toEqual(['placed', undefined]);
    expect(row.take).toMatchObject({ engine: 'diffusion', frames: example.shots[0]!.frames, warnings: [NOTICE] });
    expect(placed()).toEqual([[example.shots[0]!.start, example.shots[0]!.frames, row.take?.path]]);
  },
);

test.each([
  ['nan', 'render-failed', /NaN/],
  ['shape', 'render-failed', /vae_decoder gave .* was due/],
  ['missing', 'pack-invalid', /no vae_decoder/],
  ['stranger', 'pack-invalid', /Found inputs/],
  ['huge', 'out-of-memory', /memory/],
] as const)('%s: its own job fails, told in words to act on; the next one is made', async (flaw, code, words) => {
  const bad = await over(await submit('svd', { flaw }), 1);
  expect([bad.state, bad.problem?.code]).toEqual(['failed', code]);
  expect(bad.problem?.message).toMatch(words);
  expect(bad.problem?.action).not.toBe('');
  expect(placed()).toEqual([]);
  const good = await over(await submit('ltx', {}), 2);
  expect(good.state).toBe('placed');
});

test('a network that never ends is given up with its job; the next one is made', async () => {
  const jobId = await submit('svd', { flaw: 'endless' });
  const stateOf = async () => (await panel.link.list()).find(({ spec }) => spec.id === jobId)?.state;
  while ((await stateOf()) !== 'rendering') await rang.wait();
  // Long enough to be inside the network, where nothing is heard any more; a cancel before that must end it too.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await panel.link.cancel([jobId]);
  const good = await over(await submit('ltx', {}), 2);
  expect(good.state).toBe('placed');
  expect(await stateOf()).toBe('cancelled');
});
