/** Facts of cost as work is done: seconds, energy and how it ended, with a meter over a small file system. */
import { DEFAULT_SETTINGS, patched, type Settings } from '../../../shared/protocol';
import { problem } from '../../../shared/problem';
import { JobQueue, MemoryStore } from '../../../companion-app/queue';
import { lines } from '../../../companion-app/daemon/commands/report';
import { keepCost } from '../../../companion-app/daemon/cost/keeper';
import { openMeter, type MeterParts } from '../../../companion-app/daemon/cost/meter';
import { CLOUD_PRICES, costReport } from '../../../companion-app/review/cost';
import { handClock, sha, shelfOf, silent, spec, takeOf } from '../../queue/fixtures/specs';

async function rig() {
  const hand = handClock(0);
  let shift = 0;
  const clock = {
    now: () => hand.now() + shift,
    monotonic: () => hand.monotonic(),
    set: (to: number): void => hand.set(to),
    /** Sets the clock on the wall, which the other one does not know of. */
    wall: (to: number): void => void (shift = to - hand.now()),
  };
  const queue = new JobQueue({
    store: new MemoryStore(),
    shelf: shelfOf(new Map([[sha('board'), '/b']])),
    clock,
    log: silent,
  });
  let settings: Settings = DEFAULT_SETTINGS;
  let told: (now: Settings) => void = () => undefined;
  let tick: () => void = () => undefined;
  let look: () => void = () => undefined;
  const gpu: { watts: number | null } = { watts: null };
  const meterParts: MeterParts = {
    ...{
      read: () => Promise.reject(new Error('none')),
      names: () => Promise.resolve([]),
      gpuWatts: () => Promise.resolve(gpu.watts),
    },
    ...{ monotonic: () => clock.monotonic(), ratedWatts: () => 60 },
  };
  const keeper = keepCost({
    ...{ queue, clock, log: silent, meter: await openMeter(meterParts), ratedWatts: () => 60 },
    settings: {
      get: () => settings,
      subscribe: (listener) => {
        told = listener;
        return () => undefined;
      },
    },
    every: (ms, act) => {
      if (ms === 60_000) tick = act;
      else look = act;
      return () => undefined;
    },
    expected: () => ({ low: 50, likely: 100, high: 200 }),
  });
  const setCost = (cost: Record<string, unknown>): void => told((settings = patched(settings, { cost })));
  return { queue, clock, keeper, tick: () => tick(), look: () => look(), gpu, setCost };
}

/** The meter's readings are through. */
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 10));

test('an attempt leaves a fact a minute and one at its end, failed ones too; the estimate was written before', async () => {
  const { queue, clock, keeper, tick, setCost } = await rig();
  await queue.submit([spec(1)]);
  const first = queue.lease()!;
  await settled();
  clock.set(60_000);
  tick();
  await settled();
  clock.set(90_000);
  queue.fail(first, problem({ code: 'render-failed', message: 'No.' }));
  await settled();
  queue.retry(['job-000001']);
  const second = queue.lease()!;
  await settled();
  clock.set(150_000);
  queue.finish(second, takeOf(spec(1)), 60);
  await settled();
  setCost({ pricePerKWh: 0.5 });
  setCost({ pricePerKWh: 0.5 });
  await keeper.stop();
  const facts = queue.facts();
  expect(facts.map(({ kind }) => kind).sort()).toEqual(['estimate', 'prices', 'prices', 'spent', 'spent', 'spent']);
  const spent = facts.filter((fact) => fact.kind === 'spent');
  expect(spent.map(({ seconds, attempt, ended, problem: why }) => [seconds, attempt, ended, why])).toEqual([
    [60, 1, undefined, undefined],
    [30, 1, 'failed', 'render-failed'],
    [60, 2, 'rendered', undefined],
  ]);
  const wattHours = spent.flatMap(({ energy }) => energy).reduce((sum, each) => sum + each.wattHours, 0);
  expect(wattHours).toBeCloseTo((150 / 3600) * 60, 6);
  expect(facts.filter((fact) => fact.kind === 'prices').map(({ assumed }) => assumed)).toEqual([true, false]);
  const told = lines(costReport(facts, { dayOf: () => '2026-01-01', cloud: CLOUD_PRICES }));
  expect(told[0]).toMatch(/^Spent: .* EUR; nothing is usable yet\.$/);
  expect(told.join('\n')).toMatch(/100 % of the energy is an estimate/);
});

