/** Seconds a person looks at a take: only while the page is seen, has the focus, and is being used or plays. */
import { useEffect, useRef } from 'react';
import { useQueue } from '../../lib/queue-context';
import { LOOK_MS, Looking } from './looking';

/** Told at least so often, so that a closed window loses little. */
const TELL_SECONDS = 15;
/** Less is a take that was only passed. */
const LEAST_SECONDS = 0.5;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export function useReviewTime(jobId: string | undefined, playing: boolean): void {
  const { ask } = useQueue();
  const active = useRef(performance.now());
  const plays = useRef(playing);
  plays.current = playing;
  const tell = useRef(ask);
  tell.current = ask;
  useEffect(() => {
    if (jobId === undefined) return undefined;
    const looking = new Looking(performance.now(), active.current);
    const sign = (): void => looking.sign(performance.now());
    const look = (): void =>
      looking.look(performance.now(), {
        inFront: document.visibilityState === 'visible' && document.hasFocus(),
        playing: plays.current,
      });
    const send = (): void => {
      look();
      if (looking.owed < LEAST_SECONDS) return;
      const seconds = looking.take();
      // Told again with the next.
      tell.current({ type: 'review-time', jobId, seconds }, 'review-time-ack').catch(() => looking.giveBack(seconds));
    };
    const timer = setInterval(() => {
      look();
      if (looking.owed >= TELL_SECONDS) send();
    }, LOOK_MS);
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true });
    window.addEventListener('pagehide', send);
    return () => {
      clearInterval(timer);
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
      window.removeEventListener('pagehide', send);
      active.current = looking.active;
      send();
    };
  }, [jobId]);
}
