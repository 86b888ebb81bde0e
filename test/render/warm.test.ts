/** Models between shots: kept while there is work, let go when there is none, never growing. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { engineShelf } from '../../companion-app/render/engines';
import { zFromRender } from '../../companion-app/render/messages';
import { createDiffusionEngine } from '../../companion-app/engines/diffusion';
import { installTinyPack } from '../../examples/demo/one-shot';
import { nodeBundle } from '../built';
import { residentMb } from '../media/processes';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor } from './orders';

const folder = temporaryFolder('warm');

/** A clock that is set by hand. */
function handClock() {
  let now = 0;
  const waiting = new Set<{ at: number; act: () => void }>();
  return {
    timers: {
      now: () => now,
      after: (ms: number, act: () => void) => {
        const entry = { at: now + ms, act };
        waiting.add(entry);
        return { cancel: () => void waiting.delete(entry) };
      },
    },
    pass(ms: number): void {
      now += ms;
      for (const entry of [...waiting]) if (entry.at <= now && waiting.delete(entry)) entry.act();
    },
  };
}

test('an engine stays for the next shot, goes when nobody asks for it in a while, and comes back', async () => {
  await installTinyPack(folder(), 'svd');
  const clock = handClock();
  const said: string[] = [];
  const shelf = engineShelf(
    {
      diffusion: async (wish) => {
        const engine = await createDiffusionEngine(wish);
        said.push('opened');
        const close = async (): Promise<void> => {
          await engine.close();
          said.push('closed');
        };
        return { ...engine, close };
      },
    },
    { ms: 1000, timers: clock.timers },
  );
  const wish = { provider: 'cpu', packsDir: folder() };
  const first = await shelf.get('diffusion', wish, 1);
  shelf.rest();
  clock.pass(999);
  expect(await shelf.get('diffusion', wish, 1)).toBe(first);
  // A shot may take longer than the wait: only rest counts.
  clock.pass(5000);
  expect(said).toEqual(['opened']);
  shelf.rest();
  clock.pass(1000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await shelf.get('diffusion', wish, 1)).not.toBe(first);
  await shelf.close();
  expect([...said].sort()).toEqual(['closed', 'closed', 'opened', 'opened']);
});

describe('the render process with a pack', () => {
  let child: ChildProcess | undefined;
  afterAll(() => child?.kill('SIGKILL'));

  test('needs no more memory after many shots than after a few', async () => {
    const built = await nodeBundle('companion-app/render/main.ts');
    const pack = await installTinyPack(folder(), 'svd', { frames: 3 });
    const board = await drawBoard(path.join(folder(), 'board.png'), 160, 90);
    const { pid = 0 } = (child = fork(built, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] }));
    const answers = new Map<string, (type: string) => void>();
    child.on('message', (raw) => {
      const message = zFromRender.parse(raw);
      if (message.type === 'rendered' || message.type === 'failed') answers.get(message.jobId)?.(message.type);
    });
    let made = 0;
    const shots = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) {
        made += 1;
        const id = `job-${String(made).padStart(8, '0')}`;
        const order = {
          ...orderFor({
            ...{ id, dir: path.join(folder(), id), boards: [board] },
            shot: { frames: 4, size: { width: 128, height: 64 } },
            spec: { engine: 'diffusion', pack, quality: 'preview' },
          }),
          packsDir: folder(),
        };
        const answer = new Promise<string>((resolve) => answers.set(id, resolve));
        child?.send({ type: 'render', order });
        expect(await answer).toBe('rendered');
      }
    };
    await shots(4);
    const before = residentMb(pid);
    await shots(8);
    const after = residentMb(pid);
    // Networks opened anew for each shot and not let go would be some 10 MB each.
    if (before !== null && after !== null) expect(after - before).toBeLessThan(40);
  }, 120_000);
});
