/** The composition root: store, queue, runner and gateway put together, and taken apart again in order. */
import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { CODECS, ENGINES, LIMITS, type JobSpec, type Settings } from '../../shared/protocol';
import {
  BoardStore,
  createGateway,
  createPairingFile,
  Pairing,
  queuePort,
  systemClock as timers,
  type Gateway,
  type PairingPort,
  type Seal,
} from '../gateway';
import { isFileOf } from '../queue/files';
import {
  awakeClock,
  JobQueue,
  openStore,
  QUEUE_DEFAULTS,
  recover,
  Runner,
  RUNNER_DEFAULTS,
  type BoardShelf,
  type OpenedStore,
} from '../queue';
import { FARM_DEFAULTS, FarmRunner } from '../queue/farm';
import { daemonConfig, type DaemonConfig } from './config';
import { openCost } from './cost';
import { dataLayout, makeDataFolders, type DataLayout } from './data-folder';
import { doorOf, openDesk, openFarm } from './farm';
import { lockFolder } from './lock';
import { openLog } from './logs';
import { openPages } from './pages';
import { crashedBefore, endedWell, Night, systemKeepAwake } from './night';
import { remoteDoor } from './remote/serve-remote';
import { announce, sameToken, withdraw } from './running';
import { openSettings, type SettingsKeeper, previsOf } from './settings';

export interface Daemon {
  readonly port: number;
  /** Six digits for the panel, good for some minutes and once. */
  readonly pairingCode: string;
  readonly dataDir: string;
  /** SHA-256 of the certificate shown to other machines, in hex; absent where only this one is let in. */
  readonly fingerprint?: string;
  /** Present when the queue's file was broken: where it was put, and whether its last copy took its place. */
  readonly replaced?: NonNullable<OpenedStore['replaced']>;
  readonly queue: JobQueue;
  readonly settings: SettingsKeeper;
  /** New digits; the older ones stop working. */
  openPairing(): string;
  /** Lets the running job go back to the queue, closes everything; resolves when nothing is left running. */
  stop(): Promise<void>;
}

/** The part of a board that nobody went on sending for this long is removed at the next start. */
const UNFINISHED_UPLOAD_MS = 7 * 24 * 3_600_000;

/** What has been started, to be stopped in reverse order, whatever happens to the others. */
class Undo {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.unshift(step);
  }

  async all(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The companion did not end cleanly.');
  }
}

/**
 * Starts a daemon. Throws InbetweenError, having left nothing running: "busy" (another one has this folder, or no port is free),
 * "folder-unwritable", "disk-full", "version-mismatch".
 */
export async function startDaemon(given: Partial<DaemonConfig> = {}): Promise<Daemon> {
  const undo = new Undo();
  try {
    return await compose(daemonConfig(given), undo);
  } catch (error) {
    await undo.all().catch(() => undefined);
    throw error;
  }
}

