/** A wire that can be cut: TCP between a link and a gateway. */
import net from 'node:net';

export interface Proxy {
  readonly port: number;
  readonly url: string;
  /** Connections that came so far. */
  readonly count: number;
  /** Bytes passed towards the companion so far. */
  readonly passed: number;
  /** Cuts every connection that is open now. */
  cut(): void;
  /** Cuts the connections once so many more bytes have gone towards the companion. */
  cutAfter(bytes: number): void;
  /** Keeps connections open but passes nothing any more: a half-open wire. */
  freeze(): void;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<Proxy> {
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let count = 0;
  let passed = 0;
  let cutAt = Infinity;
  let frozen = false;
  const cut = (): void => {
    cutAt = Infinity;
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
  };
  const server = net.createServer((near) => {
    count += 1;
    const far = net.connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (data) => {
      if (frozen) return;
      passed += data.length;
      if (passed >= cutAt) cut();
      else if (!far.write(data)) near.pause();
    });
    far.on('drain', () => near.resume());
    far.on('data', (data) => {
      if (!frozen) near.write(data);
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    get count() {
      return count;
    },
    get passed() {
      return passed;
    },
    cut,
    cutAfter(bytes) {
      cutAt = passed + bytes;
    },
    freeze() {
      frozen = true;
    },
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
