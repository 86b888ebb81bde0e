/** What the link needs of its surroundings: a WebSocket, timers, a place for the token. */

/** What a socket's handlers are called with. Everything in it came from outside and is checked before use. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

/** Written as a method so that the handlers of the DOM's, UXP's and Node's sockets all fit. */
type SocketHandler = { handle(event: SocketEvent): void }['handle'];

/** The part of a WebSocket that UXP has. */
export interface LinkSocket {
  binaryType: string;
  onopen: SocketHandler | null;
  onmessage: SocketHandler | null;
  onerror: SocketHandler | null;
  onclose: SocketHandler | null;
  send(data: string | ArrayBuffer): void;
  close(code?: number, reason?: string): void;
}

/** Makes a socket. May throw, as UXP's constructor does for a URL that the manifest does not list. */
export type OpenSocket = (url: string) => LinkSocket;

export interface LinkClock {
  /** Calls `act` once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}

/** Keeps the token between runs. Either may fail: secure storage can be lost, and then the artist pairs again. */
export interface TokenStore {
  load(): Promise<string | null>;
  save(token: string): Promise<void>;
}

/** A board's bytes, read piece by piece. */
export interface BoardReader {
  readonly bytes: number;
  /** Exactly `length` bytes from `offset`, which lie inside the board. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
