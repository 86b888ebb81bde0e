/** Every number a check decides by, in one place. Levels are 0–255, lengths are frame widths. */

/** What is decided alike for all engines. */
export const THRESHOLDS = {
  /** First frames are compared with their boards at this width. */
  compareWidth: 240,
  /** Engines may frame a little tighter than the board to hide its edges: these framings all count as the full frame. */
  overscan: [1, 1.02, 1.04, 1.07],
  /** A frame darker than this on average is black … */
  blackLevel: 6,
  /** … unless the board itself is darker than this. */
  darkBoardLevel: 24,
  /** A frame brighter than this on average, with less than this part of the contrast that should be seen, is blown out. */
  blown: { level: 246, contrast: 0.25 },
  /** Standard deviation, in levels, below which a picture is blank: no move can show on it. */
  blankDeviation: 1,
  /** Frames that differ by less than this (mean levels) are the same frame … */
  sameFrame: 0.004,
  /** … or by less than this part of what frames of this clip usually differ by. */
  sameFramePart: 0.05,
  /** A stretch without change in a move is frozen from this long on. */
  frozenSeconds: 0.25,
  frozenFrames: 5,
  /** A period counts as a loop when it comes back this exactly: part of how much the picture changes within it. */
  loopPart: 0.12,
  /** … or within what a codec makes of the same picture twice, levels, where that is less than a quarter of the change. */
  loopNoise: 0.3,
  loopSeconds: 6,
  /** Smallest change within a period that can be told from noise, levels. */
  loopChange: 0.6,
  /** A single frame that flashes by this much is flagged alone, levels. */
  flash: 12,
  /** Part of each side that burnt-in words keep free (title-safe). */
  titleSafe: 0.05,
} as const;

/** What differs by engine: one that only moves a camera over a drawing has no excuse, one that dreams has some. */
export interface EngineThresholds {
  /** Least structural similarity of the first frame to its board, over the parts that have any drawing in them. */
  readonly firstFrameSsim: number;
  /** Largest difference of the mean colour, levels. */
  readonly colourDrift: number;
  /** Motion of a shot that asks for none. */
  readonly stillMotion: number;
  /** Measured over asked motion. */
  readonly motion: { readonly least: number; readonly most: number };
  /** Motion across what was asked: a part of what was asked, or this many widths at least. */
  readonly astray: { readonly part: number; readonly widths: number };
  /** A frame whose brightness leaves that of both neighbours by this much flickers, levels. */
  readonly flicker: number;
  /** Least likeness of the lines to the board's, 0–1, and how much of their strength must be left. */
  readonly lines: { readonly like: number; readonly left: number };
  /** Largest shift of the palette over the clip, levels. */
  readonly palette: number;
}

const DRAWN: EngineThresholds = {
  firstFrameSsim: 0.6,
  colourDrift: 12,
  stillMotion: 0.006,
  motion: { least: 0.4, most: 1.8 },
  astray: { part: 0.6, widths: 0.05 },
  flicker: 2,
  lines: { like: 0.35, left: 0.5 },
  palette: 10,
};

const BY_ENGINE: Readonly<Record<string, EngineThresholds>> = {
  parallax: DRAWN,
  inbetween: {
    ...DRAWN,
    stillMotion: 0.012,
    motion: { least: 0.35, most: 2 },
    lines: { like: 0.25, left: 0.4 },
    palette: 12,
  },
  diffusion: {
    firstFrameSsim: 0.4,
    colourDrift: 20,
    stillMotion: 0.04,
    motion: { least: 0.25, most: 3 },
    astray: { part: 1, widths: 0.12 },
    flicker: 3.5,
    lines: { like: 0.2, left: 0.3 },
    palette: 18,
  },
};

/** The thresholds of an engine; of one that is not known, those of the strictest. */
export function thresholdsOf(engine: string): EngineThresholds {
  return BY_ENGINE[engine] ?? DRAWN;
}
