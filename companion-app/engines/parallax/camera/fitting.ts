/** Making a move smaller until it stays on the board. */
import type { Reach } from './reach';

const HALVINGS = 12;
/** Half a pixel of a 2K frame: less than this beyond the board is not seen. */
const TOLERANCE = 0.0003;

/** The largest gain in [0, 1] at which the path reaches no farther than there is room. */
export function fittingGain(reachAt: (gain: number) => Reach, room: Reach): number {
  const fits = (gain: number) => {
    const reach = reachAt(gain);
    return reach.x <= room.x + TOLERANCE && reach.y <= room.y + TOLERANCE;
  };
  if (fits(1)) return 1;
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