async function compose(config: DaemonConfig, undo: Undo): Promise<Daemon> {
  const layout = dataLayout(config.dataDir);
  await makeDataFolders(layout);
  const lock = lockFolder(layout.lock);
  undo.add(() => lock.release());
  const log = await openLog(layout.log, config.logLevel);
  const { logger } = log;
  undo.add(() => log.close());
  const clock = awakeClock(config.clock, undefined, (ms) => {
    logger.info({ seconds: Math.round(ms / 1000) }, 'the machine slept');
  });
  undo.add(() => clock.stop());

  const { store, replaced } = await openStore({ file: layout.store, backup: layout.backup }, clock, logger);
  undo.add(() => store.close());
  const instance = (replaced ? undefined : store.setting('instance')) ?? randomUUID();
  store.setSetting('instance', instance);

  const settings = await openSettings({ file: layout.settings, log: logger, now: () => clock.now() });
  const { night: wishes } = settings.get();

  const boards = await BoardStore.open({ folder: layout.boards, maxBytes: LIMITS.boardBytes });
  await boards.sweep(clock.now() - UNFINISHED_UPLOAD_MS);
  const shelf: BoardShelf = { pathOf: async (board) => ((await boards.has(board)) ? boards.pathOf(board) : null) };
  const folders = { attempts: layout.attempts, takes: layout.takes };
  const maxLost = config.queue.maxLost ?? QUEUE_DEFAULTS.maxLost;
  const { retriesOfFailedChecks } = wishes;
  const farm = config.farm && (await openFarm(config.farm));
  undo.add(() => farm?.close());
  const desk = farm && (await openDesk({ ...farm, shelf, layout }));
  const elsewhere = farm !== undefined;
  await recover(
    { store, shelf, folders, clock, log: logger, maxLost, retriesOfFailedChecks, elsewhere },
    replaced !== undefined,
  );
  await desk?.desk.sweep((jobId) => ['queued', 'rendering'].includes(store.find(jobId)?.row.state ?? ''));

  const keepAwake = config.keepAwake ?? systemKeepAwake(logger);
  const night = new Night({
    settings,
    keepAwake,
    machine: config.machine,
    folder: layout.takes,
    clock,
    log: logger,
    keep: store,
  });
  undo.add(() => night.stop());
  const { conditions } = night;
  const queue = new JobQueue(
    { store, shelf, clock, log: logger },
    { plan: () => night.plan(), conditions, ...config.queue },
  );
  const crashed = crashedBefore(store);
  undo.add(() => endedWell(store));
  if (crashed && wishes.pausedAfterCrash) queue.setPaused(true, true);
  await night.begin(queue, crashed);
  const cost = await openCost({ queue, store, settings, clock, log: logger });
  undo.add(() => cost.stop());
  const previs = ({ sequence }: Pick<JobSpec, 'sequence'>): Settings['previsBurnIn'] =>
    previsOf(settings.get(), sequence.sequenceId);
  const runner =
    farm && desk
      ? new FarmRunner({ queue, shelf, ...farm, ...desk, clock, log: logger }, { ...FARM_DEFAULTS, folders, previs })
      : new Runner(
          { queue, shelf, clock, log: logger },
          {
            ...RUNNER_DEFAULTS,
            ...config.runner,
            provider: config.provider,
            previs,
            packsDir: layout.packs,
            entry: config.renderEntry,
            folders,
          },
        );
  undo.add(() => runner.stop());
  runner.start();
  // What waited for a farm's workers is this machine's now.
  if (!farm)
    queue.reconsider(() => null).catch((error: unknown) => logger.warn({ error: String(error) }, 'shots wait'));

  const { pairing, token } = await openPairing(layout, logger, config.seal);
  const remote = config.remote && (await remoteDoor(config.remote, layout.identity, logger));
  const pages = openPages({
    config,
    layout,
    queue,
    store,
    shelf,
    runner,
    settings,
    night,
    pairing,
    clock,
    log: logger,
    connected: () => ({ port: gateway.port, clients: gateway.connected }),
  });
  undo.add(() => pages.stop());
  const gateway: Gateway = await createGateway({
    queue: queuePort(queue),
    boards,
    pairing: withLocalToken(pairing, token),
    log: logger,
    companion: { name: `Inbetween on ${hostname()}`.slice(0, 80), version: config.version.slice(0, 40), instance },
    capabilities: () => ({
      engines: [...(runner.capabilities?.engines ?? ENGINES)],
      codecs: [...CODECS],
      providers: [...(runner.capabilities?.providers ?? [])],
    }),
    routes: pages.routes,
    origins: () => settings.get().origins,
    clips: { clipPath: (jobId) => clipOf(queue, jobId) },
    ports: config.ports,
    ...(remote && { remote }),
    ...(desk && { farm: desk.port }),
    ...(config.pagesDir !== undefined && { pagesFolder: config.pagesDir }),
  });
  undo.add(() => gateway.stop());
  undo.add(desk ? desk.tell(doorOf(gateway.port, remote)) : () => undefined);
  await announce(layout, { port: gateway.port, pid: process.pid, version: config.version }, token);
  undo.add(() => withdraw(layout));
  logger.info({ port: gateway.port, version: config.version }, 'the companion is up');

  let stopping: Promise<void> | undefined;
  return {
    port: gateway.port,
    pairingCode: pairing.openCode(),
    dataDir: layout.root,
    ...(remote && { fingerprint: remote.identity.fingerprint }),
    ...(replaced && { replaced }),
    queue,
    settings,
    openPairing: () => pairing.openCode(),
    stop: () => (stopping ??= undo.all()),
  };
}

async function openPairing(
  layout: DataLayout,
  log: Parameters<typeof createPairingFile>[1],
  seal?: Seal,
): Promise<{ pairing: Pairing; token: string }> {
  const store = createPairingFile(layout.paired, log, seal);
  const pairing = await Pairing.load({ store, clock: timers, log, random: randomBytes });
  return { pairing, token: randomBytes(32).toString('base64url') };
}

/** Paired panels, and this user's own command line. */
function withLocalToken(pairing: Pairing, token: string): PairingPort {
  return {
    verify: (given) => {
      const local = sameToken(given, token);
      return pairing.verify(given) || local;
    },
    redeem: (code, client) => pairing.redeem(code, client),
  };
}

async function clipOf(queue: JobQueue, jobId: string): Promise<string | null> {
  const take = queue.find(jobId)?.take;
  return take && (await isFileOf(take.path, take.bytes)) ? take.path : null;
}
