/** A Redis of the test's own: real, on a free port, in a folder of its own, killed and started again at will. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** Whether Debian's redis-server (or another) is installed. */
function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const there = hasRedis();
if (!there) console.warn('Skipped: redis-server is not installed (apt-get install redis-server).');

/** Left out, and told, where there is no Redis; under CI they fail instead. */
export const describeWithRedis = there || process.env.CI ? describe : describe.skip;
export const testWithRedis = there || process.env.CI ? test : test.skip;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly options: readonly string[],
    private readonly ca: string | undefined,
  ) {}

  /** @param ca PEM of the certificate it shows, where it is to speak TLS alone */
  static async start(
    folder: string,
    options: readonly string[] = ['--appendonly', 'yes'],
    ca?: string,
  ): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), folder, options, ca);
    await server.start();
    return server;
  }

  get url(): string {
    return `${this.ca === undefined ? 'redis' : 'rediss'}://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = [
      ...(this.ca === undefined ? ['--port', String(this.port)] : ['--port', '0', '--tls-port', String(this.port)]),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--save',
      '',
      ...this.options,
    ];
    this.child = spawn('redis-server', args, { stdio: 'ignore' });
    const { ca } = this;
    const probe = new Redis(this.url, {
      ...{ lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 },
      ...(ca !== undefined && { tls: { ca } }),
    });
    probe.on('error', () => undefined);
    for (let tries = 0; tries < 200; tries += 1) {
      const up = await probe.connect().then(
        () => probe.ping().then(() => true),
        () => false,
      );
      if (up) break;
      await wait(50);
    }
    probe.disconnect();
  }

  /** kill -9; resolves when it is gone. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
