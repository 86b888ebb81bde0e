/** What one connection, and all of them together, may cost. Bytes, milliseconds, counts. */
import { LIMITS } from '../../shared/protocol';

export interface GatewayLimits {
  /** Longest text message that is read. A longer one, up to `wireBytes`, is answered by `too-large`. */
  readonly textBytes: number;
  /** Longest message the WebSocket layer takes in at all; beyond it the connection is closed with 1009. */
  readonly wireBytes: number;
  /** Longest text of somebody not known yet: a hello, a request to pair. */
  readonly helloBytes: number;
  readonly boardBytes: number;
  /** Connections at once, and those among them that have not said hello yet. */
  readonly connections: number;
  readonly strangers: number;
  readonly helloMs: number;
  /** Headers of an HTTP request must be complete by then. */
  readonly headersMs: number;
  readonly silenceMs: number;
  /** Messages and bytes taken in but not handled yet; beyond either the socket is not read. */
  readonly inboxMessages: number;
  readonly inboxBytes: number;
  /** Bytes on their way out beyond which nothing new is handled, and glimpses of progress are dropped. */
  readonly outboxBytes: number;
  /** A peer that has not taken its outbox by then is cut off. */
  readonly stallMs: number;
  /** A peer that has not closed by then, after it was told to, is cut off. */
  readonly closeMs: number;
  /** Messages against the protocol in one connection before it is closed. */
  readonly badMessages: number;
  readonly uploadsPerConnection: number;
  readonly uploads: number;
  /** An upload without a chunk for this long is put aside; it may be taken up again. */
  readonly uploadIdleMs: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  textBytes: LIMITS.textBytes,
  wireBytes: 2 * LIMITS.textBytes,
  helloBytes: 16_384,
  boardBytes: LIMITS.boardBytes,
  connections: 64,
  strangers: 16,
  helloMs: LIMITS.helloMs,
  headersMs: LIMITS.helloMs,
  silenceMs: LIMITS.silenceMs,
  inboxMessages: 64,
  inboxBytes: LIMITS.windowBytes,
  outboxBytes: 1_048_576,
  stallMs: 30_000,
  closeMs: 2_000,
  badMessages: 100,
  uploadsPerConnection: 4,
  uploads: 64,
  uploadIdleMs: 60_000,
};
