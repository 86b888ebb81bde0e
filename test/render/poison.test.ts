/** A network that never ends, and nobody to cancel it: the real render process under the runner's watch for life. */
import path from 'node:path';
import { JobQueue, MemoryStore, Runner, RUNNER_DEFAULTS, systemClock } from '../../companion-app/queue';
import { installTinyPack } from '../../examples/demo/one-shot';
import type { JobRow } from '../../shared/protocol';
import { nodeBundle } from '../built';
import { shelfOf, silent, until } from '../queue/fixtures/specs';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor } from './orders';

const folder = temporaryFolder('poison');
let runner: Runner | undefined;
afterEach(() => runner?.stop());

test('a process that hangs in a network is ended three times, its job set aside, and the next job made', async () => {
  const entry = await nodeBundle('companion-app/render/main.ts');
  const packsDir = path.join(folder(), 'packs');
  const endless = await installTinyPack(packsDir, 'svd', { flaw: 'endless' });
  const sound = await installTinyPack(packsDir, 'ltx');
  const board = await drawBoard(path.join(folder(), 'board.png'), 160, 90);
  const specOf = (id: string, pack: typeof sound) => {
    const shot = { id: `shot of ${id}`, name: id, frames: 4, size: { width: 128, height: 64 } };
    return orderFor({
      id,
      dir: folder(),
      boards: [board],
      shot,
      spec: { engine: 'diffusion', pack, quality: 'preview' },
    }).spec;
  };
  const jobs = [specOf('job-endless', endless), specOf('job-sound', sound)];

  const held = new Map([[jobs[0]?.shot.boards[0]?.board ?? '', board]]);
  const shared = { shelf: shelfOf(held), clock: systemClock, log: silent };
  const queue = new JobQueue({ ...shared, store: new MemoryStore() });
  const folders = { attempts: path.join(folder(), 'attempts'), takes: path.join(folder(), 'takes') };
  const quick = { silenceMs: 4_000, idleMs: 50, backOff: { firstMs: 5, mostMs: 20 } };
  runner = new Runner(
    { ...shared, queue },
    { ...RUNNER_DEFAULTS, ...quick, entry, folders, packsDir, provider: 'cpu' },
  );
  await queue.submit(jobs);
  runner.start();
  const rows = await until<JobRow[]>(() => {
    const found = jobs.flatMap(({ id }) => queue.find(id) ?? []);
    return found.every(({ state }) => ['rendered', 'failed', 'cancelled'].includes(state)) && found;
  }, 100_000);
  expect(rows.map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['failed', 'too-many-attempts'],
    ['rendered', undefined],
  ]);
  expect(rows[0]?.attempts).toBe(3);
  expect(rows[0]?.problem?.message).toMatch(/no sign of life/);
}, 120_000);
