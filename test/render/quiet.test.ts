/** A process that says how long it will be silent is not taken for one that hangs; one that is silent for longer is. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { RenderProcess } from '../../companion-app/queue/runner/render-process';
import { silent } from '../queue/fixtures/specs';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor } from './orders';

const folder = temporaryFolder('quiet');

/** Says that it will be silent for `quietMs`, blocks its thread for `blockedMs`, then answers. */
function blocker(quietMs: number, blockedMs: number): string {
  const entry = path.join(folder(), `blocks-${quietMs}-${blockedMs}.cjs`);
  writeFileSync(
    entry,
    `process.send({ type: 'ready', providers: ['cpu'], engines: [] });
     process.on('message', ({ type, order }) => {
       if (type !== 'render') return;
       process.send({ type: 'heartbeat', quietMs: ${quietMs} });
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${blockedMs});
       const problem = { code: 'render-failed', message: 'done', safe: '', action: '', retry: false };
       process.send({ type: 'failed', jobId: order.spec.id, attempt: order.attempt, problem });
     });`,
  );
  return entry;
}

test.each([
  ['a step that takes as long as it said', 60_000, 1_500, 'failed'],
  ['a hang', 600, 3_600_000, 'gone'],
])(
  '%s',
  async (_, quietMs, blockedMs, ending) => {
    const entry = blocker(quietMs, blockedMs);
    const board = await drawBoard(path.join(folder(), 'board.png'), 16, 16);
    const order = orderFor({ id: 'job-quiet-1', dir: folder(), boards: [board] });
    const child = new RenderProcess({ entry, startMs: 20_000, silenceMs: 300 }, silent);
    await child.ready;
    const answer = await child.render(order, () => undefined);
    child.kill();
    expect(answer.type).toBe(ending);
    if (answer.type === 'gone') expect(answer.going).toMatchObject({ how: 'hung' });
  },
  30_000,
);
