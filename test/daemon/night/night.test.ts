/** The night with a real queue and real settings, on a machine that is what the test says. */
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../../shared/protocol';
import { JobQueue, MemoryStore } from '../../../companion-app/queue';
import {
  crashedBefore,
  Diary,
  endedWell,
  Night,
  systemKeepAwake,
  thisMachine,
  type Machine,
} from '../../../companion-app/daemon/night';
import { readIoreg, readLogind } from '../../../companion-app/daemon/night/idle';
import { inhibitor } from '../../../companion-app/daemon/night/stay-awake';
import { openSettings, type SettingsKeeper } from '../../../companion-app/daemon/settings';
import { handClock, sha, shelfOf, silent, spec, tempFolder, takeOf } from '../../queue/fixtures/specs';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let settings: SettingsKeeper;
let night: Night;
const state = { onBattery: false, celsius: 40, idle: 9999, disk: 1e12, memory: 8e9 };
const machine: Machine = {
  onBattery: async () => state.onBattery,
  celsius: async () => state.celsius,
  idleSeconds: async () => state.idle,
  freeDisk: async () => state.disk,
  freeMemory: async () => state.memory,
};
const awake: boolean[] = [];
const clock = handClock();

beforeEach(async () => {
  Object.assign(state, { onBattery: false, celsius: 40, idle: 9999, disk: 1e12, memory: 8e9 });
  awake.length = 0;
  folder = await tempFolder();
  settings = await openSettings({ file: path.join(folder.path, 'settings.json'), log: silent, now: () => 0 });
  night = new Night({ settings, machine, keepAwake: (on) => awake.push(on), folder: folder.path, clock, log: silent });
});
afterEach(async () => {
  night.stop();
  await folder.remove();
});

async function begun(...numbers: number[]): Promise<JobQueue> {
  const shelf = shelfOf(new Map([[sha('board'), '/boards/board']]));
  const parts = { store: new MemoryStore(), shelf, clock, log: silent };
  const queue = new JobQueue(parts, { plan: () => night.plan(), conditions: night.conditions });
  await queue.submit(numbers.map((n) => spec(n)));
  await night.begin(queue);
  return queue;
}

it('holds back and lets go as the machine and the settings change, and wakes the queue each time', async () => {
  const queue = await begun(1);
  let woken = 0;
  queue.subscribe({ work: () => (woken += 1) });
  await settings.change({ night: { pauseAboveCelsius: 80, pauseWhileInUseMinutes: 5 } });
  const holds = async (change: Partial<typeof state>): Promise<string[]> => {
    Object.assign(state, change);
    await night.look();
    await night.look();
    return queue.holds().map((hold) => hold.kind);
  };
  expect(await holds({})).toEqual([]);
  expect(await holds({ onBattery: true, celsius: 90 })).toEqual(['battery', 'hot']);
  expect(queue.lease()).toBeNull();
  expect(await holds({ onBattery: false, celsius: 78 })).toEqual(['hot']);
  expect(await holds({ celsius: 74, idle: 10 })).toEqual(['in-use']);
  expect(await holds({ idle: 301, disk: 1e6 })).toEqual(['disk']);
  const before = woken;
  expect(await holds({ disk: 1e12 })).toEqual([]);
  expect(woken).toBeGreaterThan(before);
  expect(queue.lease()?.spec.id).toBe('job-000001');
});

it('waits for memory, but not for ever', async () => {
  const queue = await begun(1);
  state.memory = 1e8;
  await night.look();
  expect(queue.holds().map((hold) => hold.kind)).toEqual(['memory']);
  clock.set(clock.now() + 11 * 60_000);
  await night.look();
  expect(queue.holds()).toEqual([]);
});

it('keeps the machine awake while it renders and while something will be begun by itself', async () => {
  const queue = await begun(1, 2);
  expect(awake.at(-1)).toBe(true);
  queue.setPaused(true);
  await night.look();
  expect(awake.at(-1)).toBe(false);
  queue.setPaused(false);
  const lease = queue.lease()!;
  queue.setPaused(true);
  await night.look();
  expect(awake.at(-1)).toBe(true);
  queue.finish(lease, takeOf(spec(1)), 1);
  await new Promise(setImmediate);
  expect(awake.at(-1)).toBe(false);
  queue.setPaused(false);
  await settings.change({ night: { stayAwake: false } });
  await night.look();
  expect(awake.at(-1)).toBe(false);
  await settings.change({ night: { stayAwake: true, pauseOnBattery: true } });
  state.onBattery = true;
  await night.look();
  await night.look();
  expect(awake.at(-1)).toBe(false);
});

it('goes by another order as soon as one is set, also where jobs were put in order by hand', async () => {
  const queue = await begun(1, 2, 3);
  expect(await queue.reorder(['job-000003'], 'front')).toEqual(['job-000003']);
  queue.release(queue.lease()!);
  expect(queue.list().jobs.map((row) => row.spec.id)).toEqual(['job-000003', 'job-000001', 'job-000002']);
  await settings.change({ night: { order: 'shot' } });
  expect(queue.lease()?.spec.id).toBe('job-000001');
});

it('begins nothing while a panel says that Premiere works, until the last one has ceased or gone', async () => {
  const queue = await begun(1);
  const [one, two] = [{}, {}];
  queue.hostBusy(one, true);
  queue.hostBusy(two, true);
  queue.hostBusy(one, false);
  expect(queue.holds().map((hold) => hold.kind)).toEqual(['premiere']);
  await settings.change({ night: { pauseWhilePremiereWorks: false } });
  expect(queue.holds()).toEqual([]);
  await settings.change({ night: { pauseWhilePremiereWorks: true } });
  queue.hostBusy(two, false);
  expect(queue.lease()).not.toBeNull();
});

