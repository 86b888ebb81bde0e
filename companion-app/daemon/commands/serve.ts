/** `inbetween serve`: the daemon alone, until it is told to end. */
import { InvalidArgumentError, type Command } from 'commander';
import { PORTS } from '../../../shared/protocol';
import { InbetweenError } from '../../../shared/problem';
import { userDataDir } from '../config';
import type { FarmConfig } from '../farm';
import { readable } from '../remote/serve-remote';
import { remark, sayJson } from '../speak';
import { startDaemon } from '../start';

/** A port, 0 for any free one. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return value;
}

/** Resolves at the first signal to end; a second one ends the process at once. */
export function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const hear = (): void => {
      if (told) process.exit(130);
      told = true;
      resolve();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
  });
}

interface Options {
  readonly port?: number;
  readonly data: string;
  readonly farm?: string;
  readonly shared?: string;
  readonly remote?: true | string[];
  readonly name?: string[];
}

/** A farm has a Redis, and a folder where there is one. */
function farmOf({ farm, shared }: Options): FarmConfig | undefined {
  if (farm !== undefined) return { url: farm, ...(shared !== undefined && { shared }) };
  if (shared === undefined) return undefined;
  throw new InbetweenError({
    code: 'shot-invalid',
    message: 'The shared folder is that of a farm, and a farm needs its Redis.',
    safe: 'Nothing was started.',
    action: 'Give --farm beside --shared.',
  });
}

async function serve(options: Options): Promise<void> {
  // Whatever this process and its children write is for this user alone.
  process.umask(0o077);
  const farm = farmOf(options);
  const end = toldToEnd();
  const daemon = await startDaemon({
    dataDir: options.data,
    ports: options.port === undefined ? PORTS : [options.port],
    ...(farm && { farm }),
    ...(options.remote && {
      remote: { addresses: options.remote === true ? [] : options.remote, names: options.name ?? [] },
    }),
  });
  const { fingerprint } = daemon;
  sayJson({ ready: true, port: daemon.port, pairing: daemon.pairingCode, ...(fingerprint && { fingerprint }) });
  if (daemon.settings.setAside !== undefined)
    remark(`The settings could not be read and were set aside as ${daemon.settings.setAside}; the defaults hold.`);
  if (daemon.replaced) {
    remark(`The queue's file was broken and was set aside as ${daemon.replaced.setAside}.`);
    remark(
      daemon.replaced.fromBackup
        ? 'Its copy of the last start took its place.'
        : 'A new one was filled from the clips on disk.',
    );
  }
  remark(
    `The companion listens on port ${daemon.port}. Type ${daemon.pairingCode} into the panel to pair it. Ctrl-C ends it.`,
  );
  if (fingerprint !== undefined) remark(`Other machines know it by this fingerprint: ${readable(fingerprint)}`);
  if (farm && farm.shared === undefined && !options.remote)
    remark('Only workers on this machine can reach it: give --remote too, or --shared, for workers on others.');
  await end;
  await daemon.stop();
}

export function register(program: Command): void {
  program
    .command('serve')
    .description('run the companion without a window')
    .option('--port <port>', `port to listen on (the first free one of ${PORTS.join(', ')} unless given)`, port)
    .option('--data <folder>', 'data folder', userDataDir())
    .option(
      '--remote [addresses...]',
      'let other machines in over TLS, on these addresses of this machine (all unless given)',
    )
    .option('--name <names...>', 'with --remote: further names that other machines call this one by')
    .option('--farm <url>', 'have the workers of this Redis render, "redis://host:6379"')
    .option('--shared <folder>', 'with --farm: folder that this machine and its workers see (HTTP unless given)')
    .action(serve);
}
