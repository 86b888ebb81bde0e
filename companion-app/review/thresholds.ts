/** Every number a check decides by, in one place. Levels are 0–255. */
export const THRESHOLDS = {
  /** Pictures are compared at this width. */
  compareWidth: 240,
  /** Least structural similarity of the first frame to its board, over the parts that have any drawing in them. */
  firstFrameSsim: 0.6,
  /** Engines may frame a little tighter than the board to hide its edges: these framings all count as the full frame. */
  overscan: [1, 1.02, 1.04, 1.07],
  /** Largest difference of the mean colour, in levels, that still counts as the board's colour. */
  colourDrift: 12,
  /** A picture darker than this on average is black … */
  blackLevel: 6,
  /** … unless the board itself is darker than this. */
  darkBoardLevel: 24,
  /** Mean difference of two frames, in levels, below which nothing has moved. */
  frozenDifference: 0.12,
  /** Standard deviation, in levels, below which a board is blank: no move can show on it. */
  blankDeviation: 1,
} as const;
