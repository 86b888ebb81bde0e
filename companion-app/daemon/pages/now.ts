/** The machine as the system tells of it (systeminformation, which asks nvidia-smi where there is one). */
import { cpu, cpuTemperature, currentLoad, graphics, mem } from 'systeminformation';
import type { MachineNow } from '../../../shared/protocol';
import type { NowPort } from '../../gateway';
import type { PageParts } from './parts';

/** A look at the machine is good for so long: several pages do not ask the system more often than one. */
const FRESH_MS = 900;
const MEBI = 1024 ** 2;

export function nowPort({ runner, clock }: Pick<PageParts, 'runner' | 'clock'>): NowPort {
  let looked: { readonly at: number; readonly machine: Promise<MachineNow> } | null = null;
  return {
    machine: () => {
      const at = clock.monotonic();
      if (!looked || at - looked.at > FRESH_MS) looked = { at, machine: look() };
      return looked.machine;
    },
    frame: () => runner.frame,
  };
}

async function look(): Promise<MachineNow> {
  const [chip, heat, load, memory, cards] = await Promise.all([
    told(cpu),
    told(cpuTemperature),
    told(currentLoad),
    told(mem),
    told(graphics),
  ]);
  return {
    cpu: {
      name: [chip?.manufacturer, chip?.brand].filter(Boolean).join(' ').slice(0, 200),
      load: part(load?.currentLoad),
      celsius: above0(heat?.main),
    },
    memory: { used: memory ? memory.total - memory.available : 0, total: memory?.total ?? 0 },
    gpus: (cards?.controllers ?? [])
      .filter(({ model, name }) => (name ?? model) !== '')
      .slice(0, 16)
      .map((card) => ({
        name: (card.name ?? card.model).slice(0, 200),
        load: part(card.utilizationGpu),
        memory: { used: bytes(card.memoryUsed), total: bytes(card.memoryTotal ?? card.vram) },
        celsius: above0(card.temperatureGpu),
        watts: above0(card.powerDraw),
      })),
  };
}

/** What the system says, or undefined where it cannot be asked. */
const told = <T>(ask: () => Promise<T>): Promise<T | undefined> => ask().catch(() => undefined);

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const part = (percent: unknown): number | null => (isNumber(percent) ? Math.min(1, Math.max(0, percent / 100)) : null);

const above0 = (value: unknown): number | null => (isNumber(value) && value > 0 ? value : null);

/** From mebibytes. */
const bytes = (value: unknown): number | null => (isNumber(value) && value >= 0 ? value * MEBI : null);
