/** Handles of a shot whose camera rests outside of it: its first frame before it, its last one after it. */
import type { Handles } from '../../shared/shot';
import type { Frame } from '../engines/engine';

/** These `count` frames, the first and the last of them as often again as the handles want. Numbered anew. */
export async function* held(
  frames: AsyncIterable<Frame>,
  count: number,
  { before, after }: Handles,
): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    const from = frame.index === 0 ? 0 : before + frame.index;
    const to = before + frame.index + (frame.index === count - 1 ? after : 0);
    for (let index = from; index <= to; index++) yield { ...frame, index };
  }
}
