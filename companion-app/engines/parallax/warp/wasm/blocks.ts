/**
 * The records the kernels read from memory: byte offsets of their fields. Written by `stage.ts`, read by the kernels.
 */

/** Pixels repeated around every picture so that filters never read outside. */
export const PAD = 4;

/** Sub-pixel positions that have filter weights of their own. */
export const PHASES = 256;

/** Edge of the squares of the occupancy map, as a power of two of picture pixels. */
export const OCCUPANCY_SHIFT = 4;

/** One frame: the camera (doubles), then the sheets of the scene and where the picture goes (integers). */
export const FRAME = {
  /** Nine doubles, row-major. */
  rotation: 0,
  focal: 72,
  x: 80,
  y: 88,
  z: 96,
  /** Lens shift over lens. */
  shiftA: 104,
  shiftB: 112,
  /** Frame position of column 0 and row 0 in widths, and the step from pixel to pixel. */
  left: 120,
  top: 128,
  step: 136,
  lens: 144,
  /** Relief that is sharp, and blur in pixels for each unit of relief away from it; 0 when all is sharp. */
  focusRelief: 152,
  focusBlur: 156,
  sheets: 160,
  /** Address of the first sheet record; they follow each other. */
  firstSheet: 164,
  target: 168,
  width: 172,
  height: 176,
  /** Cells across, and the bytes of one row of a position grid (three planes: x, y, relief). */
  cells: 180,
  plane: 184,
  /** Bytes of one row of the band buffer. */
  bandStride: 188,
  size: 192,
} as const;

/** One sheet. Picture coordinates count from the top left corner of the padding. */
export const SHEET = {
  /** Picture x = originX + scaleX·u, the same for y; u and v in frame widths from the centre. */
  originX: 0,
  scaleX: 8,
  originY: 16,
  scaleY: 24,
  /** Relief column = reliefX + reliefScaleX·(picture x). */
  reliefX: 32,
  reliefScaleX: 40,
  reliefY: 48,
  reliefScaleY: 56,
  nearest: 64,
  farthest: 72,
  /** Greatest picture distance in pixels between two tries of the marching search; 0: iterate instead (relief is gentle). */
  march: 80,
  relief: 88,
  reliefWidth: 92,
  reliefHeight: 96,
  /** Address of the occupancy map and its width; address 0 when the whole sheet is to be drawn. */
  occupancy: 100,
  occupancyWidth: 104,
  occupancyHeight: 108,
  /** 1 when nothing below shows through. */
  opaque: 112,
  /** The levels of sharpness follow: see LEVEL. */
  levels: 120,
  size: 120 + 7 * 32,
} as const;

/** Levels of sharpness: sharp, then each about twice as soft. */
export const LEVELS = 7;

/** One level of sharpness of a sheet: a picture, where it lies, and the filter that reads it. */
export const LEVEL = {
  /** Address of the pixel above and to the left of picture position (0, 0): of (−1, −1). */
  picture: 0,
  stride: 4,
  /** Position at this level = position·scale + shift. */
  scale: 8,
  shift: 12,
  mostX: 16,
  mostY: 20,
  /** Weights: pairs of 16-bit integers across (8 bytes a phase), 32-bit integers down (16 bytes a phase). */
  across: 24,
  down: 28,
  size: 32,
} as const;

export const ACROSS_ONE = 4096;
export const DOWN_ONE = 1024;
export const WEIGHT_SHIFT = 22;
