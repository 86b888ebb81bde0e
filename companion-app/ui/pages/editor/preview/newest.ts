/** Asks for one thing at a time; of what is wanted meanwhile only the newest is asked for next. */
export interface Newest<T> {
  want(value: T): void;
  stop(): void;
}

/** @param ask must not reject */
export function newest<T>(ask: (value: T, signal: AbortSignal) => Promise<void>): Newest<T> {
  const ending = new AbortController();
  let waiting: { readonly value: T } | null = null;
  let busy = false;
  const go = async (): Promise<void> => {
    busy = true;
    while (waiting && !ending.signal.aborted) {
      const { value } = waiting;
      waiting = null;
      await ask(value, ending.signal);
    }
    busy = false;
  };
  return {
    want: (value) => {
      waiting = { value };
      if (!busy) void go();
    },
    stop: () => ending.abort(),
  };
}
