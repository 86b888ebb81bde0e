/** Whether this page is paired: the token, kept by the browser for this address alone. */

const TOKEN = 'inbetween.token';
const INSTANCE = 'inbetween.instance';
const WINDOW = 'inbetween.window';

class PageToken {
  readonly #listeners = new Set<() => void>();
  #token = localStorage.getItem(TOKEN);

  readonly get = (): string | null => this.#token;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  keep(token: string): void {
    localStorage.setItem(TOKEN, token);
    this.#set(token);
  }

  /** The companion does not know this token any more: pairing is needed. One that came meanwhile stays. */
  forget(token: string | null): void {
    if (token === null || token !== this.#token) return;
    localStorage.removeItem(TOKEN);
    this.#set(null);
  }

  #set(token: string | null): void {
    this.#token = token;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The page's one token. */
export const pageToken = new PageToken();

/** A name for this browser for good: pairing again replaces its older token instead of adding one. */
export const browserInstance = (): string => kept(localStorage, INSTANCE);

/** A name for this window alone, so that two windows do not take each other's connection. */
export const windowInstance = (): string => kept(sessionStorage, WINDOW);

function kept(storage: Storage, key: string): string {
  const known = storage.getItem(key);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  storage.setItem(key, made);
  return made;
}
