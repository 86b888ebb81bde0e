/** One value, changed by functions, watched by whoever shows it. */
export interface Store<T> {
  get(): T;
  /** Puts what `change` makes of the value in its place; the same value tells nobody. */
  update(change: (value: T) => T): void;
  /** Returns the function that stops listening. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    update(change) {
      const next = change(value);
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch {
          // an exception let through here could take Premiere down
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
