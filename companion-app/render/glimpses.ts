/** Small pictures of frames as they are made, for people who watch. */
import sharp from 'sharp';
import type { Frame } from '../engines/engine';

/** Two pictures a second at most. */
const EVERY_MS = 500;
const WIDTH = 480;

/**
 * Takes every frame; of those tells a JPEG of at most 480 pixels across, not more often than twice a second. To be awaited: the engine
 * may use the frame's buffer again afterwards. `now`: milliseconds from any fixed moment.
 */
export function glimpses(tell: (jpeg: Uint8Array) => void, now: () => number): (frame: Frame) => Promise<void> {
  let last = -Infinity;
  return async ({ rgb, width, height }) => {
    if (now() - last < EVERY_MS) return;
    last = now();
    const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
    tell(
      await picture
        .resize({ width: Math.min(WIDTH, width) })
        .jpeg({ quality: 70 })
        .toBuffer(),
    );
  };
}
