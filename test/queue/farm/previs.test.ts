/** PREVIS goes with a job to whoever makes it: a worker has no settings of the sequence. */
import { WorkerDispatch } from '../../../companion-app/queue/farm';
import { zFarmJob } from '../../../companion-app/queue/farm/messages';
import { sha, spec } from '../fixtures/specs';

test('a worker burns PREVIS in as the sequence says, and into generated takes where an older companion does not say', async () => {
  const dispatch = new WorkerDispatch('w', () => 0);
  expect(dispatch.previs()).toBe('diffusion');
  const job = spec(1, { board: sha('b') });
  const way = { door: '0123456789abcdef', ticket: 'abcdefghijklmnop', shared: false };
  for (const [sent, made] of [
    [{ previs: 'always' }, 'always'],
    [{ previs: 'never' }, 'never'],
    [{}, 'diffusion'],
  ] as const) {
    const data = zFarmJob.parse({ spec: job, run: job, attempt: 1, tries: 0, remarks: [], ...sent, ...way });
    const end = dispatch.offer(data, () => undefined);
    expect(dispatch.previs()).toBe(made);
    dispatch.giveUp(job.id);
    await end;
  }
});
