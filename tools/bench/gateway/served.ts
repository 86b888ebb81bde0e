/** The process that is measured: a whole companion, or a bare WebSocket server that sends every message back. */
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { startDaemon } from '../../../companion-app/daemon';
import { Turns, type Held } from '../../turns';

/** What the bench asks for by a message; each is answered by one. */
export interface Figures extends Held {
  /** Memory in use, bytes: all of the process, and the heap. */
  readonly rss: number;
  readonly heap: number;
}

const [what, folder = ''] = process.argv.slice(2);
const turns = new Turns();

process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage();
  const figures: Figures = { ...turns.take(), rss, heap: heapUsed };
  process.send?.(figures);
});

async function companion(): Promise<void> {
  const daemon = await startDaemon({ dataDir: folder, ports: [0], renderEntry: path.join(__dirname, 'render.cjs') });
  daemon.queue.setPaused(true);
  process.send?.({ port: daemon.port, code: daemon.pairingCode });
}

function echo(): void {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  server.on('listening', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' && address ? address.port : 0, code: '' });
  });
}

process.on('disconnect', () => process.exit(0));
if (what === 'echo') echo();
else
  companion().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
