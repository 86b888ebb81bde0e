/** The playhead: where it stands, and that it runs at the shot's own rate while it plays, over and over. */
import { useEffect, useState } from 'react';
import type { Shot } from '../../../../shared/shot';

export interface Playing {
  readonly frame: number;
  readonly go: (frame: number) => void;
  readonly playing: boolean;
  readonly play: (playing: boolean) => void;
}

export function usePlaying({ frames, rate }: Shot): Playing {
  const [frame, go] = useState(0);
  const [playing, play] = useState(false);
  useEffect(() => {
    if (!playing) return undefined;
    let first: number | undefined;
    let next = 0;
    const tick = (now: number): void => {
      first ??= now - (frame * 1000 * rate.den) / rate.num;
      go(Math.floor(((now - first) * rate.num) / rate.den / 1000) % Math.max(1, frames));
      next = requestAnimationFrame(tick);
    };
    next = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(next);
    // It starts from where the playhead stood.
  }, [playing, frames, rate]);
  return { frame: Math.min(frame, Math.max(0, frames - 1)), go, playing, play };
}
