/**
 * WebSocket close codes. The `error` message sent before says why in words; the reason of the close repeats its code,
 * for whoever only sees the close.
 */
export const CLOSE = {
  /** One side is done: the panel was closed, the companion stops. */
  away: 1001,
  /** A single message over the hard cap (sent by the WebSocket layer itself, without an `error` before it). */
  tooLarge: 1009,
  /** Refused: the reason is the error code. */
  refused: 4000,
  /** A newer connection of the same client instance took over: do not reconnect. */
  superseded: 4001,
} as const;
