/** A whole gateway on a free port with real sockets and files, and all it holds. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  BoardStore,
  createGateway,
  createPairingFile,
  Pairing,
  systemClock,
  type Gateway,
  type GatewayOptions,
  type Log,
} from '../../../companion-app/gateway';
import { MemoryQueue } from './memory-queue';

export interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Rig {
  readonly gateway: Gateway;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly boardsFolder: string;
  readonly boards: BoardStore;
  readonly queue: MemoryQueue;
  readonly pairing: Pairing;
  readonly log: LogLine[];
  /** A token that is good here. */
  readonly token: string;
  /** Stops the gateway and starts another one over the same queue and files, on the same port. */
  restart(options?: Partial<GatewayOptions>): Promise<void>;
  stopGateway(): Promise<void>;
  close(): Promise<void>;
}

export function memoryLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const put = (fields: LogLine['fields'], text: string): void => void lines.push({ fields, text });
  return { log: { info: put, warn: put }, lines };
}

export const temporaryFolder = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'inbetween-gateway-'));

export async function startRig(options: Partial<GatewayOptions> = {}): Promise<Rig> {
  const folder = await temporaryFolder();
  const boardsFolder = path.join(folder, 'boards');
  const boards = await BoardStore.open({ folder: boardsFolder, maxBytes: 64 * 1_048_576, reserveBytes: 0 });
  const queue = new MemoryQueue(boards);
  const { log, lines } = memoryLog();
  const store = createPairingFile(path.join(folder, 'paired.json'), log);
  const pairing = await Pairing.load({ store, clock: systemClock, log, random: randomBytes, restMs: 0 });
  const token = await pairing.redeem(pairing.openCode(), { name: 'rig', instance: 'rig' });
  const start = (ports: number[], more: Partial<GatewayOptions> = {}): Promise<Gateway> =>
    createGateway({
      queue,
      boards,
      pairing,
      log,
      companion: { name: 'Inbetween', version: '0.1.0', instance: 'store-1' },
      capabilities: () => ({ engines: ['parallax'], codecs: ['prores-proxy'], providers: ['cpu'] }),
      ports,
      ...options,
      ...more,
    });
  let gateway = await start([0]);
  const { port } = gateway;
  return {
    get gateway() {
      return gateway;
    },
    port,
    url: `ws://127.0.0.1:${port}`,
    folder,
    boardsFolder,
    boards,
    queue,
    pairing,
    log: lines,
    token,
    async restart(more) {
      await gateway.stop();
      gateway = await start([port], more);
    },
    stopGateway: () => gateway.stop(),
    async close() {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
