/** Each family's tiny pack through the queue and the real render process to a clip on disk. */
import path from 'node:path';
import { JobQueue, MemoryStore, Runner, RUNNER_DEFAULTS, systemClock } from '../../companion-app/queue';
import { probeClip } from '../../companion-app/media';
import { tinyI2vgen } from '../../examples/tiny-pack/i2vgen';
import { tinyLtx } from '../../examples/tiny-pack/ltx';
import { tinySvd } from '../../examples/tiny-pack/svd';
import { tinyWan } from '../../examples/tiny-pack/wan';
import { NOTICE, writePack, type PackFiles } from '../../examples/tiny-pack/write';
import type { JobRow } from '../../shared/protocol';
import { nodeBundle } from '../built';
import { writeTinyDynamiCrafter } from '../engines/diffusion/pipelines/tiny-dynamicrafter';
import { shelfOf, silent, until } from '../queue/fixtures/specs';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor, sha256Of } from './orders';

const folder = temporaryFolder('families');
let runner: Runner | undefined;
afterEach(() => runner?.stop());

const PACKS: Readonly<Record<string, PackFiles>> = {
  svd: tinySvd({ frames: 4 }),
  ltx: tinyLtx(),
  'ltx-keys': tinyLtx({ keys: true }),
  'wan-ti2v': tinyWan('ti2v'),
  'wan-i2v': tinyWan('i2v'),
  i2vgen: tinyI2vgen(),
};

test('packs of all families become clips, one after the other', async () => {
  const entry = await nodeBundle('companion-app/render/main.ts');
  const packsDir = path.join(folder(), 'packs');
  for (const [name, files] of Object.entries(PACKS)) await writePack(path.join(packsDir, name), files);
  await writeTinyDynamiCrafter(path.join(packsDir, 'dynamicrafter'));
  const names = [...Object.keys(PACKS), 'dynamicrafter'];
  const [first, second] = ['one', 'two'].map((name, i) => drawBoard(path.join(folder(), `${name}.png`), 160 + i, 90));
  const boards = await Promise.all([first, second].flatMap((board) => (board ? [board] : [])));
  const lines = { prompt: 'a boat rocks', negative: 'people', styleLine: 'pencil' };
  const specs = names.map((name) => {
    const shot = { id: `shot of ${name}`, name, frames: 6, size: { width: 128, height: 64 } };
    const pack = { name, sha256: 'a'.repeat(64) };
    const spec = { engine: 'diffusion' as const, pack, quality: 'preview' as const, ...lines };
    return orderFor({ id: `job-${name}-1`, dir: folder(), boards, shot, spec }).spec;
  });
  const held = new Map(boards.map((board) => [sha256Of(board), board]));
  const shared = { shelf: shelfOf(held), clock: systemClock, log: silent };
  const queue = new JobQueue({ ...shared, store: new MemoryStore() });
  const folders = { attempts: path.join(folder(), 'attempts'), takes: path.join(folder(), 'takes') };
  runner = new Runner({ ...shared, queue }, { ...RUNNER_DEFAULTS, entry, folders, packsDir, provider: 'cpu' });
  await queue.submit(specs);
  runner.start();
  const rows = await until<JobRow[]>(() => {
    const found = specs.flatMap(({ id }) => queue.find(id) ?? []);
    return found.every(({ state }) => ['rendered', 'failed', 'cancelled'].includes(state)) && found;
  }, 150_000);
  expect(rows.map(({ spec, state, problem }) => [spec.pack?.name, state, problem?.message])).toEqual(
    names.map((name) => [name, 'rendered', undefined]),
  );
  for (const { spec, take } of rows) {
    const clip = await probeClip(take?.path ?? '');
    expect([clip.frames, clip.size]).toEqual([6, { width: 128, height: 64 }]);
    expect(clip.making).toMatchObject({ engine: 'diffusion', pack: spec.pack, ...lines });
    if (spec.pack?.name !== 'dynamicrafter') expect(take?.warnings).toContain(NOTICE);
  }
}, 180_000);
