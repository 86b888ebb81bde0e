/** Ordinary words one letter away from a camera word: never mended. */
export const ORDINARY: ReadonlySet<string> = new Set(''.split(' '));
