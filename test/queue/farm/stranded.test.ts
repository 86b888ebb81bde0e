/** Jobs on the farm whose workers have all gone come back into the queue, which says what they wait for. */
import { Queue } from 'bullmq';
import { connectRedis, Desk, EMBEDDED, FARM_DEFAULTS, FarmRunner, KEYS } from '../../../companion-app/queue/farm';
import { FARM_VERSION } from '../../../companion-app/queue/farm/messages';
import { JobQueue, MemoryStore, systemClock } from '../../../companion-app/queue';
import { sha, shelfOf, silent, spec, until } from '../fixtures/specs';
import { describeWithRedis } from './redis-server';
import { FarmRig } from './rig';

describeWithRedis('a farm that everybody leaves', () => {
  test('gives its jobs back, uncounted as lost, and takes them again when somebody comes', async () => {
    const rig = await FarmRig.start();
    const redis = connectRedis(rig.redis.url);
    await redis.connect();
    const shelf = shelfOf(new Map([[sha('board'), '/boards/board']]));
    const parts = { shelf, clock: systemClock, log: silent };
    const queue = new JobQueue({ ...parts, store: new MemoryStore() });
    const desk = new Desk({ secret: Buffer.alloc(32), received: rig.at('received'), shared: null });
    const folders = { attempts: rig.at('attempts'), takes: rig.at('takes') };
    const quick = { lookMs: 100, seekMs: 100, strandedMs: 200 };
    const runner = new FarmRunner({ ...parts, queue, desk, redis }, { ...FARM_DEFAULTS, ...quick, folders });
    const card = {
      id: 'one',
      farm: FARM_VERSION,
      version: '0.1.0',
      provider: 'cpu',
      queues: [EMBEDDED],
      state: 'idle',
    };
    const come = () => redis.set(KEYS.card('one'), JSON.stringify(card));
    const stateOf = () => queue.find('job-000001')?.state;
    try {
      await come();
      runner.start();
      await queue.submit([spec(1)]);
      await until(() => stateOf() === 'rendering', 20_000);
      await redis.del(KEYS.card('one'));
      await until(() => stateOf() === 'queued', 20_000);
      expect(queue.holds()).toMatchObject([
        { kind: 'farm', problem: { message: 'No worker is connected to the farm.' } },
      ]);
      const there = new Queue(EMBEDDED, { connection: redis });
      expect(await there.getJobCountByTypes('waiting', 'delayed', 'prioritized', 'active')).toBe(0);
      await come();
      await until(() => stateOf() === 'rendering', 20_000);
      expect(queue.holds()).toEqual([]);
      expect(queue.eventsSince(0).filter((event) => event.problem)).toEqual([]);
      await there.close();
    } finally {
      await runner.stop();
      redis.disconnect();
      await rig.end();
    }
  }, 60_000);
});
