/** What a board may be at most; the protocol states the same numbers to the panel. */
export const BOARD_LIMITS = {
  /** As a file, bytes. */
  bytes: 536_870_912,
  /** Longest side, pixels. */
  side: 16_384,
  pixels: 200_000_000,
  /** Memory all layers handed out with a board may take together, bytes. */
  layerBytes: 536_870_912,
} as const;