it('goes on where the machine cannot be asked', async () => {
  const deaf = () => Promise.reject(new Error('no such sensor'));
  const blind = { onBattery: deaf, celsius: deaf, idleSeconds: deaf, freeDisk: deaf, freeMemory: deaf };
  night = new Night({ settings, machine: blind, keepAwake: () => undefined, folder: folder.path, clock, log: silent });
  await settings.change({ night: { pauseAboveCelsius: 60, pauseWhileInUseMinutes: 30 } });
  expect((await begun(1)).lease()).not.toBeNull();
});

it('asks this very machine', async () => {
  const here = thisMachine();
  expect(typeof (await here.onBattery())).toBe('boolean');
  expect(await here.freeDisk(folder.path)).toBeGreaterThan(0);
  expect(await here.freeMemory()).toBeGreaterThan(1e6);
  const celsius = await here.celsius();
  expect(celsius === null || (celsius > 0 && celsius < 150)).toBe(true);
  const idle = await here.idleSeconds();
  expect(idle === null || idle >= 0).toBe(true);
});

it('reads what systems say of idle time', () => {
  expect(readIoreg('    |   "HIDIdleTime" = 125000000000\n')).toBe(125);
  expect(readIoreg('nothing')).toBeNull();
  expect(readLogind('IdleHint=no\nIdleSinceHint=0\n', 5e12)).toBe(0);
  expect(readLogind('IdleHint=yes\nIdleSinceHint=1700000000000000\n', 1_700_000_090_000)).toBeCloseTo(90);
  expect(readLogind('', 0)).toBeNull();
});

describe('staying awake without a desktop', () => {
  it('starts one program, ends it, and gives up where there is none', () => {
    const programs: { ended: number; gone: (why: object) => void }[] = [];
    const keep = systemKeepAwake(silent, 'linux', (program, args) => {
      expect([program, ...args].join(' ')).toContain('--what=idle:sleep');
      const started = { ended: 0, gone: (_why: object): void => undefined };
      programs.push(started);
      return { onGone: (hear) => (started.gone = hear), end: () => (started.ended += 1) };
    });
    keep(true);
    keep(true);
    expect(programs).toHaveLength(1);
    keep(false);
    expect(programs[0]!.ended).toBe(1);
    programs[0]!.gone({ code: null });
    keep(true);
    expect(programs).toHaveLength(2);
    programs[1]!.gone({ error: 'ENOENT' });
    keep(true);
    expect(programs).toHaveLength(2);
  });

  it('ends what it started without a word', async () => {
    const said: object[] = [];
    const keep = systemKeepAwake({ info: (about) => said.push(about) }, process.platform);
    keep(true);
    keep(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said).toEqual([]);
  });

  it('ends with the companion, however that ends', () => {
    expect(inhibitor('darwin', 42)?.args).toEqual(['-i', '-m', '-w', '42']);
    expect(inhibitor('linux', 42)?.args.slice(-5)).toEqual(['tail', '--pid', '42', '-f', '/dev/null']);
    expect(inhibitor('win32', 42)).toBeNull();
  });
});

it('knows whether the last run ended as it should', () => {
  const store = new MemoryStore();
  expect(crashedBefore(store)).toBe(false);
  expect(crashedBefore(store)).toBe(true);
  endedWell(store);
  expect(crashedBefore(store)).toBe(false);
});

it('takes what the settings say as the plan of the queue', async () => {
  await settings.change({ night: { order: 'shortest-first', previewsFirst: true, deadline: '08:00' } });
  expect(night.plan()).toEqual({
    by: 'shortest-first',
    previewsFirst: true,
    deadline: '08:00',
    retriesOfFailedChecks: DEFAULT_SETTINGS.night.retriesOfFailedChecks,
    pauseWhilePremiereWorks: true,
  });
});

it('keeps a diary of what held shots back, of other seeds and of lost attempts, over a restart', async () => {
  const keep = new MemoryStore();
  const parts = { settings, machine, keepAwake: () => undefined, folder: folder.path, clock, log: silent, keep };
  night = new Night(parts);
  const queue = await begun(1, 2);
  state.disk = 5e6;
  await night.look();
  await night.look();
  expect(night.warnings().map(({ code }) => code)).toEqual(['disk-full']);
  const told = (): string[] => night.diary.notices().map(({ kind, shot }) => [kind, shot].filter(Boolean).join(' '));
  expect(told()).toEqual(['warning', 'held']);
  state.disk = 1e12;
  await night.look();
  await settings.change({ night: { retriesOfFailedChecks: 1 } });
  const first = queue.lease();
  const name = first?.spec.shot.name ?? '';
  const check = { name: 'black', ok: false, score: 0, detail: 'Black: frame 3.' };
  if (first) queue.finish(first, { ...takeOf(first.spec), checks: [check] }, 1);
  expect(told().slice(0, 2)).toEqual([`retry ${name}`, 'free']);
  expect(night.diary.notices()[0]?.message).toContain('"black"');
  night.stop();
  night = new Night(parts);
  expect(told()).toEqual([`retry ${name}`, 'free', 'warning', 'held']);
  await night.begin(queue, true);
  expect(told()[0]).toBe('crash');
  expect(night.diary.notices({ sequenceId: 'another' }).every(({ shot }) => shot === undefined)).toBe(true);
  expect(night.diary.notices({ since: clock.now() + 1 })).toEqual([]);
  keep.setSetting('diary', '{"no": "diary"}');
  expect(new Diary(keep).notices()).toEqual([]);
});
