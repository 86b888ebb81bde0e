/** Who takes what: workers that differ by card, memory and packs. */
import type { JobSpec } from '../../../shared/protocol';
import { JobQueue, MemoryStore } from '../../../companion-app/queue';
import { emptyFarm, meansOf, refusal } from '../../../companion-app/queue/farm/crew';
import {
  ANY_PACK,
  EMBEDDED,
  FARM_VERSION,
  packQueue,
  zWorkerCard,
  type WorkerCard,
} from '../../../companion-app/queue/farm/messages';
import { handClock, sha, shelfOf, silent, spec } from '../fixtures/specs';

const pack = { name: 'svd', sha256: sha('svd') };
const GB = 1e9;
const worker = (id: string, more: Partial<WorkerCard> = {}): WorkerCard =>
  zWorkerCard.parse({
    ...{ id, farm: FARM_VERSION, version: '0.1.0', provider: 'cuda', device: 'H100', memoryBytes: 80 * GB },
    ...{ queues: [packQueue(pack), ANY_PACK, EMBEDDED], state: 'idle' },
    packs: [{ queue: packQueue(pack), name: pack.name, needBytes: 9.2 * GB }],
    ...more,
  });
const small = worker('small', { memoryBytes: 6 * GB, queues: [EMBEDDED] });
const bare = worker('bare', { packs: [], queues: [EMBEDDED] });
const job = (more: Partial<JobSpec> = {}): JobSpec => ({ ...spec(1), ...more });
const withPack = job({ engine: 'diffusion', pack });

it.each<[string, JobSpec, WorkerCard[], string | null, string]>([
  ['a plain shot', job(), [small], null, ''],
  ['a shot with a pack where it fits', withPack, [small, worker('large')], null, ''],
  [
    '… where it does not fit',
    withPack,
    [small, bare],
    'needs at least 9.2 GB of memory; the workers that have it have 6.0 GB',
    '9.2 GB or more',
  ],
  ['… where nobody has it', withPack, [bare], 'No connected worker has the pack svd.', 'Install svd on a worker'],
  [
    '… where another version is',
    job({ engine: 'diffusion', pack: { name: 'svd', sha256: sha('newer') } }),
    [worker('large')],
    'is not the one',
    'this version of svd',
  ],
  [
    '… where its only worker leaves',
    withPack,
    [worker('large', { state: 'draining' }), bare],
    'No connected worker has the pack svd.',
    '',
  ],
  [
    '… where its only worker is of another version',
    withPack,
    [worker('old', { farm: 1 }), bare],
    'No connected worker has the pack svd.',
    '',
  ],
  [
    'a film without a pack named',
    job({ engine: 'diffusion' }),
    [bare],
    'No connected worker has an image-to-video pack.',
    'inbetween models pull',
  ],
  [
    'a plain shot where all are for packs',
    job(),
    [worker('large', { queues: [packQueue(pack)] })],
    'without a model pack',
    'without --packs-only',
  ],
])('%s', (_what, run, workers, message, action) => {
  const told = refusal(run, workers);
  if (message === null) expect(told).toBeNull();
  else {
    expect(told).toMatchObject({ code: 'engine-unavailable', retry: true });
    expect(told?.message).toContain(message);
    expect(told?.action).toContain(action);
  }
});

it('says when nobody is there at all, and why', () => {
  expect(emptyFarm([bare])).toBeNull();
  expect(emptyFarm([])?.problem.message).toBe('No worker is connected to the farm.');
  expect(emptyFarm([worker('old', { farm: FARM_VERSION - 1 })])?.problem.action).toBe('Update the workers.');
  expect(emptyFarm([worker('new', { farm: FARM_VERSION + 1 })])?.problem.action).toBe('Update this companion.');
  expect(emptyFarm([worker('a', { state: 'draining' })])?.problem.message).toContain('leaving');
  expect(meansOf([bare, small])).toBe(meansOf([small, { ...bare, state: 'busy' }]));
  expect(meansOf([bare])).not.toBe(meansOf([small]));
  expect(meansOf([])).not.toBe(meansOf([worker('old', { farm: FARM_VERSION - 1 })]));
  expect(meansOf([bare])).not.toBe(meansOf([{ ...bare, packs: [{ queue: 'p', name: 'p', needBytes: 99 * GB }] }]));
});

it('holds what nobody can render with its reason, passes on to the next, and takes it up when somebody can', async () => {
  const store = new MemoryStore();
  const shelf = shelfOf(new Map([[sha('board'), '/boards/board']]));
  const queue = new JobQueue({ store, shelf, clock: handClock(), log: silent });
  await queue.submit([
    ...Array.from({ length: 10 }, (_, n) => ({ ...spec(n + 1), engine: 'diffusion' as const, pack })),
    spec(11),
  ]);
  const refuse = (run: JobSpec) => refusal(run, [bare]);
  expect(queue.lease(refuse)).toBeNull();
  const lease = queue.lease(refuse);
  expect(lease?.spec.id).toBe('job-000011');
  expect(
    queue
      .list()
      .jobs.filter((row) => row.problem)
      .map((row) => [row.state, row.attempts]),
  ).toEqual(Array.from({ length: 10 }, () => ['queued', 0]));
  await queue.reconsider((run) => refusal(run, [small]));
  expect(queue.find('job-000001')?.problem?.message).toContain('9.2 GB');
  await queue.reconsider((run) => refusal(run, [worker('large')]));
  expect(queue.lease(refuse)).toBeNull();
  expect(queue.lease((run) => refusal(run, [worker('large')]))?.spec.id).toBe('job-000009');
  queue.hold(emptyFarm([]));
  expect(queue.holds()).toMatchObject([{ kind: 'farm', problem: { message: 'No worker is connected to the farm.' } }]);
  expect(queue.lease()).toBeNull();
  queue.hold(null);
  expect(queue.cancel(['job-000001'])).toEqual(['job-000001']);
  expect(queue.find('job-000001')?.problem).toBeUndefined();
});
