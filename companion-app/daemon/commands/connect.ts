/** `inbetween connect wss://…`: a companion in another room as if it were here, for the panel, the pages and this command line. */
import type { Command } from 'commander';
import { InbetweenError } from '../../../shared/problem';
import { PORTS } from '../../../shared/protocol';
import { userDataDir, VERSION } from '../config';
import { dataLayout, makeDataFolders } from '../data-folder';
import { lockFolder } from '../lock';
import { pairWith } from '../remote/pair';
import { addressOf, keepCompanion, knownCompanion, type Address, type KnownCompanion } from '../remote/pin';
import { openRelay } from '../remote/relay';
import { announce, withdraw } from '../running';
import { remark, sayJson } from '../speak';
import { port, toldToEnd } from './serve';

interface Options {
  readonly data: string;
  readonly port?: number;
  readonly code?: string;
  readonly fingerprint?: string;
}

async function companionAt(file: string, address: Address, { code, fingerprint }: Options): Promise<KnownCompanion> {
  if (code !== undefined && fingerprint !== undefined) {
    const paired = await pairWith({ ...address, code, fingerprint });
    await keepCompanion(file, address, paired);
    return paired;
  }
  const known = await knownCompanion(file, address);
  if (known) return known;
  throw new InbetweenError({
    code: 'unauthorised',
    message: `This machine is not paired with the companion at ${address.host}.`,
    safe: 'Nothing was sent to it.',
    action: 'Give --code and --fingerprint, as that companion shows them.',
  });
}

async function connect(url: string, options: Options): Promise<void> {
  process.umask(0o077);
  const end = toldToEnd();
  const layout = dataLayout(options.data);
  await makeDataFolders(layout);
  const lock = lockFolder(layout.lock);
  try {
    const address = addressOf(url);
    const { certificate, token } = await companionAt(layout.companions, address, options);
    const ports = options.port === undefined ? PORTS : [options.port];
    const relay = await openRelay({ ...address, certificate, ports });
    await announce(layout, { port: relay.port, pid: process.pid, version: VERSION }, token);
    sayJson({ ready: true, port: relay.port, companion: url });
    remark(`The companion at ${address.host} is reached through port ${relay.port} of this machine. Ctrl-C ends it.`);
    await end;
    await withdraw(layout);
    await relay.stop();
  } finally {
    lock.release();
  }
}

export function register(program: Command): void {
  program
    .command('connect <url>')
    .description('use a companion on another machine (wss://name:port) as if it were on this one')
    .option('--code <digits>', 'six digits that the companion shows, to pair with it the first time')
    .option('--fingerprint <hex>', 'with --code: SHA-256 of its certificate, shown beside the digits')
    .option('--port <port>', `port to listen on here (the first free one of ${PORTS.join(', ')} unless given)`, port)
    .option('--data <folder>', 'data folder', userDataDir())
    .action(connect);
}
