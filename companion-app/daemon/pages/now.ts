/** The machine as the system tells of it (systeminformation, which asks nvidia-smi where there is one). */
import { cpu, cpuTemperature, currentLoad, graphics, mem } from 'systeminformation';
import type { MachineNow } from '../../../shared/protocol';
import type { NowPort } from '../../gateway';
import type { Clock } from '../../queue';
import type { PageParts } from './parts';

/** A look is good for so long: several pages do not ask the system more often than one. */
const FRESH_MS = 900;
/** On some systems it takes seconds to ask for the graphics cards. */
const CARDS_FRESH_MS = 4_000;
const MEBI = 1024 ** 2;

export function nowPort({ runner, clock }: Pick<PageParts, 'runner' | 'clock'>): NowPort {
  const chip = kept(() => told(cpu), Infinity, clock);
  const cards = kept(() => told(graphics), CARDS_FRESH_MS, clock);
  const rest = kept(() => Promise.all([told(cpuTemperature), told(currentLoad), told(mem)]), FRESH_MS, clock);
  return {
    machine: async () => {
      const [named, [heat, load, memory], seen] = await Promise.all([chip(), rest(), cards()]);
      return {
        cpu: {
          name: [named?.manufacturer, named?.brand].filter(Boolean).join(' ').slice(0, 200),
          load: part(load?.currentLoad),
          celsius: above0(heat?.main),
        },
        memory: { used: memory ? memory.total - memory.available : 0, total: memory?.total ?? 0 },
        gpus: (seen?.controllers ?? [])
          .filter(({ model, name }) => (name ?? model) !== '')
          .slice(0, 16)
          .map(toldOf),
      };
    },
    frame: () => runner.frame,
  };
}

type Card = Awaited<ReturnType<typeof graphics>>['controllers'][number];

const toldOf = (card: Card): MachineNow['gpus'][number] => ({
  name: (card.name ?? card.model).slice(0, 200),
  load: part(card.utilizationGpu),
  memory: { used: bytes(card.memoryUsed), total: bytes(card.memoryTotal ?? card.vram) },
  celsius: above0(card.temperatureGpu),
  watts: above0(card.powerDraw),
});

/** Asks at most once at a time, and again only `ms` after the last answer came. */
function kept<T>(ask: () => Promise<T>, ms: number, clock: Pick<Clock, 'monotonic'>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; came: number } | null = null;
  return () => {
    if (!last || clock.monotonic() - last.came > ms) {
      const asked = { answer: ask(), came: Infinity };
      last = asked;
      void asked.answer.then(() => (asked.came = clock.monotonic()));
    }
    return last.answer;
  };
}

/** What the system says, or undefined where it cannot be asked. */
const told = <T>(ask: () => Promise<T>): Promise<T | undefined> => ask().catch(() => undefined);

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const part = (percent: unknown): number | null => (isNumber(percent) ? Math.min(1, Math.max(0, percent / 100)) : null);

const above0 = (value: unknown): number | null => (isNumber(value) && value > 0 ? value : null);

/** From mebibytes. */
const bytes = (value: unknown): number | null => (isNumber(value) && value >= 0 ? value * MEBI : null);
