/** Something a person asked for: whether it goes on, and what went wrong with the last one. */
import { useCallback, useRef, useState } from 'react';
import type { Problem } from '../../../shared/problem';
import { problemOf } from './api';

export interface Act {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Runs it; a failure becomes `problem`, the next start forgets it. */
  readonly run: (act: () => Promise<unknown>) => void;
}

export function useAct(): Act {
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: Problem }>({ busy: false });
  const newest = useRef(0);
  const run = useCallback((act: () => Promise<unknown>) => {
    const mine = (newest.current += 1);
    setState({ busy: true });
    act().then(
      () => {
        if (mine === newest.current) setState({ busy: false });
      },
      (error: unknown) => {
        if (mine === newest.current) setState({ busy: false, problem: problemOf(error) });
      },
    );
  }, []);
  return { busy: state.busy, problem: state.problem, run };
}
