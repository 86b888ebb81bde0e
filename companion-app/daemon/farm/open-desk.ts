/** The submitting companion's side of a farm: its desk, the door that workers come in by, and the word in Redis of where that is. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import { BoardStore, type FarmPort, type RemoteDoor } from '../../gateway';
import type { BoardShelf } from '../../queue';
import { Desk, KEYS, type FarmDoor, type SharedFolder } from '../../queue/farm';
import { writeWhole } from '../../queue/files';
import type { DataLayout } from '../data-folder';

export interface DeskParts {
  readonly redis: Redis;
  readonly shared: SharedFolder | null;
  readonly shelf: BoardShelf;
  readonly layout: Pick<DataLayout, 'farm'>;
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly port: FarmPort;
  /** Tells the workers where this companion is reached, again and again, until the returned function is called. */
  tell(door: FarmDoor): () => void;
}

/** Largest file of a take. */
const MOST_BYTES = 2 ** 36;
/** The word in Redis is good for so long, and said again much sooner. */
const [WORD_SECONDS, WORD_AGAIN_MS] = [7 * 24 * 3_600, 5_000];

/** Throws as the file system does. */
export async function openDesk({ redis, shared, shelf, layout }: DeskParts): Promise<OpenDesk> {
  const { received, secret } = layout.farm;
  await mkdir(received, { recursive: true, mode: 0o700 });
  const desk = new Desk({ secret: await secretIn(secret), received, shared });
  const port: FarmPort = {
    admits: (job, ticket) => sameText(desk.ticket(job), ticket),
    board: (sha256) => shelf.pathOf(sha256),
    results: (job) => BoardStore.open({ folder: desk.receivedFor(job), maxBytes: MOST_BYTES }),
  };
  return {
    desk,
    port,
    tell(door) {
      const say = (): void =>
        void redis.set(KEYS.door(desk.door), JSON.stringify(door), 'EX', WORD_SECONDS).catch(() => undefined);
      say();
      const timer = setInterval(say, WORD_AGAIN_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

/** Where workers reach a companion: over TLS where it lets other machines in, else on this machine alone. */
export function doorOf(port: number, remote: RemoteDoor | undefined): FarmDoor {
  if (!remote) return { urls: [`http://127.0.0.1:${port}`] };
  const hosts = [...remote.addresses, ...remote.names.filter((name) => !remote.addresses.includes(name))];
  const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
  return { urls: hosts.map((host) => `https://${inUrl(host)}:${port}`), certificate: remote.identity.certificate };
}

/** Made once, kept for this user alone. */
async function secretIn(file: string): Promise<Buffer> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(known)) return Buffer.from(known, 'hex');
  const fresh = randomBytes(32);
  await writeWhole(file, fresh.toString('hex'));
  return fresh;
}

const sameText = (a: string, b: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};
