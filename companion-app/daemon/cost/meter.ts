/** Energy used by this machine, as far as it can be read: GPU by nvidia-smi, processor by RAPL, the whole by its battery; else rated power. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FactOf } from '../../../shared/protocol';

export type Energy = FactOf<'spent'>['energy'];

/** What the meter needs of the system; tests give it small real ones. */
export interface MeterParts {
  /** Text of a file. Throws where there is none or it may not be read. */
  readonly read: (file: string) => Promise<string>;
  /** Names in a folder; none where there is no such folder. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** Watts of all NVIDIA GPUs now; null where they cannot be asked. */
  readonly gpuWatts: () => Promise<number | null>;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  /** Watts where nothing can be measured. */
  readonly ratedWatts: () => number;
}

export interface Meter {
  /** Energy since the last call (or the start). */
  take(): Promise<Energy>;
  /** Reads in between: power is only told for the moment, and the end of a job is no measure of its middle. */
  look(): Promise<void>;
}

const RAPL = '/sys/class/powercap';
const POWER = '/sys/class/power_supply';
/** Watts of a machine under load where nobody has said: a base, and so many for each core. */
const [BASE_WATTS, CORE_WATTS] = [30, 8];
const JOULES_A_WATT_HOUR = 3600;

/** Rated power of a machine whose owner has not said. */
export const guessedWatts = (cores = cpus().length): number => BASE_WATTS + CORE_WATTS * cores;

interface Reading {
  readonly at: number;
  readonly gpu: number | null;
  readonly battery: number | null;
  /** Microjoules by package. */
  readonly rapl: ReadonlyMap<string, { readonly now: number; readonly wraps: number }>;
}

/** Reads once and starts counting. */
export async function openMeter(parts: MeterParts): Promise<Meter> {
  let before = await reading(parts);
  let gathered: Energy = [];
  const look = async (): Promise<void> => {
    const now = await reading(parts);
    gathered = added(gathered, between(before, now, parts.ratedWatts()));
    before = now;
  };
  return {
    look,
    async take() {
      await look();
      const energy = gathered;
      gathered = [];
      return energy;
    },
  };
}

async function reading(parts: MeterParts): Promise<Reading> {
  const [gpu, battery, rapl] = await Promise.all([parts.gpuWatts(), batteryWatts(parts), raplCounters(parts)]);
  return { at: parts.monotonic(), gpu, battery, rapl };
}

/** The sums by source, in the order they first came. */
function added(one: Energy, two: Energy): Energy {
  const sums = new Map(one.map(({ source, wattHours }) => [source, wattHours]));
  for (const { source, wattHours } of two) sums.set(source, (sums.get(source) ?? 0) + wattHours);
  return [...sums].map(([source, wattHours]) => ({ source, wattHours }));
}

/** A battery that is being used tells of the whole machine; else processor and GPU add up, and what is unread is rated. */
function between(before: Reading, now: Reading, rated: number): Energy {
  const hours = Math.max(0, now.at - before.at) / 3_600_000;
  if (before.battery !== null && now.battery !== null)
    return [{ source: 'battery', wattHours: ((before.battery + now.battery) / 2) * hours }];
  const energy: Energy = [];
  let joules: number | null = null;
  for (const [name, { now: counted, wraps }] of now.rapl) {
    const then = before.rapl.get(name)?.now;
    if (then === undefined) continue;
    const used = counted >= then ? counted - then : counted + wraps - then;
    joules = (joules ?? 0) + used / 1e6;
  }
  if (before.gpu !== null && now.gpu !== null)
    energy.push({ source: 'nvidia-smi', wattHours: ((before.gpu + now.gpu) / 2) * hours });
  if (joules !== null) energy.push({ source: 'rapl', wattHours: joules / JOULES_A_WATT_HOUR });
  else energy.push({ source: 'rated', wattHours: rated * hours });
  return energy;
}

async function raplCounters({ names, read }: MeterParts): Promise<Reading['rapl']> {
  const counters = new Map<string, { now: number; wraps: number }>();
  for (const name of (await names(RAPL)).filter((each) => /^intel-rapl:\d+$/.test(each))) {
    try {
      // Beside the packages a counter of the whole board ("psys") may be told: it holds them already.
      if (!(await read(path.posix.join(RAPL, name, 'name'))).startsWith('package')) continue;
      const now = Number(await read(path.posix.join(RAPL, name, 'energy_uj')));
      const wraps = Number(await read(path.posix.join(RAPL, name, 'max_energy_range_uj')));
      if (Number.isFinite(now) && Number.isFinite(wraps)) counters.set(name, { now, wraps });
    } catch {
      // Most systems let only root read it: then it is rated.
    }
  }
  return counters;
}

async function batteryWatts({ names, read }: MeterParts): Promise<number | null> {
  for (const name of (await names(POWER)).filter((each) => each.startsWith('BAT'))) {
    const at = (file: string): Promise<string> => read(path.posix.join(POWER, name, file));
    try {
      if ((await at('status')).trim() !== 'Discharging') continue;
      const watts = await at('power_now').then(
        (text) => Number(text) / 1e6,
        async () => (Number(await at('voltage_now')) / 1e6) * (Number(await at('current_now')) / 1e6),
      );
      if (Number.isFinite(watts) && watts > 0) return watts;
    } catch {
      // A battery that does not tell.
    }
  }
  return null;
}

const run = promisify(execFile);

/** Asks this machine. nvidia-smi that is not there is not asked again. */
export function systemMeterParts(ratedWatts: () => number): MeterParts {
  let hasGpu = true;
  return {
    read: (file) => readFile(file, 'utf8'),
    names: (folder) => readdir(folder).catch(() => []),
    gpuWatts: async () => {
      if (!hasGpu) return null;
      try {
        const { stdout } = await run('nvidia-smi', ['--query-gpu=power.draw', '--format=csv,noheader,nounits'], {
          timeout: 5000,
        });
        const watts = stdout
          .split('\n')
          .map(Number)
          .filter((value) => value > 0);
        return watts.length > 0 ? watts.reduce((a, b) => a + b, 0) : null;
      } catch {
        hasGpu = false;
        return null;
      }
    },
    monotonic: () => performance.now(),
    ratedWatts,
  };
}
