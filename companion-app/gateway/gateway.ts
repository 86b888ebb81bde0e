/** The companion's door: one port on both loopback addresses, HTTP and WebSocket, guarded, counted, closed in order. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { PORTS } from '../../shared/protocol';
import type { Route } from './api';
import { systemClock } from './clock';
import { Connection, type ConnectionEvents } from './connection';
import { Slots, type Capabilities, type CompanionInfo, type GatewayContext } from './context';
import { FarmDoor } from './farm/door';
import type { FarmPort } from './farm/port';
import { createGuard, createRemoteGuard, type Guard } from './guard';
import { handleRequest } from './http';
import { answerInTurn } from './in-turn';
import { GATEWAY_LIMITS, type GatewayLimits } from './limits';
import { listenOnLoopback } from './listen';
import type { BoardStorePort, ClipPort, Clock, Log, PairingPort, QueuePort } from './ports';
import { listenRemote, type RemoteDoor } from './remote/listen-remote';
import { Turnstile } from './turnstile';

export interface GatewayOptions {
  readonly queue: QueuePort;
  readonly boards: BoardStorePort;
  readonly pairing: PairingPort;
  readonly log: Log;
  readonly companion: CompanionInfo;
  readonly capabilities: () => Capabilities;
  /** Tried in this order; 0 is any free port. */
  readonly ports?: readonly number[];
  /** Further Host names and Origins to let in, beyond loopback and plugin hosts. */
  readonly hosts?: readonly string[];
  readonly origins?: () => readonly string[];
  readonly clock?: Clock;
  readonly limits?: Partial<GatewayLimits>;
  readonly pagesFolder?: string;
  readonly clips?: ClipPort;
  /** What the pages may ask over HTTP. */
  readonly routes?: readonly Route[];
  /** Lets a farm's workers fetch boards and deliver takes. */
  readonly farm?: FarmPort;
  /** Lets other machines in over TLS, on the same port; without it, nothing but loopback is listened on. */
  readonly remote?: RemoteDoor;
}

export interface Gateway {
  readonly port: number;
  /** Clients that have said hello. */
  readonly clients: number;
  /** Who they are. */
  readonly connected: readonly { readonly name: string; readonly version: string }[];
  /** Says goodbye to everyone; resolves when nothing is open or running any more. */
  stop(): Promise<void>;
}

/** Opens the gateway. Throws InbetweenError `busy` when no port is free. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...GATEWAY_LIMITS, ...options.limits };
  const context: GatewayContext = {
    queue: options.queue,
    boards: options.boards,
    pairing: options.pairing,
    clock: options.clock ?? systemClock,
    log: options.log,
    companion: options.companion,
    capabilities: options.capabilities,
    limits,
    uploadSlots: new Slots(limits.uploads),
    turnstile: new Turnstile(),
  };
  const timeouts = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.headersMs,
    keepAliveTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    maxHeaderSize: 8_192,
  };
  const { remote, origins = () => [] } = options;
  const { port, servers: near } = await listenOnLoopback(options.ports ?? PORTS, timeouts);
  const far = remote ? await listenRemote(remote, port, timeouts).catch(closing(near)) : [];
  const door = new Door(context);
  const farmDoor = options.farm && new FarmDoor(options.farm, context.clock);
  const open = (server: Server, guard: Guard): void => {
    // Sockets that are no WebSockets yet, and then some: a WebSocket counts here too.
    server.maxConnections = limits.connections + limits.strangers;
    const stalled = (): void => options.log.info({ reason: 'reads too slowly' }, 'a download was cut off');
    answerInTurn(server, { stallMs: limits.stallMs, stalled }, (request, response) => {
      void handleRequest(request, response, { ...options, guard, farmDoor });
    });
    server.on('upgrade', (request, socket, head) => door.upgrade(request, socket, head, guard));
    server.on('clientError', (_error, socket) => socket.destroy());
  };
  const nearGuard = createGuard({ port, hosts: options.hosts ?? [], origins });
  for (const server of near) open(server, nearGuard);
  const farGuard = createRemoteGuard({ port, names: remote?.names ?? [], origins });
  for (const server of far) {
    open(server, farGuard);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }
  const servers: Server[] = [...near, ...far];
  options.log.info({ port }, 'the gateway is open');
  return {
    port,
    get clients() {
      return door.clients;
    },
    get connected() {
      return door.connected;
    },
    async stop() {
      const closed = servers.map(closeServer);
      await door.close();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(closed);
      await farmDoor?.close();
    },
  };
}

/** Closes what was open already, then lets the error on. */
const closing =
  (servers: readonly Server[]) =>
  async (error: unknown): Promise<never> => {
    await Promise.all(servers.map(closeServer));
    throw error;
  };

const closeServer = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

/** Lets WebSockets in, as many as there is room for, and knows them. */
class Door implements ConnectionEvents {
  private readonly connections = new Set<Connection>();
  private readonly byInstance = new Map<string, Connection>();
  private readonly sides = new WeakMap<Connection, Guard>();
  private readonly sockets: WebSocketServer;
  private open = true;

  constructor(private readonly context: GatewayContext) {
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: context.limits.wireBytes,
      // A message in thousands of parts costs many times its bytes.
      maxFragments: 1_024,
      maxBufferedChunks: 8_192,
    });
  }

  get connected(): { name: string; version: string }[] {
    return [...this.connections].flatMap(({ who }) => (who ? [{ name: who.name, version: who.version }] : []));
  }

  get clients(): number {
    return [...this.connections].filter((connection) => connection.instance !== null).length;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, guard: Guard): void {
    socket.on('error', () => socket.destroy());
    const refusal = guard.refuses(request);
    if (refusal !== null) {
      this.context.log.warn(
        { refusal, origin: request.headers.origin, host: request.headers.host },
        'a WebSocket was refused',
      );
      refuseUpgrade(socket, '403 Forbidden', refusal);
      return;
    }
    if (request.url !== '/') {
      refuseUpgrade(socket, '404 Not Found', 'The companion listens at /.');
      return;
    }
    if (!this.open || this.full(guard)) {
      refuseUpgrade(socket, '503 Service Unavailable', 'Too many connections.');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, this.context, this);
      this.connections.add(connection);
      this.sides.set(connection, guard);
    });
  }

  async welcomed(connection: Connection): Promise<void> {
    const instance = connection.instance;
    if (instance === null) return;
    const older = this.byInstance.get(instance);
    this.byInstance.set(instance, connection);
    if (!older) return;
    older.supersede();
    await older.ended;
  }

  closed(connection: Connection): void {
    this.connections.delete(connection);
    const instance = connection.instance;
    if (instance !== null && this.byInstance.get(instance) === connection) this.byInstance.delete(instance);
  }

  async close(): Promise<void> {
    this.open = false;
    for (const connection of this.connections) connection.goAway();
    await Promise.all([...this.connections].map((connection) => connection.ended));
  }

  /** Strangers are counted by the side they come from: those of other machines take no place from this one's. */
  private full(side: Guard): boolean {
    const { connections, strangers } = this.context.limits;
    const waiting = [...this.connections].filter((one) => one.instance === null && this.sides.get(one) === side).length;
    return this.clients + waiting >= connections || waiting >= strangers;
  }
}

/** Answers and lets go of the socket at once: the HTTP server has handed it over and would not time it out any more. */
function refuseUpgrade(socket: Duplex, status: string, text: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