test('work that goes on when the companion ends is written too', async () => {
  const { queue, clock, keeper } = await rig();
  await queue.submit([spec(1)]);
  queue.lease();
  clock.set(5000);
  await keeper.stop();
  expect(queue.facts({ kinds: ['spent'] })).toMatchObject([{ seconds: 5, about: { shot: 'SH010' } }]);
});

test('a short job is charged what the GPU drew in its middle, and a clock set back takes nothing away', async () => {
  const { queue, clock, keeper, look, gpu } = await rig();
  gpu.watts = 10;
  await queue.submit([spec(1)]);
  const lease = queue.lease()!;
  await settled();
  gpu.watts = 300;
  for (const ms of [5_000, 10_000, 15_000]) {
    clock.set(ms);
    look();
    await settled();
  }
  gpu.watts = 10;
  clock.set(20_000);
  clock.wall(-3_600_000);
  queue.finish(lease, takeOf(spec(1)), 20);
  await keeper.stop();
  const [spent] = queue.facts({ kinds: ['spent'] });
  expect(spent).toMatchObject({ seconds: 20, at: -3_600_000, ended: 'rendered' });
  const drawn = spent?.kind === 'spent' ? spent.energy.find(({ source }) => source === 'nvidia-smi') : undefined;
  // 155 W over the first and last five seconds, 300 W over the ten between; ends alone would say 10 W.
  expect(drawn?.wattHours).toBeCloseTo((155 * 10 + 300 * 10) / 3600, 6);
});

describe('the meter', () => {
  const meter = async (files: Record<string, string>, watts: number | null, ms: number, change: () => void) => {
    let now = 0;
    const parts: MeterParts = {
      read: (file) => (files[file] === undefined ? Promise.reject(new Error('none')) : Promise.resolve(files[file])),
      names: (folder) =>
        Promise.resolve([
          ...new Set(
            Object.keys(files).flatMap((file) =>
              file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1).split('/')[0]!] : [],
            ),
          ),
        ]),
      gpuWatts: () => Promise.resolve(watts),
      monotonic: () => now,
      ratedWatts: () => 36,
    };
    const open = await openMeter(parts);
    now = ms;
    change();
    return open.take();
  };
  const rapl = '/sys/class/powercap/intel-rapl:0';

  it('counts the processor over the end of its counter, and the GPU beside it', async () => {
    const board = '/sys/class/powercap/intel-rapl:1';
    const files = {
      ...{
        [`${rapl}/energy_uj`]: '9000000',
        [`${rapl}/max_energy_range_uj`]: '10000000',
        [`${rapl}/name`]: 'package-0\n',
      },
      // The whole board's counter holds the package's.
      ...{ [`${board}/energy_uj`]: '0', [`${board}/max_energy_range_uj`]: '10000000', [`${board}/name`]: 'psys\n' },
    };
    const energy = await meter(files, 100, 36_000, () => {
      files[`${rapl}/energy_uj`] = '2600000';
      files[`${board}/energy_uj`] = '9000000';
    });
    expect(energy).toEqual([
      { source: 'nvidia-smi', wattHours: 1 },
      { source: 'rapl', wattHours: 3.6 / 3600 },
    ]);
  });

  it('believes a battery in use for the whole machine, and rates what it cannot read', async () => {
    const battery = {
      '/sys/class/power_supply/BAT0/status': 'Discharging\n',
      '/sys/class/power_supply/BAT0/power_now': '20000000',
    };
    expect(await meter(battery, 100, 3_600_000, () => undefined)).toEqual([{ source: 'battery', wattHours: 20 }]);
    expect(await meter({}, null, 100_000, () => undefined)).toEqual([{ source: 'rated', wattHours: 1 }]);
  });
});
