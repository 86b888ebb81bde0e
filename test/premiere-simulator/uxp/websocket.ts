/** The runtime's WebSocket over a real one: a client only, without headers [D]. */
import { WebSocket as Socket } from 'ws';
import { mayDial, type Permissions } from './manifest';

interface MessageEvent {
  readonly type: 'message';
  readonly data: string | ArrayBuffer | Blob;
}

interface CloseEvent {
  readonly type: 'close';
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

interface PlainEvent {
  readonly type: 'open' | 'error';
}

interface Events {
  open: PlainEvent;
  message: MessageEvent;
  close: CloseEvent;
  error: PlainEvent;
}

type Listeners = { [K in keyof Events]: Set<(event: Events[K]) => void> };

export class UxpWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  onopen: ((event: PlainEvent) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: PlainEvent) => void) | null = null;
  /** [D] "blob" or "arraybuffer"; [I] the former unless set. */
  binaryType: 'blob' | 'arraybuffer' = 'blob';
  readonly url: string;
  readonly #socket: Socket;
  readonly #listeners: Listeners = { open: new Set(), message: new Set(), close: new Set(), error: new Set() };

  /** [D] Throws where the manifest does not list the address. */
  constructor(permissions: Permissions, url: string, protocols: string | string[] = []) {
    const parsed = new URL(url);
    if (!/^wss?:$/.test(parsed.protocol)) throw new SyntaxError(`The URL's scheme must be ws or wss: ${url}`);
    if (!mayDial(permissions.domains, parsed))
      throw new Error(`Permission denied to the url ${url}. Manifest entry not found.`);
    this.url = parsed.href;
    this.#socket = new Socket(this.url, protocols, { perMessageDeflate: false });
    this.#socket.on('open', () => this.#emit('open', { type: 'open' }, this.onopen));
    this.#socket.on('error', () => this.#emit('error', { type: 'error' }, this.onerror));
    // [D] An absent server closes with 1006.
    this.#socket.on('close', (code, reason) => {
      this.#emit('close', { type: 'close', code, reason: reason.toString(), wasClean: code !== 1006 }, this.onclose);
    });
    this.#socket.on('message', (data, binary) =>
      this.#emit('message', { type: 'message', data: this.#payload(data, binary) }, this.onmessage),
    );
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** [D] Text or ArrayBuffer, or a view of one. Throws while connecting; says nothing once closed, as browsers do. */
  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (this.readyState === UxpWebSocket.CONNECTING) throw new Error('The WebSocket is still connecting.');
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : typeof data === 'string'
        ? data
        : new Uint8Array(data);
    this.#socket.send(bytes, () => undefined);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  addEventListener<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void {
    this.#listeners[type].delete(listener);
  }

  #payload(data: unknown, binary: boolean): string | ArrayBuffer | Blob {
    const content = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (!binary) return content.toString('utf8');
    const bytes = new Uint8Array(content).buffer;
    return this.binaryType === 'arraybuffer' ? bytes : new Blob([bytes]);
  }

  #emit<K extends keyof Events>(type: K, event: Events[K], property: ((event: Events[K]) => void) | null): void {
    property?.(event);
    for (const listener of [...this.#listeners[type]]) listener(event);
  }
}

export type UxpWebSocketClass = {
  new (url: string, protocols?: string | string[]): UxpWebSocket;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
};

/** The WebSocket class of a plugin with these permissions. */
export function webSocketFor(permissions: Permissions): UxpWebSocketClass {
  return class extends UxpWebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(permissions, url, protocols);
    }
  };
}
