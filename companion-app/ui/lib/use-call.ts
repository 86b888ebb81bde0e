/** What an endpoint answers, asked for when a page opens and again whenever wanted. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Problem } from '../../../shared/problem';
import type { Endpoint } from '../../../shared/protocol';
import { call, problemOf } from './api';

export interface Called<T> {
  /** The last good answer; stays while it is asked for again. */
  readonly data: T | undefined;
  /** Why the last try gave none. */
  readonly problem: Problem | undefined;
  /** Asks again now. */
  readonly again: () => void;
  /** Takes an answer that came another way (of a change, say). */
  readonly set: (data: T) => void;
}

/**
 * Asks with this input (compared as JSON), every `everyMs` again where given and while the window is seen, and when `anew` is another
 * than before.
 */
export function useCall<I extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  input: z.input<I>,
  { everyMs, anew }: { readonly everyMs?: number; readonly anew?: number } = {},
): Called<z.output<O>> {
  const [answer, setAnswer] = useState<{ data?: z.output<O>; problem?: Problem }>({});
  const [round, setRound] = useState(0);
  const asked = useRef(input);
  asked.current = input;
  const key = JSON.stringify(input);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        if (!document.hidden || everyMs === undefined) {
          const data = await call(endpoint, asked.current, stop.signal);
          if (!stop.signal.aborted) setAnswer({ data });
        }
      } catch (error) {
        if (!stop.signal.aborted) setAnswer((before) => ({ ...before, problem: problemOf(error) }));
      }
      if (everyMs !== undefined && !stop.signal.aborted) timer = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [endpoint, key, everyMs, anew, round]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((data: z.output<O>) => setAnswer({ data }), []);
  return { data: answer.data, problem: answer.problem, again, set };
}
