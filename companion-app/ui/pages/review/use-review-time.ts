/** Seconds a person looks at a take: only while the page is seen, has the focus, and is being used or plays. */
import { useEffect, useRef } from 'react';
import { useQueue } from '../../lib/queue-context';

/** Nobody who has done nothing for so long is taken to be looking. */
const IDLE_MS = 45_000;
const LOOK_MS = 1_000;
/** Told at least so often, so that a closed window loses little. */
const TELL_SECONDS = 15;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export function useReviewTime(jobId: string | undefined, playing: boolean): void {
  const { ask } = useQueue();
  const active = useRef(performance.now());
  const plays = useRef(playing);
  plays.current = playing;
  const tell = useRef(ask);
  tell.current = ask;
  useEffect(() => {
    const sign = (): void => {
      active.current = performance.now();
    };
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true });
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
    };
  }, []);
  useEffect(() => {
    if (jobId === undefined) return undefined;
    let seconds = 0;
    let last = performance.now();
    const look = (): void => {
      const now = performance.now();
      const passed = Math.min(2 * LOOK_MS, now - last) / 1000;
      last = now;
      const used = plays.current || now - active.current < IDLE_MS;
      if (document.visibilityState === 'visible' && document.hasFocus() && used) seconds += passed;
    };
    const send = (): void => {
      look();
      if (seconds < 0.5) return;
      const told = seconds;
      seconds = 0;
      tell.current({ type: 'review-time', jobId, seconds: told }, 'review-time-ack').catch(() => {
        seconds += told; // told again with the next
      });
    };
    const timer = setInterval(() => {
      look();
      if (seconds >= TELL_SECONDS) send();
    }, LOOK_MS);
    window.addEventListener('pagehide', send);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', send);
      send();
    };
  }, [jobId]);
}
