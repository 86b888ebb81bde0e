/** `inbetween worker`: this machine works for a farm, until it is told to end or drained. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { Runner, RUNNER_DEFAULTS, systemClock } from '../../queue';
import { FarmWorker, folderCarrier, KEYS, plainUrl, WorkerDispatch } from '../../queue/farm';
import { daemonConfig, userDataDir, VERSION } from '../config';
import { dataLayout, makeDataFolders } from '../data-folder';
import { ableOf, openCarrier, openFarm } from '../farm';
import { openLog } from '../logs';
import { remark, sayJson } from '../speak';
import { providerOption, type ProviderChoice } from './provider-option';

interface Options {
  readonly farm: string;
  readonly shared?: string;
  readonly data: string;
  readonly name?: string;
  readonly provider: ProviderChoice;
  readonly leaseSeconds: number;
  readonly memoryGb?: number;
  readonly packsOnly?: boolean;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 2 && value <= 3600)) throw new InvalidArgumentError('A number of seconds from 2 to 3600.');
  return value;
}

function gigabytes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new InvalidArgumentError('A number of gigabytes.');
  return value;
}

async function work(options: Options): Promise<void> {
  process.umask(0o077);
  const layout = dataLayout(options.data);
  await makeDataFolders(layout);
  const log = await openLog(layout.log, 'info');
  const farm = await openFarm({ url: options.farm, ...(options.shared !== undefined && { shared: options.shared }) });
  const id = `${(options.name ?? hostname()).replace(/[^\w.-]/g, '_').slice(0, 60)}-${randomBytes(3).toString('hex')}`;
  const clock = systemClock;
  const dispatch = new WorkerDispatch(id, () => clock.now());
  const overHttp = await openCarrier((door) => farm.redis.get(KEYS.door(door)), layout.farm.boards);
  const carrier = farm.shared ? folderCarrier(farm.shared, overHttp) : overHttp;
  const takes = farm.shared ? farm.shared.results(id) : path.join(layout.farm.takes, id);
  await mkdir(takes, { recursive: true, mode: 0o700 });
  const config = daemonConfig({ provider: options.provider });
  const runner = new Runner(
    { queue: dispatch, shelf: carrier, clock, log: log.logger },
    {
      ...RUNNER_DEFAULTS,
      provider: options.provider,
      previs: () => dispatch.previs(),
      packsDir: layout.packs,
      entry: config.renderEntry,
      folders: { attempts: path.join(layout.attempts, id), takes },
    },
  );
  const worker = new FarmWorker(
    { redis: farm.redis, dispatch, carrier, log: log.logger },
    {
      id,
      version: VERSION,
      able: await ableOf({
        packsDir: layout.packs,
        provider: options.provider,
        memoryBytes: options.memoryGb === undefined ? undefined : options.memoryGb * 1e9,
        packsOnly: options.packsOnly === true,
      }),
      leaseMs: options.leaseSeconds * 1000,
      idleMs: 1_000,
    },
  );
  let leaving: Promise<void> | undefined;
  const leave = (): void => {
    if (leaving) process.exit(130);
    // The runner gives its job up, which goes back to the farm; then the worker has nothing left.
    leaving = Promise.all([runner.stop(), worker.stop()]).then(() => undefined);
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  runner.start();
  sayJson({ ready: true, worker: id });
  remark(`${id} works for the farm at ${plainUrl(options.farm)}. Ctrl-C gives its job back and ends it.`);
  await worker.serve();
  await (leaving ?? runner.stop());
  farm.close();
  log.close();
}

export function register(program: Command): void {
  program
    .command('worker')
    .description('work for a farm of companions')
    .requiredOption('--farm <url>', 'its Redis, "redis://host:6379"')
    .option(
      '--shared <folder>',
      "folder that the submitting companion and this worker see (the companion's HTTP unless given)",
    )
    .option('--data <folder>', 'folder of this worker: packs, attempts, log', userDataDir())
    .option('--name <name>', "its name among the workers (this machine's unless given)")
    .option('--memory-gb <n>', 'memory that networks may have (what the machine says unless given)', gigabytes)
    .option('--packs-only', 'only shots that need a pack installed here')
    .option('--lease-seconds <s>', 'how long a silent worker keeps its job', seconds, 60)
    .addOption(providerOption('what runs the networks'))
    .action(work);
}
