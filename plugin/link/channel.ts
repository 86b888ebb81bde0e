/** One accepted connection to a companion: from hello-ack to its end, kept alive by pings. */
import type { Problem } from '../../shared/problem';
import {
  CLOSE,
  encodeChunk,
  LIMITS,
  PROTOCOL,
  readCompanionMessage,
  sideToUpdate,
  type Chunk,
  type ClientMessage,
  type ClientMessageOf,
  type CompanionMessage,
  type CompanionMessageOf,
} from '../../shared/protocol';
import { SUPERSEDED, UNAVAILABLE, versionMismatch } from './problems';
import type { LinkClock, LinkSocket, OpenSocket } from './socket';

export interface Timing {
  readonly helloMs: number;
  readonly pingMs: number;
  readonly silenceMs: number;
}

export const TIMING: Timing = { helloMs: LIMITS.helloMs, pingMs: LIMITS.pingMs, silenceMs: LIMITS.silenceMs };

export type Hello = ClientMessageOf<'hello'>;
export type HelloAck = CompanionMessageOf<'hello-ack'>;

export interface ChannelEvents {
  message(message: CompanionMessage, channel: Channel): void;
  /** Called once, when the connection is over; `problem` says why. */
  down(problem: Problem, channel: Channel): void;
}

/** How dialling one URL ended. `present`: someone listens there, but there was nothing to say hello with. */
export type Dialled =
  | { readonly kind: 'open'; readonly channel: Channel }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'present' }
  | { readonly kind: 'unreachable' };

export interface DialOptions {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly clock: LinkClock;
  readonly timing: Timing;
  /** Null only looks whether someone is there. */
  readonly hello: Hello | null;
  readonly events: ChannelEvents;
}

/** Connects and says hello. Never throws. */
export function dial(options: DialOptions): Promise<Dialled> {
  const { url, openSocket, clock, timing, hello } = options;
  return new Promise((resolve) => {
    let socket: LinkSocket;
    try {
      socket = openSocket(url);
    } catch {
      resolve({ kind: 'unreachable' });
      return;
    }
    const settle = (outcome: Dialled): void => {
      cancel();
      if (outcome.kind !== 'open') dropSocket(socket);
      resolve(outcome);
    };
    const cancel = clock.after(timing.helloMs, () => settle({ kind: 'unreachable' }));
    socket.binaryType = 'arraybuffer';
    socket.onerror = () => undefined; // a close follows
    socket.onclose = () => settle({ kind: 'unreachable' });
    socket.onopen = () => {
      if (!hello) settle({ kind: 'present' });
      else if (!trySend(socket, JSON.stringify(hello))) settle({ kind: 'unreachable' });
    };
    socket.onmessage = ({ data }) => {
      const reading = typeof data === 'string' ? readCompanionMessage(data) : null;
      if (!reading?.ok) settle({ kind: 'unreachable' });
      else if (reading.message.type === 'error') settle({ kind: 'refused', problem: reading.message.problem });
      else if (reading.message.type !== 'hello-ack') settle({ kind: 'unreachable' });
      else {
        const side = sideToUpdate(PROTOCOL, reading.message.protocol);
        if (side !== null) settle({ kind: 'refused', problem: versionMismatch(side) });
        else settle({ kind: 'open', channel: new Channel(socket, reading.message, options) });
      }
    };
  });
}

export class Channel {
  private over = false;
  private fatal: Problem | null = null;
  private pings = 0;
  private stopPing: () => void = () => undefined;
  private stopSilence: () => void = () => undefined;

  constructor(
    private readonly socket: LinkSocket,
    readonly ack: HelloAck,
    private readonly options: Pick<DialOptions, 'clock' | 'timing' | 'events'>,
  ) {
    socket.onmessage = ({ data }) => this.take(data);
    socket.onclose = ({ code }) => this.end(this.fatal ?? closeProblem(code));
    this.schedulePing();
    this.watchSilence();
  }

  /** Sends, or ends the channel where the socket will not take it. */
  send(message: ClientMessage): void {
    this.sendRaw(JSON.stringify(message));
  }

  sendChunk(chunk: Chunk): void {
    const frame = encodeChunk(chunk);
    const { buffer } = frame;
    this.sendRaw(buffer instanceof ArrayBuffer ? buffer : new Uint8Array(frame).buffer);
  }

  /** Hangs up; `down` is told `problem`. */
  close(problem: Problem): void {
    this.end(problem);
  }

  private sendRaw(data: string | ArrayBuffer): void {
    if (!this.over && !trySend(this.socket, data)) this.end(UNAVAILABLE);
  }

  private take(data: unknown): void {
    this.watchSilence();
    const reading = typeof data === 'string' ? readCompanionMessage(data) : null;
    if (!reading?.ok) return; // from a newer companion, which only adds
    const { message } = reading;
    if (message.type === 'pong') return;
    if (message.type === 'error' && message.fatal) this.fatal = message.problem;
    this.options.events.message(message, this);
    if (this.fatal) this.end(this.fatal);
  }

  private schedulePing(): void {
    this.stopPing = this.options.clock.after(this.options.timing.pingMs, () => {
      this.pings += 1;
      this.send({ type: 'ping', ref: `ping-${this.pings}` });
      if (!this.over) this.schedulePing();
    });
  }

  private watchSilence(): void {
    this.stopSilence();
    if (this.over) return;
    this.stopSilence = this.options.clock.after(this.options.timing.silenceMs, () => this.end(UNAVAILABLE));
  }

  private end(problem: Problem): void {
    if (this.over) return;
    this.over = true;
    this.stopPing();
    this.stopSilence();
    dropSocket(this.socket);
    this.options.events.down(problem, this);
  }
}

/** Why a connection ended without an error message before it. */
function closeProblem(code: number | undefined): Problem {
  if (code === CLOSE.superseded) return SUPERSEDED;
  return UNAVAILABLE;
}

function trySend(socket: LinkSocket, data: string | ArrayBuffer): boolean {
  try {
    socket.send(data);
    return true;
  } catch {
    return false;
  }
}

/** Lets go of a socket at once, however long its closing handshake takes. */
function dropSocket(socket: LinkSocket): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.onerror = () => undefined;
  try {
    socket.close();
  } catch {
    // it was closed already, or never opened
  }
}
