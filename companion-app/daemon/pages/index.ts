/** What the pages may ask of this daemon: one line an area, each made from the real parts. */
import type { Route } from '../../gateway';
import type { PageParts } from './parts';

export interface Pages {
  readonly routes: readonly Route[];
  /** Ends what the pages have started and nobody else would end (pulls of models). */
  stop(): Promise<void>;
}

/** Called once at start, before the gateway opens. */
export function openPages(_parts: PageParts): Pages {
  return {
    routes: [],
    stop: () => Promise.resolve(),
  };
}
