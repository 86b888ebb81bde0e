/** Where the person is: "#/queue", "#/shot-editor/<job>". */
import { useSyncExternalStore } from 'react';

export interface Place {
  /** The page's name. */
  readonly page: string;
  /** What follows it, decoded. */
  readonly rest: readonly string[];
}

/** Reads a hash; a broken escape is taken as it stands. */
export function placeOf(hash: string): Place {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
  return { page, rest };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place. */
export const hrefOf = (page: string, ...rest: readonly string[]): string =>
  `#/${[page, ...rest].map(encodeURIComponent).join('/')}`;

/** Goes there, as a link would. */
export function goTo(page: string, ...rest: readonly string[]): void {
  location.hash = hrefOf(page, ...rest);
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

/** Where the person is now. */
export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, () => location.hash));
