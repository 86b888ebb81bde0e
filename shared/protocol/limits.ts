/** Sizes and times that both sides keep to. Bytes and milliseconds. */
export const LIMITS = {
  /** Longest text message. */
  textBytes: 1_048_576,
  /** Payload of one binary chunk. */
  chunkBytes: 262_144,
  /** Bytes a sender may have on the way before it waits for an upload-ack. */
  windowBytes: 2_097_152,
  /** Largest board, as a file. */
  boardBytes: 536_870_912,
  /** Longest side of a board in pixels. */
  boardSide: 16_384,
  /** Most pixels of a board. */
  boardPixels: 200_000_000,
  jobsPerSubmit: 500,
  boardsPerShot: 64,
  regionsPerShot: 6,
  movesPerShot: 64,
  reliefStrokesPerShot: 200,
  /** Frames before a shot, and after it, that its clip may have. */
  handleFrames: 240,
  stylesPerJob: 8,
  triesPerJob: 8,
  takesInCut: 5_000,
  notesLength: 8_000,
  nameLength: 400,
  /** Ten minutes at 60 frames a second. */
  framesPerShot: 36_000,
  /** A connection that has not said hello by then is closed. */
  helloMs: 5_000,
  pingMs: 10_000,
  /** Without any message for this long the other side counts as gone. */
  silenceMs: 35_000,
} as const;

/** Ports the companion tries in this order; the panel's manifest lists the same. */
export const PORTS = [47810, 47811, 47812, 47813] as const;
