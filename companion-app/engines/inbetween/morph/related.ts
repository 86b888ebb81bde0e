/** Whether two boards show the same things at all. */
import type { Side } from './sides';

/** Share of strokes (and of moving surfaces) on either board that have found their like on the other, the smaller share. */
export function kinship(a: Side, b: Side): number {
  return Math.min(shareOf(a), shareOf(b));
}

function shareOf({ drawing, lost }: Side): number {
  let all = 0;
  let found = 0;
  for (let i = 0; i < lost.length; i++) {
    if (!drawing.ink[i]) continue;
    all++;
    if (!lost[i]) found++;
  }
  return all === 0 ? 1 : found / all;
}
