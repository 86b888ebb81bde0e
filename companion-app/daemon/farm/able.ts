/** What this machine can do for a farm: what runs networks here, how much memory they can have, which packs lie here and what they need. */
import { cpus, totalmem } from 'node:os';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { graphics } from 'systeminformation';
import { memoryNeeded, packFacts } from '../../engines/diffusion/memory/estimate';
import { WAYS } from '../../engines/diffusion/memory/ladder';
import { chooseProvider, freeCardBytes, type Provider } from '../../inference';
import { readPack, verifyGraphs } from '../../inference/packs';
import { ANY_PACK, EMBEDDED, packQueue, type Able, type WorkerPack } from '../../queue/farm';
import { packOf } from '../animate/pack-wish';

/** What image-to-video models make at once, about; they work at their own size whatever the shot's. */
const WINDOW = { width: 1024, height: 576, frames: 25 };

export interface AbleWishes {
  readonly packsDir: string;
  /** As given on the command line: "auto", "cpu", "cuda" … */
  readonly provider: string;
  /** Memory that networks may have; what the machine says where absent. */
  readonly memoryBytes?: number | undefined;
  /** Only work for packs that lie here. */
  readonly packsOnly: boolean;
}

/** Throws InbetweenError `engine-unavailable` where the provider that is asked for does not work here. */
export async function ableOf({ packsDir, provider: wanted, memoryBytes, packsOnly }: AbleWishes): Promise<Able> {
  const provider = await chooseProvider(wanted);
  const memory = memoryBytes ?? (provider === 'cpu' ? totalmem() : await freeCardBytes(provider));
  const found = await packsIn(packsDir);
  const film = found.find(({ engine }) => engine === 'diffusion');
  const packs: WorkerPack[] = [
    ...found.map(({ pack }) => pack),
    // Where a shot names none the first one is taken.
    ...(film ? [{ ...film.pack, queue: ANY_PACK }] : []),
  ];
  // Where nobody can say how much there is, it is found out by trying.
  const fits = packs.filter(({ needBytes }) => memory === undefined || needBytes <= memory);
  const device = await deviceOf(provider);
  return {
    provider,
    ...(device !== undefined && { device }),
    ...(memory !== undefined && { memoryBytes: memory }),
    packs,
    queues: [...new Set([...fits.map(({ queue }) => queue), ...(packsOnly ? [] : [EMBEDDED])])],
  };
}

interface Found {
  readonly engine: 'diffusion' | 'inbetween' | 'parallax';
  readonly pack: WorkerPack;
}

/** The packs that an engine can use, by name. */
async function packsIn(packsDir: string): Promise<Found[]> {
  const names = await readdir(packsDir).catch(() => []);
  const found: Found[] = [];
  for (const name of names.filter((each) => !each.startsWith('.')).sort()) {
    const place = path.join(packsDir, name);
    for (const engine of ['diffusion', 'inbetween', 'parallax'] as const) {
      const wish = await packOf(place, engine).catch(() => null);
      if (!wish) continue;
      const needBytes = engine === 'diffusion' ? await leastMemory(place) : 0;
      if (needBytes !== null) found.push({ engine, pack: { queue: packQueue(wish.pack), name, needBytes } });
      break;
    }
  }
  return found;
}

/** Bytes without which a pack makes no window in any way; null for one that cannot be used. */
async function leastMemory(place: string): Promise<number | null> {
  const [way] = WAYS.slice(-1);
  try {
    const pack = await readPack(place);
    const facts = await packFacts(pack, await verifyGraphs(pack));
    return way ? memoryNeeded(facts, WINDOW, way) : 0;
  } catch {
    return null;
  }
}

/** What the processor or the card is called; undefined where the system does not say. */
async function deviceOf(provider: Provider): Promise<string | undefined> {
  if (provider === 'cpu') return cpus()[0]?.model.trim().slice(0, 200);
  const { controllers } = await graphics().catch(() => ({ controllers: [] }));
  const names = controllers.map(({ model }) => model).filter((model) => model !== '');
  return names[0]?.slice(0, 200);
}
