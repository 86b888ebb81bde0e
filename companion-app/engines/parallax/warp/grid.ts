/** Output pixels between the points whose source position is computed; the rest is interpolated. */
export const CELL = 4;
